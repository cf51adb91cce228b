/**
 * Asks the CRM's database by declarations: single records by id, lists, and lists of many parents at once. Loads of one
 * tick become one statement; the statement is prepared once per connection, because its text depends on shape alone.
 */
import { createHash } from 'node:crypto';
import type DataLoader from 'dataloader';
import type { RunQuery } from '../crm-database/run-query.ts';
import { perRequest, type RequestContext } from '../request.ts';
import { makePage, type Page } from '../values/connection.ts';
import {
  encodeCursor,
  pageRequest,
  type CursorValues,
  type PageArguments,
  type PageRequest,
} from '../values/page.ts';
import { cursorValues } from './cursor-values.ts';
import type { AnyOrder, ReadDeclaration } from './declaration.ts';
import { sightOf, type Sight } from './own-cards.ts';
import {
  allStatement,
  countStatement,
  keyedStatement,
  listStatement,
  nestedAllStatement,
  nestedCountStatement,
  nestedStatement,
  sortsOf,
  type Found,
  type KeyColumn,
  type ListRequest,
  type Statement,
} from './statement.ts';

export type { Found } from './statement.ts';

export interface Listing<Filter, SortName extends string> {
  readonly page: PageArguments;
  readonly filter?: Filter | null | undefined;
  readonly order?: readonly AnyOrder<SortName>[] | undefined;
  /** Only these, as a search found them; their number is then known, or not to be had. */
  readonly found?: Found | undefined;
}

interface Head<Filter> {
  readonly filter: Filter;
  /** The sort values of a row that may but need not be there, the key last. */
  readonly beyond: CursorValues | undefined;
  readonly limit: number;
}

interface Sorted {
  readonly sortValues: CursorValues;
}

interface OfParent {
  readonly parentKey: string;
}

const names = new Map<string, string>();
/**
 * Shapes are few, so this many different texts are not reached in ordinary use. What comes beyond is not prepared: every
 * prepared statement takes memory of the database server for as long as its connection lives.
 */
const namesKept = 2_000;

function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= namesKept) return '';
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}

const named = ({ text, values }: Statement) => ({ name: nameOf(text), text, values });

/**
 * Without a filter a list has one good plan. With one that depends on the values: a fragment that a million cards have is
 * found along the order's index, one that three have by its own. Such statements are planned each time.
 */
const planned = (filter: object | undefined, statement: Statement) =>
  filter === undefined ? named(statement) : { ...statement, name: '' };

/** A sort that was already named decides nothing more; without this a caller could make a statement of any size. */
const withoutRepeats = (order: readonly AnyOrder[]): readonly AnyOrder[] =>
  order.filter((one, index) => order.findIndex((other) => sortName(other) === sortName(one)) === index);

const sortName = (one: AnyOrder): string => (one.by ? one.by.name : one.sort);

/** A request's page and order, checked, and the name of its list in cursors. */
function plan<Filter>(
  read: Pick<ReadDeclaration<object, object, string>, 'table' | 'sorts' | 'defaultOrder'>,
  { page, filter, order, found }: Listing<Filter, string>,
  sight: Sight | undefined,
): { paging: PageRequest; request: ListRequest<Filter>; list: string } {
  const paging = pageRequest(page);
  const chosen = order && order.length > 0 ? withoutRepeats(order) : read.defaultOrder;
  const list = [read.table, ...chosen.map((one) => `${sortName(one)} ${one.direction}`)].join(':');
  const path = paging.backward ? 'before' : 'after';
  const cursor =
    paging.cursor === undefined
      ? undefined
      : cursorValues(list, sortsOf(read.sorts, chosen), paging.cursor, path);
  return {
    paging,
    list,
    // One row more than asked for tells whether another page follows.
    request: {
      filter: filter ?? undefined,
      order: chosen,
      backward: paging.backward,
      limit: paging.size + 1,
      cursor,
      sight,
      found,
    },
  };
}

function pageOf<Row>(
  rows: readonly (Row & Sorted)[],
  paging: PageRequest,
  list: string,
  totalCount: () => Promise<number | null> | number | null,
): Page<Row> {
  const more = rows.length > paging.size;
  const kept = more ? rows.slice(0, paging.size) : rows;
  return makePage<Row & Sorted>({
    rows: paging.backward ? kept.toReversed() : kept,
    cursorOf: (row) => encodeCursor(list, row.sortValues),
    hasNextPage: paging.backward ? paging.cursor !== undefined : more,
    hasPreviousPage: paging.backward ? more : paging.cursor !== undefined,
    totalCount,
  });
}

function grouped<Row extends OfParent>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.parentKey);
    if (group) group.push(row);
    else groups.set(row.parentKey, [row]);
  }
  return groups;
}

const byId = { column: 't.id', type: 'uuid' } as const;

/** One record in its callers' shape, read by whoever runs the query: a transaction sees its own writes so. */
export async function readRecord<Row extends object>(
  run: RunQuery,
  read: Pick<ReadDeclaration<Row, never, never>, 'table' | 'card' | 'columns'>,
  key: string,
): Promise<Row | undefined> {
  const [row] = await run<Row & { lookupKey?: string }>(named(keyedStatement(read, byId, [key])));
  if (row) delete row.lookupKey;
  return row;
}

type KeyedLoader<Row> = (context: RequestContext, variant?: string) => DataLoader<string, Row | null>;

