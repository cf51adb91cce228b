import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { randomUUID } from 'node:crypto';

let service: TestService;
let card: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  for (const city of [null, 'Łódź', 'Lublin']) card = await makeClient(service, { address: { city } });
  for (const lastName of ['Nowak', 'Kowalski']) await makeContact(service, card, { lastName });
});
afterAll(() => service.close());

const clients = `query ($first: Int, $after: String, $last: Int, $before: String, $orderBy: [ClientOrderBy!]) {
  clients(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
    nodes { id } pageInfo { endCursor }
  }
}`;
const contacts = `query ($id: ID!, $first: Int, $after: String) {
  client(id: $id) { contacts(first: $first, after: $after) { nodes { id } pageInfo { endCursor } } }
}`;

const problems = async (query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const { extensions } = await service.refusal(query, variables);
  return [extensions.code, ...(extensions.problems ?? []).map(({ path, code }) => `${path} ${code}`)];
};
const written = (...parts: readonly unknown[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

describe('a page size is refused', () => {
  it.each([0, -1, 201, 100_000, 2_147_483_647, -2_147_483_648])('of %d', async (size) => {
    expect(await problems(clients, { first: size })).toEqual(['BAD_USER_INPUT', 'first PAGE_SIZE']);
    expect(await problems(clients, { last: size })).toEqual(['BAD_USER_INPUT', 'last PAGE_SIZE']);
    expect(await problems(contacts, { id: card.id, first: size })).toEqual([
      'BAD_USER_INPUT',
      'first PAGE_SIZE',
    ]);
  });

  it.each([2_147_483_648, 1.5, '1', true])('of %p, which is no 32-bit integer', async (size) => {
    expect(await problems(clients, { first: size })).toEqual(['BAD_USER_INPUT', 'first VARIABLE']);
  });

  it('together with everything else that is wrong', async () => {
    expect(await problems(clients, { first: 0, last: 0 })).toEqual([
      'BAD_USER_INPUT',
      'first PAGE_SIZE',
      'last PAGE_SIZE',
      'last PAGE_DIRECTION',
    ]);
  });
});

describe('both directions at once are refused', () => {
  it.each([
    { first: 1, last: 1 },
    { after: 'x', before: 'y' },
    { first: 1, before: 'y' },
    { last: 1, after: 'x' },
  ])('as %j', async (variables) => {
    expect(await problems(clients, variables)).toEqual(['BAD_USER_INPUT', 'last PAGE_DIRECTION']);
  });
});

describe('a cursor is refused', () => {
  const list = 'client:CREATED_AT ASC';
  const orderBy = [{ field: 'CREATED_AT' }];
  const day = '2026-01-01 00:00:00+00';

  it.each([
    ['that is empty', ''],
    ['that is no base64', '%%%'],
    ['that is no JSON', Buffer.from('{').toString('base64url')],
    ['that is no list', Buffer.from('{"0":1}').toString('base64url')],
    ['of no values', written(list)],
    ['of too few values', written(list, day)],
    ['of too many values', written(list, day, randomUUID(), 'x')],
    ['with a number', written(list, 7, randomUUID())],
    ['with a text for the key', written(list, day, 'x')],
    ['with null for the key', written(list, day, null)],
    ['with a text for an instant', written(list, 'yesterday', randomUUID())],
    ['with null for an instant', written(list, null, randomUUID())],
    ['with an instant that does not exist', written(list, '2026-02-30 00:00:00+00', randomUUID())],
    ['with an instant beyond the calendar', written(list, '292279-01-01 00:00:00+00', randomUUID())],
    ['with an instant of another form', written(list, '2026-01-01T00:00:00Z', randomUUID())],
    ['with a special instant', written(list, 'infinity', randomUUID())],
    ['with NUL', written(list, `${day}\0`, randomUUID())],
    ['of another list', written('contact:NAME ASC:FIRST_NAME ASC', 'Nowak', null, randomUUID())],
    ['of another order', written('client:CREATED_AT DESC', day, randomUUID())],
    ['of a hundred thousand letters', 'A'.repeat(100_000)],
  ])('%s', async (_case, cursor) => {
    const before = await problems(clients, { before: cursor, orderBy });
    expect(before).toEqual(['BAD_USER_INPUT', 'before CURSOR']);
    expect(await problems(clients, { after: cursor, orderBy })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
  });

  it('of one list given to another, nested or not', async () => {
    const ofClients = await service.ask<{ clients: { pageInfo: { endCursor: string } } }>(clients);
    const ofContacts = await service.ask<{ client: { contacts: { pageInfo: { endCursor: string } } } }>(
      contacts,
      { id: card.id },
    );
    const { endCursor } = ofContacts.client.contacts.pageInfo;
    expect(await problems(clients, { after: endCursor })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
    const after = ofClients.clients.pageInfo.endCursor;
    expect(await problems(contacts, { id: card.id, after })).toEqual(['BAD_USER_INPUT', 'after CURSOR']);
  });

  it('without harm to what else was asked for', async () => {
    const { data, errors } = await service.graphql(
      `query ($id: ID!) { client(id: $id) { id } clients(after: "x") { nodes { id } } }`,
      { id: card.id },
    );
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ path: ['clients'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

it('takes a cursor with any text where a text belongs, and null where none is', async () => {
  const town = [{ field: 'CITY' }];
  const name = 'client:CITY ASC';
  for (const text of ['', 'Ż'.repeat(10_000), '\ud800', "'; DROP TABLE client; --", null])
    await service.ask(clients, { after: written(name, text, randomUUID()), orderBy: town });
});

it('refuses a sort it does not know', async () => {
  expect(await problems(clients, { orderBy: [{ field: 'NIP' }] })).toEqual([
    'BAD_USER_INPUT',
    'orderBy.0.field VARIABLE',
  ]);
});
