/**
 * Makes the SQL of declared reads. Lists are cut before anything else is fetched (the innermost select has the filter,
 * the order and the limit); lists of many parents are cut for each parent by a lateral join, so that a relation costs one
 * statement however many parents ask.
 */
import type { AnyOrder } from './declaration.ts';
import { orderSql, termsOf, type Term } from './keyset.ts';
import { isOwn, type Sight } from './own-cards.ts';
import {
  binder,
  childCount,
  filterConditions,
  nestedRows,
  pageRows,
  parentColumn,
  rowCount,
  whereSql,
  type AnyRead,
  type ListRequest,
} from './page-rows.ts';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

const columnsSql = (columns: object): string =>
  Object.entries<string>({ ...columns })
    .map(([field, sql]) => `${sql} AS "${field}"`)
    .join(', ');

const sortValuesSql = (terms: readonly Term[]): string =>
  `json_build_array(${terms.map(({ sql }) => `(${sql})::text`).join(', ')}) AS "sortValues"`;

/** One page over the whole table, or over what was found. Rows carry `sortValues`. A backward page comes last row first. */
export function listStatement<Filter extends object>(
  read: AnyRead<Filter>,
  request: ListRequest<Filter>,
): Statement {
  const { bind, values } = binder();
  const { rows, terms } = pageRows(read, request, bind);
  const columns = `SELECT ${columnsSql(read.columns)}, ${sortValuesSql(terms)}`;
  return { text: `${columns} FROM (${rows}) t ORDER BY ${orderSql(terms)}`, values };
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
  const { rows, terms } = nestedRows(read, { parent, key: 'k.key' }, request, bind);
  const place = `row_number() OVER (ORDER BY ${orderSql(terms)}) AS "rowPlace"`;
  return {
    text:
      `SELECT k.key AS "parentKey", x.* FROM unnest(${parents}) WITH ORDINALITY AS k(key, ord) CROSS JOIN LATERAL ` +
      `(SELECT ${columnsSql(read.columns)}, ${sortValuesSql(terms)}, ${place} FROM (${rows}) t) x ORDER BY k.ord, x."rowPlace"`,
    values,
  };
}

/** A column or expression, with the name of its type, that is unique among the rows that meet the condition. */
export interface KeyColumn {
  readonly column: string;
  readonly type: string;
  readonly condition?: string | undefined;
}

/** The rows with these keys that meet the condition, in no order. Rows carry `lookupKey`. */
export function keyedStatement(
  read: Pick<AnyRead<never>, 'table' | 'card' | 'columns'>,
  { column, type, condition }: KeyColumn,
  keys: readonly string[],
  sight?: Sight,
): Statement {
  const { bind, values } = binder();
  const among = `${column} = ANY(${bind(keys, `${type}[]`)})`;
  const conditions = [
    among,
    ...(condition === undefined ? [] : [condition]),
    ...isOwn(read.card, sight, bind),
  ];
  return {
    text: `SELECT ${column} AS "lookupKey", ${columnsSql(read.columns)} FROM ${read.table} t${whereSql(conditions)}`,
    values,
  };
}

/** Every row, for tables that are short by nature. */
export function allStatement(
  read: Pick<AnyRead<never>, 'table' | 'columns' | 'sorts'>,
  order: readonly AnyOrder[],
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
  order: readonly AnyOrder[],
  sight?: Sight,
): Statement {
  const { bind, values } = binder();
  const column = parentColumn(read, parent);
  const conditions = [
    `${column} = ANY(${bind(keys, 'uuid[]')})`,
    ...filterConditions(read, undefined, bind),
    ...isOwn(read.card, sight, bind),
  ];
  return {
    text: `SELECT ${column} AS "parentKey", ${columnsSql(read.columns)} FROM ${read.table} t${whereSql(conditions)} ORDER BY ${orderSql(termsOf(read.sorts, order, false))}`,
    values,
  };
}

export function countStatement<Filter extends object>(
  read: AnyRead<Filter>,
  filter: Filter | undefined,
  sight?: Sight,
): Statement {
  const { bind, values } = binder();
  return { text: rowCount(read, filter, sight, bind), values };
}

/** The number of rows of each parent, zeros included. Rows carry `parentKey` and `count`. */
export function nestedCountStatement<Filter extends object>(
  read: AnyRead<Filter>,
  parent: string,
  keys: readonly string[],
  filter: Filter | undefined,
  sight?: Sight,
): Statement {
  const { bind, values } = binder();
  const parents = bind(keys, 'uuid[]');
  const count = childCount(read, { parent, key: 'k.key' }, filter, sight, bind);
  return {
    text: `SELECT k.key AS "parentKey", (${count}) AS "count" FROM unnest(${parents}) AS k(key)`,
    values,
  };
}
