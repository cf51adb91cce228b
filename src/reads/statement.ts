/**
 * Makes the SQL of declared reads. Lists are cut before anything else is fetched (the innermost select has the filter,
 * the order and the limit); lists of many parents are cut for each parent by a lateral join, so that a relation costs one
 * statement however many parents ask.
 */
import type { CursorValues } from '../values/page.ts';
import {
  keySort,
  type Bind,
  type Direction,
  type OrderBy,
  type ReadDeclaration,
  type Sort,
} from './declaration.ts';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A list's request, already checked: `limit` rows in `order` from beyond `cursor`, in the given direction. */
export interface ListRequest<Filter> {
  readonly filter: Filter | undefined;
  readonly order: readonly OrderBy[];
  readonly backward: boolean;
  readonly limit: number;
  readonly cursor: CursorValues | undefined;
  /** Only these rows, each with its rank, which sorts see as `t.relevance`. */
  readonly found?: Found | undefined;
}

/** What a search found: keys with their ranks, best first being smallest; not complete where there are more than it looked at. */
export interface Found {
  readonly keys: readonly string[];
  readonly ranks: readonly number[];
  readonly complete: boolean;
}

interface Term extends Sort {
  readonly direction: Direction;
}

type AnyRead<Filter extends object> = Pick<
  ReadDeclaration<object, Filter, string>,
  'table' | 'columns' | 'parents' | 'filters' | 'sorts'
>;

export function binder(): { bind: Bind; values: unknown[] } {
  const values: unknown[] = [];
  return {
    values,
    bind: (value, type) => {
      values.push(value);
      return `$${values.length}::${type}`;
    },
  };
}

const opposite = (direction: Direction): Direction => (direction === 'ASC' ? 'DESC' : 'ASC');

/** The sorts of a request with the key behind them, turned round for a backward page. */
function termsOf(
  sorts: Readonly<Record<string, Sort>>,
  order: readonly OrderBy[],
  backward: boolean,
): Term[] {
  const terms = order.flatMap(({ sort, direction }) => {
    const found = sorts[sort];
    return found ? [{ ...found, direction }] : [];
  });
  const total = [...terms, { ...keySort, direction: terms.at(-1)?.direction ?? ('ASC' as const) }];
  return backward ? total.map((term) => ({ ...term, direction: opposite(term.direction) })) : total;
}

const orderSql = (terms: readonly Term[]): string =>
  terms.map(({ sql, direction }) => `${sql} ${direction}`).join(', ');

/** Nulls stand where PostgreSQL's indexes have them: last when ascending, first when descending. */
function beyond({ sql, direction, nullable }: Term, value: string | null, parameter: string): string {
  if (direction === 'ASC') {
    if (value === null) return 'false';
    return nullable ? `(${sql} > ${parameter} OR ${sql} IS NULL)` : `${sql} > ${parameter}`;
  }
  return value === null ? `${sql} IS NOT NULL` : `${sql} < ${parameter}`;
}

/** Rows that come after the cursor in the order of the terms. */
function keysetCondition(terms: readonly Term[], cursor: CursorValues, bind: Bind): string {
  const values = terms.map((_, index) => cursor[index] ?? null);
  const parameters = terms.map(({ type }, index) =>
    values[index] === null ? 'NULL' : bind(values[index], type),
  );
  const alike = terms.every(({ nullable, direction }) => !nullable && direction === terms[0]?.direction);
  if (alike) {
    // A row comparison is one index condition, where the spelt-out form would scan from the list's start.
    const sign = terms[0]?.direction === 'ASC' ? '>' : '<';
    return `(${terms.map(({ sql }) => sql).join(', ')}) ${sign} (${parameters.join(', ')})`;
  }
  const alternatives = terms.map((term, index) => {
    const equal = terms
      .slice(0, index)
      .map(({ sql }, at) => (values[at] === null ? `${sql} IS NULL` : `${sql} = ${parameters[at]}`));
    return [...equal, beyond(term, values[index] ?? null, parameters[index] ?? 'NULL')].join(' AND ');
  });
  const spelt = `(${alternatives.map((alternative) => `(${alternative})`).join(' OR ')})`;
  const [first] = terms;
  // It follows from the others, and leads the index to where the page begins.
  return first === undefined || values[0] === null
    ? spelt
    : `${first.sql} ${first.direction === 'ASC' ? '>=' : '<='} ${parameters[0]} AND ${spelt}`;
}

