/**
 * Finds the rows of a page: the innermost select, with the filter, the order and the limit, before anything else is fetched.
 * What it is wrapped in (statement.ts for one list, plans/ for a whole selection) sees them as `t`.
 */
import type { CursorValues } from '../values/page.ts';
import type { AnyOrder, Bind, ReadDeclaration, Sort } from './declaration.ts';
import {
  joinedColumn,
  keysetCondition,
  keysetParts,
  orderSql,
  termsOf,
  type Part,
  type Term,
} from './keyset.ts';
import { amongOwn, isOwn, type Sight } from './own-cards.ts';

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

export type AnyRead<Filter extends object> = Pick<
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

export const whereSql = (conditions: readonly string[]): string =>
  conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';

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

/** One parent of rows: the relation, and the expression of the parent's key. */
export interface Parent {
  readonly parent: string;
  readonly key: string;
}

/** Which rows are meant, wherever in them a page is. */
type Meant<Filter> = Pick<ListRequest<Filter>, 'filter' | 'sight'>;

const conditionsOfAll = <Filter extends object>(
  read: AnyRead<Filter>,
  { filter, sight }: Meant<Filter>,
  bind: Bind,
): string[] => [...filterConditions(read, filter, bind), ...amongOwn(read.card, sight, bind, read.cardless)];

const conditionsOfChildren = <Filter extends object>(
  read: AnyRead<Filter>,
  { parent, key }: Parent,
  { filter, sight }: Meant<Filter>,
  bind: Bind,
): string[] => [
  `${parentColumn(read, parent)} = ${key}`,
  ...filterConditions(read, filter, bind),
  ...isOwn(read.card, sight, bind),
];

/** Rows of a page in their order (`rows`, a select), and what they are sorted by. */
interface PageRows {
  readonly rows: string;
  readonly terms: readonly Term[];
}

/** A page over the whole table, or over what was found. A backward page comes last row first. */
export function pageRows<Filter extends object>(
  read: AnyRead<Filter>,
  request: ListRequest<Filter>,
  bind: Bind,
): PageRows {
  const terms = termsOf(read.sorts, request.order, request.backward, read.key);
  const conditions = conditionsOfAll(read, request, bind);
  const source = sourceSql(read.table, request, bind);
  const { offset = 0 } = request;
  const limit = bind(request.limit + offset, 'int');
  const partSql = (part: Part, gate: readonly string[] = []) => {
    const where = whereSql([...gate, ...(part.condition ? [part.condition] : []), ...conditions]);
    return `SELECT t.* FROM ${source} t${where} ORDER BY ${orderSql(part.terms)} LIMIT ${limit}`;
  };
  const [first, second] = keysetParts(terms, request.cursor, bind);
  const passedOver = offset > 0 ? ` OFFSET ${bind(offset, 'int')}` : '';
  if (!second) return { terms, rows: `${partSql(first)}${passedOver}` };
  // The second part is only looked for where the first leaves room: its condition is asked once, before any row is read.
  const room = `(SELECT count(*) FROM p0) < ${limit}`;
  const parts = `WITH p0 AS MATERIALIZED (${partSql(first)}), p1 AS MATERIALIZED (${partSql(second, [room])})`;
  const rows = `${parts} SELECT * FROM (SELECT * FROM p0 UNION ALL SELECT * FROM p1) t ORDER BY ${orderSql(terms)} LIMIT ${limit}${passedOver}`;
  return { terms, rows };
}

/** A page of one parent's rows. */
export function nestedRows<Filter extends object>(
  read: AnyRead<Filter>,
  owner: Parent,
  request: ListRequest<Filter>,
  bind: Bind,
): PageRows {
  const terms = termsOf(read.sorts, request.order, request.backward);
  const conditions = conditionsOfChildren(read, owner, request, bind);
  if (request.cursor) conditions.push(keysetCondition(terms, request.cursor, bind));
  const rows = `SELECT t.* FROM ${read.table} t${whereSql(conditions)} ORDER BY ${orderSql(terms)} LIMIT ${bind(request.limit, 'int')}`;
  return { terms, rows };
}

/** All rows, of a table that is short by nature. */
export const allRows = <Filter extends object>(
  read: AnyRead<Filter> & { readonly defaultOrder: readonly AnyOrder[] },
): string =>
  `SELECT t.* FROM ${read.table} t ORDER BY ${orderSql(termsOf(read.sorts, read.defaultOrder, false))}`;

/** All rows of one parent, for relations that are short by nature. */
export function childRows<Filter extends object>(
  read: AnyRead<Filter> & { readonly defaultOrder: readonly AnyOrder[] },
  owner: Parent,
  sight: Sight | undefined,
  bind: Bind,
): string {
  const conditions = conditionsOfChildren(read, owner, { filter: undefined, sight }, bind);
  return `SELECT t.* FROM ${read.table} t${whereSql(conditions)} ORDER BY ${orderSql(termsOf(read.sorts, read.defaultOrder, false))}`;
}

/** A select of the number of one parent's rows. */
export function childCount<Filter extends object>(
  read: AnyRead<Filter>,
  owner: Parent,
  filter: Filter | undefined,
  sight: Sight | undefined,
  bind: Bind,
): string {
  const conditions = conditionsOfChildren(read, owner, { filter, sight }, bind);
  return `SELECT count(*)::int FROM ${read.table} t${whereSql(conditions)}`;
}

/** A select of the number of all rows, as `count`. */
export function rowCount<Filter extends object>(
  read: AnyRead<Filter>,
  filter: Filter | undefined,
  sight: Sight | undefined,
  bind: Bind,
): string {
  const conditions = conditionsOfAll(read, { filter, sight }, bind);
  return `SELECT count(*)::int AS "count" FROM ${read.table} t${whereSql(conditions)}`;
}

export function parentColumn(read: Pick<AnyRead<never>, 'parents' | 'table'>, parent: string): string {
  const column = read.parents[parent];
  if (column === undefined) throw new Error(`${read.table} has no parent ${parent}`);
  return column;
}
