/** What a list's cursor holds. Callers can write cursors themselves, so each value is checked against its sort's type. */
import { InputRejected } from '../errors.ts';
import { decodeCursor, type CursorValues } from '../values/page.ts';
import { isDay, toUtcInstant } from '../values/scalars.ts';
import type { Sort } from './declaration.ts';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** As PostgreSQL writes an instant in a session whose time zone is UTC. */
const instantForm = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?)\+00$/;

const forms = {
  text: () => true,
  boolean: (text) => text === 'true' || text === 'false',
  numeric: (text) => /^-?\d{1,30}(\.\d{1,15})?$/.test(text),
  uuid: (text) => uuidForm.test(text),
  timestamptz: (text) => {
    const [, day, time] = instantForm.exec(text) ?? [];
    return day !== undefined && toUtcInstant(`${day}T${time}Z`) !== undefined;
  },
  date: isDay,
  bigint: (text) => /^-?\d{1,18}$/.test(text),
  integer: (text) => /^-?\d{1,9}$/.test(text),
} satisfies Record<Sort['type'], (text: string) => boolean>;

const fits = ({ type, nullable }: Sort, value: string | null): boolean =>
  value === null ? nullable : forms[type](value);

/** A value for each of `sorts`. Throws InputRejected with code CURSOR. */
export function cursorValues(
  list: string,
  sorts: readonly Sort[],
  cursor: string,
  path: string,
): CursorValues {
  const values = decodeCursor(list, sorts.length, cursor, path);
  if (sorts.every((sort, index) => fits(sort, values[index] ?? null))) return values;
  throw new InputRejected([{ path, code: 'CURSOR', message: 'is not a cursor of this service' }]);
}