/**
 * Conditions that together give the rows after the cursor, one after another in the list's order. Rows with and without a
 * value of the first sort are far apart in its index, so a list that goes from the ones to the others is asked in two parts.
 */
function keysetParts(terms: readonly Term[], cursor: CursorValues, bind: Bind): string[] {
  const [first, ...rest] = terms;
  if (!first?.nullable) return [keysetCondition(terms, cursor, bind)];
  const value = cursor[0] ?? null;
  const { sql, direction } = first;
  const valued: Term = { ...first, nullable: false };
  if (value !== null) {
    const among = keysetCondition([valued, ...rest], cursor, bind);
    return direction === 'ASC' ? [among, `${sql} IS NULL`] : [among];
  }
  const amongNulls = `${sql} IS NULL AND ${keysetCondition(rest, cursor.slice(1), bind)}`;
  return direction === 'ASC' ? [amongNulls] : [amongNulls, `${sql} IS NOT NULL`];
}

export function filterConditions<Filter extends object>(
  read: AnyRead<Filter>,
  filter: Filter | undefined,
  bind: Bind,
): string[] {
  const members = Object.keys(read.filters) as (keyof Filter)[];
  return members.flatMap((member) => read.filters[member](filter?.[member] ?? undefined, bind) ?? []);
}

const whereSql = (conditions: readonly string[]): string =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';

const columnsSql = (columns: object): string =>
  Object.entries<string>({ ...columns })
    .map(([field, sql]) => `${sql} AS "${field}"`)
    .join(', ');

const sortValuesSql = (terms: readonly Term[]): string =>
  `json_build_array(${terms.map(({ sql }) => `(${sql})::text`).join(', ')}) AS "sortValues"`;

/** What a request's rows are sorted by, the key last. */
export const sortsOf = (sorts: Readonly<Record<string, Sort>>, order: readonly OrderBy[]): readonly Sort[] =>
  termsOf(sorts, order, false);

const sourceSql = (table: string, found: Found | undefined, bind: Bind): string =>
  found
    ? `(SELECT r.*, f.relevance FROM unnest(${bind(found.keys, 'uuid[]')}, ${bind(found.ranks, 'int[]')}) AS f(key, relevance) JOIN ${table} r ON r.id = f.key)`
    : table;

/** One page over the whole table, or over what was found. Rows carry `sortValues`. A backward page comes last row first. */
export function listStatement<Filter extends object>(
  read: AnyRead<Filter>,
  request: ListRequest<Filter>,
): Statement {
  const { bind, values } = binder();
  const terms = termsOf(read.sorts, request.order, request.backward);
  const conditions = filterConditions(read, request.filter, bind);
  const source = sourceSql(read.table, request.found, bind);
  const limit = bind(request.limit, 'int');
  const order = orderSql(terms);
  const cuts = (request.cursor ? keysetParts(terms, request.cursor, bind) : [undefined]).map(
    (part) =>
      `SELECT t.* FROM ${source} t${whereSql(part === undefined ? conditions : [...conditions, part])} ORDER BY ${order} LIMIT ${limit}`,
  );
  const cut =
    cuts.length === 1
      ? cuts.join('')
      : `SELECT t.* FROM (${cuts.map((sql) => `(${sql})`).join(' UNION ALL ')}) t ORDER BY ${order} LIMIT ${limit}`;
  return {
    text: `SELECT ${columnsSql(read.columns)}, ${sortValuesSql(terms)} FROM (${cut}) t ORDER BY ${order}`,
    values,
  };
}