export class Reads {
  private readonly keyed = new Map<string, KeyedLoader<object>>();

  constructor(private readonly run: RunQuery) {}

  /** A loader of single records by bare UUID, deleted ones too; null where there is none, or none that the caller may see. */
  byKey<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName>,
  ) {
    return this.by(read, byId);
  }

  /** A loader of single records by another column than the id. Asked for twice, it is the same loader: rooms share a tick's statement. */
  by<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName>,
    by: KeyColumn,
  ): KeyedLoader<Row> {
    const name = `${read.table}:${by.column}:${by.condition ?? ''}`;
    const made = this.keyed.get(name) as KeyedLoader<Row> | undefined;
    if (made) return made;
    const loader = perRequest<string, Row | null>(async (keys, context) => {
      // PostgreSQL refuses a parameter with NUL in it, and holds no key that has one.
      const possible = keys.filter((key) => !key.includes('\0'));
      const rows = await this.run<Row & { lookupKey: string }>(
        named(keyedStatement(read, by, possible, sightOf(context))),
      );
      const found = new Map(rows.map((row) => [row.lookupKey, row]));
      return keys.map((key) => found.get(key) ?? null);
    });
    this.keyed.set(name, loader);
    return loader;
  }

  /** A loader of all live rows of a parent, for relations that are short by nature. */
  allOf<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName>,
    parent: string,
  ) {
    return perRequest<string, readonly Row[]>(async (keys, context) => {
      const rows = await this.run<Row & OfParent>(
        named(nestedAllStatement(read, parent, keys, read.defaultOrder, sightOf(context))),
      );
      const groups = grouped(rows);
      return keys.map((key) => groups.get(key) ?? []);
    });
  }

  /** Every record, for what is a short list by nature and belongs to no card. */
  all<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName, null>,
  ): Promise<Row[]> {
    return this.run<Row>(named(allStatement(read, read.defaultOrder)));
  }

  /** A page over all records. Throws InputRejected for a wrong page size or cursor. */
  async list<Row extends object, Filter extends object, SortName extends string>(
    context: RequestContext,
    read: ReadDeclaration<Row, Filter, SortName>,
    listing: Listing<Filter, SortName>,
  ): Promise<Page<Row>> {
    const sight = sightOf(context);
    const { paging, request, list } = plan(read, listing, sight);
    const rows = await this.run<Row & Sorted>(planned(request.filter, listStatement(read, request)));
    // What leads back to a row of the page, as a contact does to its card, needs no statement of its own.
    const loader = this.byKey(read)(context);
    for (const row of rows) loader.prime(row.sortValues.at(-1) ?? '', row);
    const { found } = listing;
    if (found) return pageOf<Row>(rows, paging, list, () => (found.complete ? found.keys.length : null));
    return pageOf<Row>(rows, paging, list, async () => {
      const [counted] = await this.run<{ count: number }>(
        planned(request.filter, countStatement(read, request.filter, sight)),
      );
      return counted?.count ?? 0;
    });
  }

  /** How many rows each parent has. */
  async countsOf<Row extends object, Filter extends object, SortName extends string>(
    context: RequestContext,
    read: ReadDeclaration<Row, Filter, SortName>,
    parent: string,
    keys: readonly string[],
    filter: Filter | null | undefined,
  ): Promise<readonly number[]> {
    const rows = await this.run<OfParent & { count: number }>(
      named(nestedCountStatement(read, parent, keys, filter ?? undefined, sightOf(context))),
    );
    const found = new Map(rows.map((row) => [row.parentKey, row.count]));
    return keys.map((key) => found.get(key) ?? 0);
  }

  /** The first rows of each parent beyond a place in the declared order, for lists that are merged of several. */
  async headsOf<Row extends object, Filter extends object, SortName extends string>(
    context: RequestContext,
    read: ReadDeclaration<Row, Filter, SortName>,
    parent: string,
    keys: readonly string[],
    { filter, beyond, limit }: Head<Filter>,
  ): Promise<readonly (readonly Row[])[]> {
    const request = { filter, order: read.defaultOrder, backward: false, limit, cursor: beyond };
    const statement = nestedStatement(read, parent, keys, { ...request, sight: sightOf(context) });
    const groups = grouped(await this.run<Row & OfParent>(named(statement)));
    return keys.map((key) => groups.get(key) ?? []);
  }

  /** Pages of one relation: each parent's own, all asked for with the same arguments in one statement. */
  nested<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName>,
    parent: string,
  ) {
    type Arguments = Listing<Filter, SortName>;
    const counts = perRequest<string, number>((keys, context, variant) =>
      this.countsOf(context, read, parent, keys, JSON.parse(variant) as Filter | null),
    );
    const pages = perRequest<string, Page<Row>>(async (keys, context, variant) => {
      const listing = JSON.parse(variant) as Arguments;
      const { paging, request, list } = plan(read, listing, sightOf(context));
      const rows = await this.run<Row & Sorted & OfParent>(
        named(nestedStatement(read, parent, keys, request)),
      );
      const groups = grouped(rows);
      const counted = counts(context, JSON.stringify(listing.filter ?? null));
      return keys.map((key) => pageOf<Row>(groups.get(key) ?? [], paging, list, () => counted.load(key)));
    });
    return (context: RequestContext, parentKey: string, listing: Arguments): Promise<Page<Row>> =>
      pages(context, JSON.stringify(listing)).load(parentKey);
  }
}
