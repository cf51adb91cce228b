/** Where an export of an ERP's set goes on: behind one row, which is known by its company, its customer and its key there. */
import { InputRejected } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../values/page.ts';

export interface ErpPosition {
  readonly company: string;
  readonly customerId: string;
  readonly key: readonly string[];
}

const nameOf = (set: string): string => `export ${set}`;

export const writeErpCursor = (set: string, { company, customerId, key }: ErpPosition): string =>
  encodeCursor(nameOf(set), [company, customerId, JSON.stringify(key)]);

/** Throws InputRejected. */
export function readErpCursor(set: string, cursor: string): ErpPosition {
  const refused = new InputRejected([
    { path: 'after', code: 'CURSOR', message: `is not a cursor of ${set}: give one that a row of it had` },
  ]);
  const [company, customerId, written] = decodeCursor(nameOf(set), 3, cursor, 'after');
  if (company == null || customerId == null || written == null) throw refused;
  try {
    const key: unknown = JSON.parse(written);
    if (Array.isArray(key) && key.length > 0 && key.every((part) => typeof part === 'string'))
      return { company, customerId, key };
  } catch {
    // Refused below.
  }
  throw refused;
}
