import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { clientRead, type ClientRow, type ClientSort } from '../../src/clients/client.read.ts';
import { FeatureKind } from '../../src/features/feature-kind.ts';
import { FeatureLoaders } from '../../src/features/feature.loaders.ts';
import { FeaturesOfClients } from '../../src/features/features-in-lists.ts';
import type { AnyOrder, Direction, JoinedSort } from '../../src/reads/declaration.ts';
import type { Page, PageInfo } from '../../src/values/connection.ts';
import type { FeatureFilter } from '../../src/values/filters.ts';
import type { PageArguments } from '../../src/values/page.ts';
import {
  clientRow,
  compareBytes,
  compareTexts,
  newContext,
  openTables,
  recordRow,
  someName,
  type Tables,
} from '../reads/arrange-rows.ts';

/** A value as the table has it, and as it is compared. */
interface Kind {
  readonly kind: FeatureKind;
  readonly column: string;
  readonly values: fc.Arbitrary<string>;
  readonly compare: (left: string, right: string) => number;
}

const choices = ['z', 'a', 'm'];
const byNumber = (left: string, right: string): number => Number(left) - Number(right);
const kinds: readonly Kind[] = [
  { kind: FeatureKind.TEXT, column: 'text_value', values: someName, compare: compareTexts },
  {
    kind: FeatureKind.DECIMAL,
    column: 'number_value',
    values: fc.constantFrom('-1.5', '0', '2', '2.0', '10', '9.75'),
    compare: byNumber,
  },
  {
    kind: FeatureKind.DATE,
    column: 'date_value',
    values: fc.constantFrom('0999-01-01', '2026-01-01', '2025-12-31'),
    compare: compareBytes,
  },
  {
    kind: FeatureKind.BOOLEAN,
    column: 'boolean_value',
    values: fc.constantFrom('false', 'true'),
    compare: compareBytes,
  },
  {
    kind: FeatureKind.CHOICE,
    column: 'text_value',
    values: fc.constantFrom(...choices),
    compare: (left, right) => choices.indexOf(left) - choices.indexOf(right),
  },
];

let tables: Tables;
let features: FeaturesOfClients;
const definitionKeys = new Map<FeatureKind, string>();

beforeAll(async () => {
  tables = await openTables();
  features = new FeaturesOfClients(new FeatureLoaders(tables.reads, () => Promise.resolve([])));
  const rows = kinds.map(({ kind }, position) => ({
    ...recordRow(),
    record_type: 'CLIENT',
    key: kind,
    name: kind,
    card_type_ids: '{}',
    kind,
    position,
    required: false,
    choices: kind === FeatureKind.CHOICE ? choices.map((key) => ({ key, name: key, retired: false })) : [],
    retired: false,
  }));
  await tables.insert('feature_definition', rows);
  for (const { kind, id } of rows) definitionKeys.set(kind, id);
});
afterAll(() => tables.close());

const choicePlace = (kind: FeatureKind, value: string): number | null =>
  kind === FeatureKind.CHOICE ? choices.indexOf(value) + 1 : null;

interface Generated {
  readonly name: string;
  /** In the order of `kinds`. */
  readonly values: readonly (string | null)[];
}

const someCard: fc.Arbitrary<Generated> = fc.record({
  name: someName,
  values: fc.tuple(...kinds.map(({ values }) => fc.option(values, { freq: 2 }))),
});

interface Card extends Generated {
  readonly id: string;
}

async function insert(cards: readonly Generated[]): Promise<Card[]> {
  const made = cards.map((card) => ({ ...card, id: randomUUID() }));
  await tables.insert(
    'client',
    made.map(({ id, name }) => ({ ...clientRow(tables), id, code: id, short_name: name })),
  );
  const values = made.flatMap(({ id, values: given }) =>
    kinds.flatMap(({ kind, column }, index) => {
      const value = given[index] ?? null;
      const definition = definitionKeys.get(kind);
      return value === null
        ? []
        : [
            {
              record_id: id,
              definition_id: definition,
              place: 0,
              [column]: value,
              choice_place: choicePlace(kind, value),
            },
          ];
    }),
  );
  await tables.insert('feature_value', values);
  return made;
}

