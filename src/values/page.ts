/**
 * Paging by keyset: a cursor holds the sort values of its row, so that a page begins where the last one ended whatever was
 * written meanwhile. Cursors carry the name of their list and order; one of another list is refused, never misread.
 */
import { InputRejected } from '../errors.ts';

const defaultPageSize = 20;
const maxPageSize = 200;

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
}

export interface PageRequest {
  readonly size: number;
  /** From the end towards the start (`last`, `before`). */
  readonly backward: boolean;
  readonly cursor: string | undefined;
}

/** Throws InputRejected with codes PAGE_SIZE and PAGE_DIRECTION, all problems at once. */
export function pageRequest(given: PageArguments): PageRequest {
  const problems = (['first', 'last'] as const).flatMap((path) => {
    const size = given[path];
    return size == null || (size >= 1 && size <= maxPageSize)
      ? []
      : [{ path, code: 'PAGE_SIZE', message: `must be from 1 to ${maxPageSize}` }];
  });
  const backward = given.last != null || given.before != null;
  if (backward && (given.first != null || given.after != null)) {
    problems.push({
      path: 'last',
      code: 'PAGE_DIRECTION',
      message: 'first and after go forward, last and before backward: give one pair',
    });
  }
  if (problems.length > 0) throw new InputRejected(problems);
  return {
    size: given.first ?? given.last ?? defaultPageSize,
    backward,
    cursor: (backward ? given.before : given.after) ?? undefined,
  };
}

export type CursorValues = readonly (string | null)[];

export function encodeCursor(list: string, values: CursorValues): string {
  return Buffer.from(JSON.stringify([list, ...values])).toString('base64url');
}

/** The sort values in a cursor of `list`, `length` of them. Throws InputRejected with code CURSOR. */
export function decodeCursor(list: string, length: number, cursor: string, path: string): CursorValues {
  const refused = (message: string) => new InputRejected([{ path, code: 'CURSOR', message }]);
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw refused('is not a cursor of this service');
  }
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') throw refused('is not a cursor of this service');
  const [name, ...values] = parts as unknown[];
  if (name !== list) throw refused('is a cursor of another list or order');
  const wellFormed =
    values.length === length &&
    values.every((value) => value === null || (typeof value === 'string' && !value.includes('\0')));
  if (!wellFormed) throw refused('is not a cursor of this service');
  return values as CursorValues;
}
