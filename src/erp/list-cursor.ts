/**
 * Where a page of a list over several companies begins. The order is day (newest first), then company, then the ERP's key
 * (greatest first); a cursor holds these three of its row, and each company is asked for what follows it there.
 */
import { InputRejected } from '../errors.ts';
import { decodeCursor, encodeCursor } from '../values/page.ts';
import { isDay } from '../values/scalars.ts';
import type { View } from './catalogue.ts';
import { typedKey, type Key } from './key-list.ts';
import { bracketed, type Parameters } from './statement.ts';

export interface ListPosition {
  readonly day: string;
  readonly company: string;
  readonly key: Key;
}

const refused = () =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is not a cursor of this service' }]);

export const writePosition = (list: string, { day, company, key }: ListPosition): string =>
  encodeCursor(list, [day, company, JSON.stringify(key)]);

/** Throws InputRejected with code CURSOR. */
export function readPosition(list: string, cursor: string): ListPosition {
  const [day, company, keyJson] = decodeCursor(list, 3, cursor, 'after');
  if (day == null || company == null || keyJson == null || !isDay(day)) throw refused();
  return { day, company, key: readKey(keyJson) };
}

function readKey(json: string): Key {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw refused();
  }
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value;
  throw refused();
}

/** Companies stand in this order wherever their rows share a day. */
export const byCompany = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** What of this company's rows follows the position, as a condition on `v`, column by column so that an index serves. */
export function following(
  { day, company, key }: ListPosition,
  at: {
    readonly company: string;
    readonly view: View;
    readonly dayColumn: string;
    readonly key: readonly string[];
  },
  parameters: Parameters,
): string {
  const column = `v.${bracketed(at.dayColumn)}`;
  const bound = parameters.bind({ name: 'date' }, day);
  const side = byCompany(at.company, company);
  if (side < 0) return `${column} < ${bound}`;
  if (side > 0) return `${column} <= ${bound}`;
  const types = at.key.map((name) => at.view.typeOf(name));
  const values = typedKey(types, key);
  if (!values) throw refused();
  const parts = at.key.map((name, index) => {
    const type = types[index];
    const value = values[index];
    if (!type || value === undefined) throw refused();
    return { column: `v.${bracketed(name)}`, bound: parameters.bind(type, value) };
  });
  const smaller = parts.map((part, index) =>
    [
      ...parts.slice(0, index).map((equal) => `${equal.column} = ${equal.bound}`),
      `${part.column} < ${part.bound}`,
    ].join(' AND '),
  );
  return `${column} <= ${bound} AND (${column} < ${bound} OR ${smaller.map((one) => `(${one})`).join(' OR ')})`;
}