type Term = { readonly index: number | 'name'; readonly direction: Direction };
const someOrder: fc.Arbitrary<Term[]> = fc.uniqueArray(
  fc.record({
    index: fc.constantFrom<(number | 'name')[]>('name', ...kinds.keys()),
    direction: fc.constantFrom<Direction[]>('ASC', 'DESC'),
  }),
  { minLength: 1, maxLength: 3, selector: ({ index }) => index },
);

/** What has no value stands last either way. */
function comparison(order: readonly Term[]): (left: Card, right: Card) => number {
  return (left, right) => {
    for (const { index, direction } of order) {
      const [one, two] = [left, right].map(({ name, values }) =>
        index === 'name' ? name : (values[index] ?? null),
      );
      if (one == null || two == null) {
        if (one === two) continue;
        return one == null ? 1 : -1;
      }
      const compare = index === 'name' ? compareTexts : kinds[index]?.compare;
      const step = compare?.(one, two) ?? 0;
      if (step !== 0) return direction === 'ASC' ? step : -step;
    }
    const step = compareBytes(left.id, right.id);
    return order.at(-1)?.direction === 'DESC' ? -step : step;
  };
}

const someFilter: fc.Arbitrary<FeatureFilter | null> = fc.option(
  fc.oneof(
    fc.record({ key: fc.constantFrom(...kinds.map(({ kind }) => kind)), isSet: fc.boolean() }),
    fc.record({ key: fc.constant('DECIMAL'), decimal: fc.record({ gte: fc.constantFrom('0', '2.00') }) }),
    fc.record({ key: fc.constant('CHOICE'), choices: fc.subarray(choices) }),
  ),
);

function meets(filter: FeatureFilter | null, { values }: Card): boolean {
  if (!filter) return true;
  const value = values[kinds.findIndex(({ kind }) => String(kind) === filter.key)] ?? null;
  if (filter.isSet != null) return (value !== null) === filter.isSet;
  if (value === null) return false;
  if (filter.decimal?.gte != null) return Number(value) >= Number(filter.decimal.gte);
  return filter.choices?.includes(value) ?? false;
}

function isSort(sort: object): sort is JoinedSort {
  return 'join' in sort;
}

it('gives every card of the filter once and in order, forward and backward, while others write', async () => {
  const lists = await features.inLists(newContext());
  const orderOf = (terms: readonly Term[]): AnyOrder<ClientSort>[] =>
    terms.map(({ index, direction }) => {
      if (index === 'name') return { sort: 'SHORT_NAME', direction };
      const by = lists.sort(kinds[index]?.kind ?? '');
      if (!isSort(by)) throw new Error('a kind that cannot be sorted by');
      return { by, direction };
    });
  const someWalk = fc.record({
    order: someOrder,
    filter: someFilter,
    size: fc.integer({ min: 1, max: 9 }),
    backward: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(someCard, { maxLength: 25 }),
      fc.array(someCard, { maxLength: 4 }),
      someWalk,
      async (before, meanwhile, { order, filter, size, backward }) => {
        await tables.clear();
        const cards = await insert(before);
        const expected = cards.filter((card) => meets(filter, card)).map(({ id }) => `client_${id}`);
        const late = meanwhile.values();
        const asked = { features: filter ? [lists.condition(filter)] : [] };
        const rows: ClientRow[] = [];
        for (let cursor: string | null = null; ;) {
          const page: PageArguments = backward
            ? { last: size, before: cursor }
            : { first: size, after: cursor };
          const got: Page<ClientRow> = await tables.reads.list(newContext(), clientRead, {
            page,
            order: orderOf(order),
            filter: asked,
          });
          if (backward) rows.unshift(...got.nodes);
          else rows.push(...got.nodes);
          const info: PageInfo = got.pageInfo();
          if (!(backward ? info.hasPreviousPage : info.hasNextPage)) break;
          cursor = backward ? info.startCursor : info.endCursor;
          const { value } = late.next();
          if (value) cards.push(...(await insert([value])));
        }
        const ids = rows.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining(expected));
        const shown = cards.filter(({ id }) => ids.includes(`client_${id}`));
        expect(ids).toEqual(shown.toSorted(comparison(order)).map(({ id }) => `client_${id}`));
        expect(shown.every((card) => meets(filter, card))).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});
