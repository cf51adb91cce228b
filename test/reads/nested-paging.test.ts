import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { contactRead, type ContactRow } from '../../src/clients/contacts/contact.read.ts';
import type { ContactFilter } from '../../src/clients/contacts/contact.type.ts';
import type { Page } from '../../src/values/connection.ts';
import {
  clientRow,
  compareBytes,
  compareTexts,
  newContext,
  openTables,
  recordRow,
  someName,
  type Tables,
} from './arrange-rows.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await openTables();
});
afterAll(() => tables.close());

interface Person {
  readonly last_name: string;
  readonly first_name: string | null;
  readonly active: boolean;
  readonly deleted_at: string | null;
  readonly position: string | null;
}

/** With the signs that mean something in a pattern, which must mean themselves here. */
const somePosition = fc.constantFrom('Kierownik 100%', 'kierownik_zmiany', 'ŻURAWISTA', 'a\\b', 'A.B');
const somePerson: fc.Arbitrary<Person> = fc.record({
  last_name: someName,
  first_name: fc.option(someName),
  active: fc.boolean(),
  deleted_at: fc.option(fc.constant('2026-01-01T00:00:00.000Z')),
  position: fc.option(somePosition),
});
const someFilter: fc.Arbitrary<ContactFilter | undefined> = fc.option(
  fc.record(
    {
      active: fc.option(fc.boolean()),
      deleted: fc.option(fc.boolean()),
      search: fc.option(
        fc.constantFrom('%', '_', '\\', 'żur', 'KIEROWNIK', 'Ą', 'lo', '', '  ', 'a%b', '\0'),
      ),
    },
    { requiredKeys: [] },
  ),
  { nil: undefined },
);

const polish = 'ąćęłńóśźż';

/** Small and plain letters. */
const folded = (text: string): string =>
  [...text.toLowerCase()].map((letter) => 'acelnoszz'[polish.indexOf(letter)] ?? letter).join('');

function matches(person: Person, filter: ContactFilter | undefined): boolean {
  const wanted = folded(filter?.search?.trim() ?? '');
  const texts = [person.last_name, person.first_name, person.position];
  return (
    (filter?.active == null || person.active === filter.active) &&
    (person.deleted_at !== null) === (filter?.deleted ?? false) &&
    (wanted === '' || texts.some((text) => text != null && folded(text).includes(wanted)))
  );
}

const inOrder = (left: Person & { id: string }, right: Person & { id: string }): number =>
  compareTexts(left.last_name, right.last_name) ||
  compareTexts(left.first_name, right.first_name) ||
  compareBytes(left.id, right.id);

it('gives each parent its own rows, filtered, in order and cut, from its own cursor', async () => {
  const contactsOf = tables.reads.nested(contactRead, 'client');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(somePerson, { maxLength: 7 }), { minLength: 1, maxLength: 6 }),
      someFilter,
      fc.integer({ min: 1, max: 8 }),
      async (families, filter, first) => {
        await tables.clear();
        const cards = families.map((people) => {
          const card = clientRow(tables);
          return {
            card,
            people: people.map((person) => ({ ...recordRow(), client_id: card.id, ...person })),
          };
        });
        await tables.insert(
          'client',
          cards.map(({ card }) => card),
        );
        await tables.insert(
          'contact',
          cards.flatMap(({ people }) => people),
        );
        const expected = cards.map(({ card, people }) => ({
          key: card.id,
          ids: people
            .filter((person) => matches(person, filter))
            .sort(inOrder)
            .map(({ id }) => `contact_${id}`),
        }));

        const context = newContext();
        const pages = await Promise.all(
          expected.map(({ key }) => contactsOf(context, key, { page: { first }, filter })),
        );
        const seconds = await Promise.all(
          pages.map(async (page, index) => next(page, expected[index]?.key ?? '')),
        );

        const idsOf = (page: Page<ContactRow>): string[] => page.nodes.map(({ id }) => id);
        expect(pages.map(idsOf)).toEqual(expected.map(({ ids }) => ids.slice(0, first)));
        expect(seconds.map(idsOf)).toEqual(expected.map(({ ids }) => ids.slice(first, 2 * first)));
        expect(pages.map((page) => page.pageInfo().hasNextPage)).toEqual(
          expected.map(({ ids }) => ids.length > first),
        );
        expect(await Promise.all(pages.map(async (page) => page.totalCount()))).toEqual(
          expected.map(({ ids }) => ids.length),
        );

        function next(page: Page<ContactRow>, key: string): Promise<Page<ContactRow>> | Page<ContactRow> {
          const { endCursor } = page.pageInfo();
          return endCursor === null
            ? page
            : contactsOf(context, key, { page: { first, after: endCursor }, filter });
        }
      },
    ),
    { numRuns: 500 },
  );
});
