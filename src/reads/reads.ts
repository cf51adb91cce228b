/**
 * Asks the CRM's database by declarations: single records by id, lists, and lists of many parents at once. Loads of one
 * tick become one statement; the statement is prepared once per connection, because its text depends on shape alone.
 */
import type DataLoader from 'dataloader';
import type { RunQuery } from '../crm-database/run-query.ts';
import { perRequest, type RequestContext } from '../request.ts';
import { makePage, type Page } from '../values/connection.ts';
import { encodeCursor, type CursorValues, type PageRequest } from '../values/page.ts';
import type { ReadDeclaration } from './declaration.ts';
import { planPage, type Listing } from './listing.ts';
import { sightOf } from './own-cards.ts';
import { nameOf } from './statement-names.ts';
import {
  allStatement,
  countStatement,
  keyedStatement,
  listStatement,
  nestedAllStatement,
  nestedCountStatement,
  nestedStatement,
  type KeyColumn,
  type Statement,
} from './statement.ts';

export type { Found } from './page-rows.ts';

interface Sorted {
  readonly sortValues: CursorValues;
}

interface OfParent {
  readonly parentKey: string;
}

const named = ({ text, values }: Statement) => ({ name: nameOf(text), text, values });

/**
 * Without a filter a list has one good plan. With one that depends on the values: a fragment that a million cards have is
 * found along the order's index, one that three have by its own. Such statements are planned each time.
 */
const planned = (filter: object | undefined, statement: Statement) =>
  filter === undefined ? named(statement) : { ...statement, name: '' };

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
    const { paging, request, list } = planPage(read, listing, sight);
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

  /** Pages of one relation: each parent's own, all asked for with the same arguments in one statement. */
  nested<Row extends object, Filter extends object, SortName extends string>(
    read: ReadDeclaration<Row, Filter, SortName>,
    parent: string,
  ) {
    type Arguments = Listing<Filter, SortName>;
    const counts = perRequest<string, number>(async (keys, context, variant) => {
      const filter = JSON.parse(variant) as Filter | null;
      const rows = await this.run<OfParent & { count: number }>(
        named(nestedCountStatement(read, parent, keys, filter ?? undefined, sightOf(context))),
      );
      const found = new Map(rows.map((row) => [row.parentKey, row.count]));
      return keys.map((key) => found.get(key) ?? 0);
    });
    const pages = perRequest<string, Page<Row>>(async (keys, context, variant) => {
      const listing = JSON.parse(variant) as Arguments;
      const { paging, request, list } = planPage(read, listing, sightOf(context));
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
