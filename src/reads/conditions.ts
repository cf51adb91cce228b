/** Ready conditions for declarations. Each answers undefined where its filter member was not given. */
import type { DateFilter, DateTimeFilter, StringFilter } from '../values/filters.ts';
import type { FilterCondition } from './declaration.ts';

/** Live records unless deleted ones are asked for. */
export const deletedCondition: FilterCondition<boolean> = (deleted) =>
  deleted ? 't.deleted_at IS NOT NULL' : 't.deleted_at IS NULL';

export const equals =
  <Value>(column: string, type: string): FilterCondition<Value> =>
  (value, bind) =>
    value === undefined ? undefined : `${column} = ${bind(value, type)}`;

/** A LIKE pattern that means the text itself. */
const literal = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** PostgreSQL holds no text with NUL in it, and refuses a parameter with one: such a text is found nowhere. */
const isNowhere = (text: string): boolean => text.includes('\0');

const polish = 'ąćęłńóśźżĄĆĘŁŃÓŚŹŻ';
const plain = 'acelnoszzACELNOSZZ';

/** Polish letters as their plain ones, on both sides of a comparison: people type what their keyboard has. */
const foldedSql = (sql: string): string => `translate(${sql}, '${polish}', '${plain}')`;

/** Whether any of the columns holds the text as a fragment, letter case and Polish accents aside. Blank text finds everything. */
export const fragmentOf =
  (...columns: readonly string[]): FilterCondition<string> =>
  (text, bind) => {
    if (!text?.trim()) return undefined;
    if (isNowhere(text)) return 'false';
    const pattern = bind(`%${literal(text.trim())}%`, 'text');
    return `(${columns.map((column) => `${foldedSql(column)} ILIKE ${foldedSql(pattern)}`).join(' OR ')})`;
  };

export const text =
  (column: string): FilterCondition<StringFilter> =>
  (filter, bind) => {
    if (!filter) return undefined;
    const parts: string[] = [];
    if ([filter.eq, filter.contains, filter.startsWith].some((given) => given != null && isNowhere(given)))
      return 'false';
    if (filter.eq != null) parts.push(`${column} = ${bind(filter.eq, 'text')}`);
    if (filter.in != null)
      parts.push(
        `${column} = ANY(${bind(
          filter.in.filter((given) => !isNowhere(given)),
          'text[]',
        )})`,
      );
    if (filter.contains != null)
      parts.push(`${column} ILIKE ${bind(`%${literal(filter.contains)}%`, 'text')}`);
    if (filter.startsWith != null)
      parts.push(`${column} ILIKE ${bind(`${literal(filter.startsWith)}%`, 'text')}`);
    if (filter.isNull != null) parts.push(filter.isNull ? `${column} IS NULL` : `${column} IS NOT NULL`);
    return parts.length > 0 ? parts.join(' AND ') : undefined;
  };

export const day =
  (column: string): FilterCondition<DateFilter> =>
  (filter, bind) => {
    if (!filter) return undefined;
    const parts: string[] = [];
    if (filter.eq != null) parts.push(`${column} = ${bind(filter.eq, 'date')}`);
    if (filter.gte != null) parts.push(`${column} >= ${bind(filter.gte, 'date')}`);
    if (filter.lt != null) parts.push(`${column} < ${bind(filter.lt, 'date')}`);
    if (filter.isNull != null) parts.push(filter.isNull ? `${column} IS NULL` : `${column} IS NOT NULL`);
    return parts.length > 0 ? parts.join(' AND ') : undefined;
  };

/** An empty list matches nothing. */
export const oneOf =
  <Value>(column: string, type: string): FilterCondition<readonly Value[]> =>
  (values, bind) =>
    values === undefined ? undefined : `${column} = ANY(${bind(values, `${type}[]`)})`;

export const instant =
  (column: string): FilterCondition<DateTimeFilter> =>
  (filter, bind) => {
    if (!filter) return undefined;
    const parts: string[] = [];
    if (filter.gte != null) parts.push(`${column} >= ${bind(filter.gte, 'timestamptz')}`);
    if (filter.lt != null) parts.push(`${column} < ${bind(filter.lt, 'timestamptz')}`);
    if (filter.isNull != null) parts.push(filter.isNull ? `${column} IS NULL` : `${column} IS NOT NULL`);
    return parts.length > 0 ? parts.join(' AND ') : undefined;
  };
