import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clientRead,
  type ClientCriteria,
  type ClientRow,
  type ClientSort,
} from '../../src/clients/client.read.ts';
import type { Tree } from '../../src/reads/filter-tree.ts';
import type { OrderBy } from '../../src/reads/declaration.ts';
import type { Page } from '../../src/values/connection.ts';
import {
  clientRow,
  compareBytes,
  compareTexts,
  newContext,
  openTables,
  someName,
  type Tables,
} from './arrange-rows.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await openTables();
});
afterAll(() => tables.close());
beforeEach(() => tables.clear());

interface Generated {
  readonly short_name: string;
  readonly city: string | null;
  readonly active: boolean;
  readonly created_at: string;
  readonly updated_at: string;
}

const someInstant = fc.constantFrom(
  '2026-01-01T00:00:00.000Z',
  '2026-01-01T00:00:00.001Z',
  '2025-12-31T23:59:59.999Z',
);
const someClient: fc.Arbitrary<Generated> = fc.record({
  short_name: someName,
  city: fc.option(someName),
  active: fc.boolean(),
  created_at: someInstant,
  updated_at: someInstant,
});
type StoredSort = Exclude<ClientSort, 'RELEVANCE'>;
const sorts: StoredSort[] = ['SHORT_NAME', 'CODE', 'CITY', 'CREATED_AT', 'UPDATED_AT'];
const someOrder: fc.Arbitrary<OrderBy<StoredSort>[]> = fc.uniqueArray(
  fc.record({
    sort: fc.constantFrom(...sorts),
    direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  }),
  { maxLength: 4, selector: ({ sort }) => sort },
);

type Filter = Tree<Pick<ClientCriteria, 'active' | 'city' | 'shortName' | 'createdAt'>>;

const { filter: someFilter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.record(
    {
      active: fc.boolean(),
      city: fc.oneof(
        fc.record({ contains: fc.constantFrom('a', 'Ą', 'LA', 'z') }),
        fc.record({ eq: someName }),
        fc.record({ isNull: fc.boolean() }),
      ),
      shortName: fc.record({ startsWith: fc.constantFrom('l', 'Z', 'c') }),
      createdAt: fc.record({ gte: someInstant }),
      or: fc.array(tie('filter'), { maxLength: 3, depthIdentifier: 'filter' }),
      not: fc.option(tie('filter'), { nil: null, maxDepth: 2, depthIdentifier: 'filter' }),
    },
    { requiredKeys: [] },
  ),
}));

const accents = 'ąćęłńóśźż';
const folded = (text: string): string =>
  [...text.toLowerCase()].map((letter) => 'acelnoszz'[accents.indexOf(letter)] ?? letter).join('');

function matches(row: ClientRow, filter: Filter): boolean {
  const { city } = row.address;
  const { contains, eq, isNull } = filter.city ?? {};
  return (
    (filter.active == null || row.active === filter.active) &&
    (contains == null || (city !== null && folded(city).includes(folded(contains)))) &&
    (eq == null || city?.toLowerCase() === eq.toLowerCase()) &&
    (isNull == null || (city === null) === isNull) &&
    (filter.shortName?.startsWith == null ||
      folded(row.shortName).startsWith(folded(filter.shortName.startsWith))) &&
    (filter.createdAt?.gte == null || row.createdAt >= filter.createdAt.gte) &&
    (filter.or == null || filter.or.some((alternative) => matches(row, alternative))) &&
    (filter.not == null || !matches(row, filter.not))
  );
}

const sortValue = (row: ClientRow, sort: StoredSort): string | null =>
  ({
    SHORT_NAME: row.shortName,
    CODE: row.code,
    CITY: row.address.city,
    CREATED_AT: row.createdAt,
    UPDATED_AT: row.updatedAt,
  })[sort];

const byName: readonly OrderBy<StoredSort>[] = [{ sort: 'SHORT_NAME', direction: 'ASC' }];

function comparison(order: readonly OrderBy<StoredSort>[]): (left: ClientRow, right: ClientRow) => number {
  const terms = order.length > 0 ? order : byName;
  return (left, right) => {
    for (const { sort, direction } of terms) {
      const step = compareTexts(sortValue(left, sort), sortValue(right, sort));
      if (step !== 0) return direction === 'ASC' ? step : -step;
    }
    const step = compareBytes(left.id, right.id);
    return terms.at(-1)?.direction === 'DESC' ? -step : step;
  };
}

interface Walk {
  readonly filter: Filter;
  readonly order: readonly OrderBy<StoredSort>[];
  readonly size: number;
  readonly backward: boolean;
}

/** All pages one after another, in the list's own order; `between` runs after each. */
async function walk(
  { filter, order, size, backward }: Walk,
  between: () => Promise<void>,
): Promise<ClientRow[]> {
  let rows: ClientRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const page: Page<ClientRow> = await tables.reads.list(newContext(), clientRead, {
      page: backward ? { last: size, before: cursor } : { first: size, after: cursor },
      filter,
      order,
    });
    expect(page.nodes.length).toBeLessThanOrEqual(size);
    rows = backward ? [...page.nodes, ...rows] : [...rows, ...page.nodes];
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo();
    if (!(backward ? hasPreviousPage : hasNextPage)) return rows;
    cursor = backward ? startCursor : endCursor;
    await between();
  }
}

it('gives every row of the filter once and in order, whatever the order, direction and page size, while others write', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someClient, { maxLength: 30 }),
      fc.array(someClient, { maxLength: 5 }),
      fc.record({
        filter: someFilter,
        order: someOrder,
        size: fc.integer({ min: 1, max: 12 }),
        backward: fc.boolean(),
      }),
      async (before, meanwhile, how) => {
        await tables.clear();
        const there = before.map((given) => ({ ...clientRow(tables), ...given }));
        await tables.insert('client', there);
        const late = meanwhile.values();
        const rows = await walk(how, async () => {
          const { value } = late.next();
          if (value) await tables.insert('client', [{ ...clientRow(tables), ...value }]);
        });

        const keys = rows.map(({ id }) => id);
        expect(new Set(keys).size).toBe(keys.length);
        const { nodes: all } = await tables.reads.list(newContext(), clientRead, { page: { first: 200 } });
        const wanted = all.filter((row) => matches(row, how.filter)).map(({ id }) => id);
        const early = new Set(there.map(({ id }) => `client_${id}`));
        expect(keys.filter((key) => early.has(key)).toSorted()).toEqual(
          wanted.filter((key) => early.has(key)).toSorted(),
        );
        expect(wanted).toEqual(expect.arrayContaining(keys));
        expect(keys).toEqual(rows.toSorted(comparison(how.order)).map(({ id }) => id));
      },
    ),
    { numRuns: 500 },
  );
});

it('does not give deleted rows', async () => {
  await tables.insert('client', [
    clientRow(tables),
    { ...clientRow(tables), deleted_at: '2026-01-01T00:00:00Z' },
  ]);
  expect((await walk({ filter: {}, order: [], size: 10, backward: false }, async () => {})).length).toBe(1);
});
