/**
 * Ready conditions for declarations. Each answers undefined where its filter member was not given. Texts are compared with
 * letter case aside and, where people type a part of them, accents too (`folded` in the database: ł is l).
 */
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

const foldedSql = (sql: string): string => `folded(${sql})`;

/** Whether any of the columns holds the text as a fragment, letter case and accents aside. Blank text finds everything. */
export const fragmentOf =
  (...columns: readonly string[]): FilterCondition<string> =>
  (text, bind) => {
    if (!text?.trim()) return undefined;
    if (isNowhere(text)) return 'false';
    const pattern = bind(`%${literal(text.trim())}%`, 'text');
    return `(${columns.map((column) => `${foldedSql(column)} LIKE ${foldedSql(pattern)}`).join(' OR ')})`;
  };

interface TextForm {
  /** The column as equal texts are compared, and a given text in that form. */
  readonly whole: string;
  readonly given: (text: string) => string;
  /** The column, or a pattern, as parts are compared. */
  readonly part: (sql: string) => string;
  readonly column: string;
}

const textCondition =
  ({ whole, given, part, column }: TextForm): FilterCondition<StringFilter> =>
  (filter, bind) => {
    if (!filter) return undefined;
    const { eq, in: list, contains, startsWith, isNull } = filter;
    if ([eq, contains, startsWith].some((text) => text != null && isNowhere(text))) return 'false';
    const parts: string[] = [];
    if (eq != null) parts.push(`${whole} = ${bind(given(eq), 'text')}`);
    if (list != null)
      parts.push(`${whole} = ANY(${bind(list.filter((text) => !isNowhere(text)).map(given), 'text[]')})`);
    const like = (pattern: string) => parts.push(`${part(column)} LIKE ${part(bind(pattern, 'text'))}`);
    if (contains != null) like(`%${literal(given(contains))}%`);
    if (startsWith != null) like(`${literal(given(startsWith))}%`);
    if (isNull != null) parts.push(isNull ? `${column} IS NULL` : `${column} IS NOT NULL`);
    return parts.length > 0 ? parts.join(' AND ') : undefined;
  };

/** Names, towns and the like. */
export const text = (column: string): FilterCondition<StringFilter> =>
  textCondition({
    column,
    whole: `lower(${column})`,
    given: (value) => value.toLowerCase(),
    part: foldedSql,
  });

/** What is kept in one form, in capitals and digits: `given` brings a caller's text into it. */
export const normalText = (column: string, given: (text: string) => string): FilterCondition<StringFilter> =>
  textCondition({ column, whole: column, given, part: (sql) => sql });

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
