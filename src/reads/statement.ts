/**
 * Makes the SQL of declared reads. Lists are cut before anything else is fetched (the innermost select has the filter,
 * the order and the limit); lists of many parents are cut for each parent by a lateral join, so that a relation costs one
 * statement however many parents ask.
 */
import type { CursorValues } from '../values/page.ts';
import type { AnyOrder, Bind, ReadDeclaration, Sort } from './declaration.ts';
import { amongOwn, isOwn, type Sight } from './own-cards.ts';
import {
  joinedColumn,
  keysetCondition,
  keysetParts,
  orderSql,
  termsOf,
  type Part,
  type Term,
} from './keyset.ts';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** A list's request, already checked: `limit` rows in `order` from beyond `cursor`, in the given direction. */
export interface ListRequest<Filter> {
  readonly filter: Filter | undefined;
  readonly order: readonly AnyOrder[];
  readonly backward: boolean;
  readonly limit: number;
  /** Rows passed over before the first; none when not given. */
  readonly offset?: number | undefined;
  readonly cursor: CursorValues | undefined;
  /** Whose cards alone are seen. */
  readonly sight?: Sight | undefined;
  /** Only these rows, each with its rank, which sorts see as `t.relevance`. */
  readonly found?: Found | undefined;
}

/** What a search found: keys with their ranks, best first being smallest; not complete where there are more than it looked at. */
export interface Found {
  readonly keys: readonly string[];
  readonly ranks: readonly number[];
  readonly complete: boolean;
}

type AnyRead<Filter extends object> = Pick<
  ReadDeclaration<object, Filter, string>,
  'table' | 'card' | 'columns' | 'parents' | 'filters' | 'sorts'
> & {
  /** What makes every order total, where it is not the key of a record. */
  readonly key?: readonly Sort[];
  /** Whether rows of no card are seen by whoever may ask. */
  readonly cardless?: boolean;
};

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
export const sortsOf = (
  sorts: Readonly<Record<string, Sort>>,
  order: readonly AnyOrder[],
  key?: readonly Sort[],
): readonly Sort[] => termsOf(sorts, order, false, key);

/** The table's rows, or those that were found, with what they are sorted by beside their own columns. */
function sourceSql<Filter>(
  table: string,
  { found, order }: Pick<ListRequest<Filter>, 'found' | 'order'>,
  bind: Bind,
): string {
  const joins = order.flatMap(({ by }, place) =>
    by
      ? [{ sql: by.join(`j${place}`, bind), column: `${by.value(`j${place}`)} AS ${joinedColumn(place)}` }]
      : [],
  );
  if (!found && joins.length === 0) return table;
  const ranked = found
    ? `unnest(${bind(found.keys, 'uuid[]')}, ${bind(found.ranks, 'int[]')}) AS f(key, relevance) JOIN ${table} r ON r.id = f.key`
    : `${table} r`;
  const columns = ['r.*', ...(found ? ['f.relevance'] : []), ...joins.map(({ column }) => column)];
  return `(SELECT ${columns.join(', ')} FROM ${[ranked, ...joins.map(({ sql }) => sql)].join(' ')})`;
}

/** One page over the whole table, or over what was found. Rows carry `sortValues`. A backward page comes last row first. */
export function listStatement<Filter extends object>(
  read: AnyRead<Filter>,
  request: ListRequest<Filter>,
): Statement {
  const { bind, values } = binder();
  const terms = termsOf(read.sorts, request.order, request.backward, read.key);
  const conditions = [
    ...filterConditions(read, request.filter, bind),
    ...amongOwn(read.card, request.sight, bind, read.cardless),
  ];
  const source = sourceSql(read.table, request, bind);
  const { offset = 0 } = request;
  const limit = bind(request.limit + offset, 'int');
  const partSql = (part: Part, gate: readonly string[] = []) => {
    const where = whereSql([...gate, ...(part.condition ? [part.condition] : []), ...conditions]);
    return `SELECT t.* FROM ${source} t${where} ORDER BY ${orderSql(part.terms)} LIMIT ${limit}`;
  };
  const [first, second] = keysetParts(terms, request.cursor, bind);
  const order = orderSql(terms);
  const passedOver = offset > 0 ? ` OFFSET ${bind(offset, 'int')}` : '';
  const columns = `SELECT ${columnsSql(read.columns)}, ${sortValuesSql(terms)}`;
  if (!second)
    return { text: `${columns} FROM (${partSql(first)}${passedOver}) t ORDER BY ${order}`, values };
  // The second part is only looked for where the first leaves room: its condition is asked once, before any row is read.
  const room = `(SELECT count(*) FROM p0) < ${limit}`;
  const parts = `WITH p0 AS MATERIALIZED (${partSql(first)}), p1 AS MATERIALIZED (${partSql(second, [room])})`;
  const both = `SELECT * FROM (SELECT * FROM p0 UNION ALL SELECT * FROM p1) t ORDER BY ${order} LIMIT ${limit}${passedOver}`;
  return { text: `${parts} ${columns} FROM (${both}) t ORDER BY ${order}`, values };
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
    ...isOwn(read.card, request.sight, bind),
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
  const conditions = [
    ...filterConditions(read, filter, bind),
    ...amongOwn(read.card, sight, bind, read.cardless),
  ];
  return { text: `SELECT count(*)::int AS "count" FROM ${read.table} t${whereSql(conditions)}`, values };
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
  const conditions = [
    `${parentColumn(read, parent)} = k.key`,
    ...filterConditions(read, filter, bind),
    ...isOwn(read.card, sight, bind),
  ];
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
