import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  bare,
  makeCardTypes,
  makeClient,
  makeContact,
  makeDeliveryPlace,
  makeRecipient,
  type Written,
} from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
let card: Written;
let other: Written;

beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
  card = await makeClient(service, { shortName: 'A' });
  other = await makeClient(service, { shortName: 'B' });
  await makeContact(service, card, { lastName: 'Łoś', firstName: 'Jan', position: '100% szef' });
  await makeContact(service, card, { lastName: 'Lis', email: 'lis_1@krokus.pl', active: false });
  await makeContact(service, card, { lastName: 'Lis', firstName: 'Ewa', phone: '22 620 10 00' });
  await makeContact(service, other, { lastName: 'Żuk', department: 'Dział\\Zakupów' });
  await makeDeliveryPlace(service, card, { code: 'M2', name: 'Hala', address: { city: 'Łódź' } });
  await makeDeliveryPlace(service, card, { code: 'M1', name: 'Rampa', address: { city: 'Lublin' } });
  await makeDeliveryPlace(service, card, { code: 'Ś3', name: 'Sklep', active: false });
  await makeRecipient(service, other, { code: 'R1', name: 'But', taxId: 'PL 526-10-40-828' });
  await makeRecipient(service, other, { code: 'R2', name: 'Sandał' });
  const gone = await makeContact(service, card, { lastName: 'Dawny' });
  await service.dataSource.query('UPDATE contact SET deleted_at = now() WHERE id = $1', [bare(gone.id)]);
});
afterAll(() => service.close());

const ofOne = (list: string, filterType: string, selection: string) => `
  query ($id: ID!, $first: Int, $after: String, $filter: ${filterType}) {
    client(id: $id) {
      ${list}(first: $first, after: $after, filter: $filter) {
        nodes { ${selection} } totalCount pageInfo { endCursor hasNextPage }
      }
    }
  }`;

interface Node {
  readonly [field: string]: unknown;
}
interface Page {
  readonly nodes: readonly Node[];
  readonly totalCount: number;
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
}

async function pageOf(
  [list, filterType, selection]: readonly [string, string, string],
  of: Written,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Page> {
  const { client } = await service.ask<{ client: Record<string, Page> }>(ofOne(list, filterType, selection), {
    id: of.id,
    ...variables,
  });
  const page = client[list];
  if (page === undefined) throw new Error(`no ${list}`);
  return page;
}

const people = ['contacts', 'ContactFilter', 'lastName firstName'] as const;
const places = ['deliveryPlaces', 'DeliveryPlaceFilter', 'code'] as const;
const members = ['recipients', 'RecipientFilter', 'code'] as const;

const full = ({ nodes }: Page) => nodes.map((node) => Object.values(node).join(' ').trim());

describe('contacts', () => {
  it('come by last and first name, those without a first name last, without deleted ones', async () => {
    const page = await pageOf(people, card);
    expect(full(page)).toEqual(['Lis Ewa', 'Lis', 'Łoś Jan']);
    expect(page.totalCount).toBe(3);
  });

  it('go on from a cursor, also past a name that is missing', async () => {
    const first = await pageOf(people, card, { first: 2 });
    expect(full(first)).toEqual(['Lis Ewa', 'Lis']);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = await pageOf(people, card, { first: 2, after: first.pageInfo.endCursor });
    expect(full(second)).toEqual(['Łoś Jan']);
    expect(second).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: false } });
  });

  it.each([
    [{ active: true }, ['Lis Ewa', 'Łoś Jan']],
    [{ active: false }, ['Lis']],
    [{ deleted: true }, ['Dawny']],
    [{ deleted: false }, ['Lis Ewa', 'Lis', 'Łoś Jan']],
    [{ search: 'ŁO' }, ['Łoś Jan']],
    [{ search: ' lis ' }, ['Lis Ewa', 'Lis']],
    [{ search: '%' }, ['Łoś Jan']],
    [{ search: '0% s' }, ['Łoś Jan']],
    [{ search: '_' }, ['Lis']],
    [{ search: '\\' }, []],
    [{ search: '+4822620' }, ['Lis Ewa']],
    [{ search: 'a\u0000' }, []],
    [{ search: '', active: null, deleted: null }, ['Lis Ewa', 'Lis', 'Łoś Jan']],
    [{ search: 'lis', active: true }, ['Lis Ewa']],
  ])('are filtered by %j', async (filter, expected) => {
    const page = await pageOf(people, card, { filter });
    expect(full(page)).toEqual(expected);
    expect(page.totalCount).toBe(expected.length);
  });

  it('are found by a backslash that they have', async () => {
    expect(full(await pageOf(people, other, { filter: { search: 'dział\\za' } }))).toEqual(['Żuk']);
  });
});

