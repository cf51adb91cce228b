/** A row's cursor in SQL: what encodeCursor (values/page.ts) makes of the list's name and the row's sort values. */
import type { Term } from '../keyset.ts';

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** base64url: PostgreSQL's base64 in lines and with padding, which are both left out. */
const base64url = (json: string): string =>
  `translate(encode(convert_to(${json}, 'UTF8'), 'base64'), '+/=' || chr(10), '-_')`;

export function cursorText(list: string, terms: readonly Term[]): string {
  const values = terms.map(({ sql }) => `',' || coalesce(to_json((${sql})::text)::text, 'null')`);
  return base64url([literal(`[${JSON.stringify(list)}`), ...values, "']'"].join(' || '));
}