/** One page for each of the parents' keys, in their order. Rows carry `parentKey` and `sortValues`. */
export function nestedStatement<Filter extends object>(
  read: AnyRead<Filter>,
  parent: string,
  keys: readonly string[],
  request: ListRequest<Filter>,
): Statement {
  const { bind, values } = binder();
  const parents = bind(keys, 'uuid[]');
  const terms = termsOf(read.sorts, request.order, request.backward);
  const conditions = [
    `${parentColumn(read, parent)} = k.key`,
    ...filterConditions(read, request.filter, bind),
  ];
  if (request.cursor) conditions.push(keysetCondition(terms, request.cursor, bind));
  const cut = `SELECT t.* FROM ${read.table} t${whereSql(conditions)} ORDER BY ${orderSql(terms)} LIMIT ${bind(request.limit, 'int')}`;
  const place = `row_number() OVER (ORDER BY ${orderSql(terms)}) AS "rowPlace"`;
  return {
    text:
      `SELECT k.key AS "parentKey", x.* FROM unnest(${parents}) WITH ORDINALITY AS k(key, ord) CROSS JOIN LATERAL ` +
      `(SELECT ${columnsSql(read.columns)}, ${sortValuesSql(terms)}, ${place} FROM (${cut}) t) x ORDER BY k.ord, x."rowPlace"`,
    values,
  };
}

/** The rows with these keys that meet the condition, in no order. Rows carry `lookupKey`. */
export function keyedStatement(
  read: Pick<AnyRead<never>, 'table' | 'columns'>,
  column: string,
  keys: readonly string[],
  type: string,
  condition = 'true',
): Statement {
  return {
    text: `SELECT ${column} AS "lookupKey", ${columnsSql(read.columns)} FROM ${read.table} t WHERE ${column} = ANY($1::${type}[]) AND ${condition}`,
    values: [keys],
  };
}

/** Every row, for tables that are short by nature. */
export function allStatement(
  read: Pick<AnyRead<never>, 'table' | 'columns' | 'sorts'>,
  order: readonly OrderBy[],
): Statement {
  return {
    text: `SELECT ${columnsSql(read.columns)} FROM ${read.table} t ORDER BY ${orderSql(termsOf(read.sorts, order, false))}`,
    values: [],
  };
}

/** Every row of each parent, for relations that are short by nature. Rows carry `parentKey`. */
export function nestedAllStatement<Filter extends object>(
  read: AnyRead<Filter>,
  parent: string,
  keys: readonly string[],
  order: readonly OrderBy[],
): Statement {
  const { bind, values } = binder();
  const column = parentColumn(read, parent);
  const conditions = [`${column} = ANY(${bind(keys, 'uuid[]')})`, ...filterConditions(read, undefined, bind)];
  return {
    text: `SELECT ${column} AS "parentKey", ${columnsSql(read.columns)} FROM ${read.table} t${whereSql(conditions)} ORDER BY ${orderSql(termsOf(read.sorts, order, false))}`,
    values,
  };
}

export function countStatement<Filter extends object>(
  read: AnyRead<Filter>,
  filter: Filter | undefined,
): Statement {
  const { bind, values } = binder();
  return {
    text: `SELECT count(*)::int AS "count" FROM ${read.table} t${whereSql(filterConditions(read, filter, bind))}`,
    values,
  };
}

/** The number of rows of each parent, zeros included. Rows carry `parentKey` and `count`. */
export function nestedCountStatement<Filter extends object>(
  read: AnyRead<Filter>,
  parent: string,
  keys: readonly string[],
  filter: Filter | undefined,
): Statement {
  const { bind, values } = binder();
  const parents = bind(keys, 'uuid[]');
  const conditions = [`${parentColumn(read, parent)} = k.key`, ...filterConditions(read, filter, bind)];
  return {
    text: `SELECT k.key AS "parentKey", (SELECT count(*)::int FROM ${read.table} t${whereSql(conditions)}) AS "count" FROM unnest(${parents}) AS k(key)`,
    values,
  };
}

function parentColumn(read: Pick<AnyRead<never>, 'parents' | 'table'>, parent: string): string {
  const column = read.parents[parent];
  if (column === undefined) throw new Error(`${read.table} has no parent ${parent}`);
  return column;
}