describe('delivery places', () => {
  it('come by code', async () => {
    expect(full(await pageOf(places, card))).toEqual(['M1', 'M2', 'Ś3']);
  });

  it.each([
    [{ search: 'hal' }, ['M2']],
    [{ search: 'ś3' }, ['Ś3']],
    [{ active: true, search: 'm' }, ['M1', 'M2']],
    [{ city: { eq: 'Łódź' } }, ['M2']],
    [{ city: { eq: 'łódź' } }, ['M2']],
    [{ city: { in: ['Łódź', 'Lublin', 'a\u0000'] } }, ['M1', 'M2']],
    [{ city: { in: [] } }, []],
    [{ city: { contains: 'ÓDŹ' } }, ['M2']],
    [{ city: { contains: '%' } }, []],
    [{ city: { startsWith: 'lu' } }, ['M1']],
    [{ city: { startsWith: 'u' } }, []],
    [{ city: { isNull: true } }, ['Ś3']],
    [{ city: { isNull: false, startsWith: 'Ł' } }, ['M1', 'M2']],
    [{ city: { eq: 'a\u0000' } }, []],
    [{ city: {} }, ['M1', 'M2', 'Ś3']],
  ])('are filtered by %j', async (filter, expected) => {
    expect(full(await pageOf(places, card, { filter }))).toEqual(expected);
  });
});

describe('recipients', () => {
  it.each([
    [{}, ['R1', 'R2']],
    [{ search: 'sandał' }, ['R2']],
    [{ taxId: { eq: '5261040828' } }, ['R1']],
    [{ taxId: { isNull: true } }, ['R2']],
  ])('are filtered by %j', async (filter, expected) => {
    expect(full(await pageOf(members, other, { filter }))).toEqual(expected);
  });
});

it('cuts the list of each card by itself', async () => {
  const { clients } = await service.ask<{ clients: { nodes: { contacts: Page }[] } }>(`{
    clients { nodes { contacts(first: 1) { nodes { lastName } totalCount pageInfo { hasNextPage } } } }
  }`);
  expect(clients.nodes.map(({ contacts }) => contacts)).toEqual([
    { nodes: [{ lastName: 'Lis' }], totalCount: 3, pageInfo: { hasNextPage: true } },
    { nodes: [{ lastName: 'Żuk' }], totalCount: 1, pageInfo: { hasNextPage: false } },
  ]);
});

it('keeps apart two lists of one relation with other arguments', async () => {
  const { client } = await service.ask<{ client: unknown }>(
    `query ($id: ID!) { client(id: $id) {
      working: contacts(filter: { active: true }) { nodes { lastName } }
      former: contacts(filter: { active: false }) { nodes { lastName } totalCount }
      one: contacts(first: 1) { nodes { lastName } totalCount }
    } }`,
    { id: card.id },
  );
  expect(client).toEqual({
    working: { nodes: [{ lastName: 'Lis' }, { lastName: 'Łoś' }] },
    former: { nodes: [{ lastName: 'Lis' }], totalCount: 1 },
    one: { nodes: [{ lastName: 'Lis' }], totalCount: 3 },
  });
});
