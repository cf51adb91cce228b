/** What a query costs the database when it goes by a plan, counted on the wire. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { lookedAt } from '../arrange/plans.ts';

let service: SampleService;
let card: string;
beforeAll(async () => {
  service = await startSampleService({ readPlans: 'text' });
  const { client } = await service.ask<{ client: { id: string } }>('{ client(code: "OBUWNIK-LDZ") { id } }');
  card = client.id;
});
afterAll(() => service.close());
beforeEach(() => service.counter.reset());

const person = 'id firstName lastName primary client { code }';
const closed = `
  id version createdAt updatedBy code active shortName taxId address { street city country }
  cardType { key name } accountManager { name } mergedInto { code } primaryContact { ${person} }
  contacts(first: 50) { totalCount nodes { ${person} } pageInfo { hasNextPage endCursor } }
  deliveryPlaces { edges { cursor node { code address { city } client { code } } } }
  recipients { nodes { code memberCard { code } deliveryPlace { code } } }
  notes { totalCount nodes { text pinned } }
  events { nodes { subject startsAt status client { shortName } } }
  attachments { nodes { fileName size validUntil } }`;

describe('one statement', () => {
  it.each([
    ['a card by its id', (id: string) => `{ client(id: "${id}") { ${closed} } }`],
    ['a card by its code', () => `{ client(code: "obuwnik-ldz") { ${closed} } }`],
    ['fifty cards', () => `{ clients(first: 50) { totalCount nodes { ${closed} } pageInfo { endCursor } } }`],
    [
      'several roots under several names',
      () =>
        `{ a: clients(first: 5) { nodes { ${closed} } } b: clients(last: 5) { nodes { code } } cardTypes { name }
           events(first: 10) { nodes { subject client { code cardType { name } } } } users { nodes { name } } }`,
    ],
  ])('reads %s', async (_what, query) => {
    const { way, data } = await lookedAt(service.url, query(card));
    expect(way).toBe('text');
    expect(Object.values(data)).not.toContain(null);
    expect(service.counter.statements()).toHaveLength(1);
  });

  it('reads the customers of the ERPs along, before their sections are asked', async () => {
    const { way, data } = await lookedAt(
      service.url,
      `{ client(id: "${card}") { ${closed} erpAccounts { companyKey customerId }
           orders(first: 2) { nodes { number } } invoices(first: 2) { nodes { number remaining { amount } } }
           settlements(first: 2) { nodes { dueOn } } balances { items { currency } } } }`,
    );
    expect(way).toBe('rows');
    expect(data).toMatchObject({
      client: {
        orders: { nodes: [{}, {}] },
        erpAccounts: expect.arrayContaining([{ companyKey: 'main', customerId: '1008' }]),
      },
    });
    expect(service.counter.statements()).toHaveLength(1);
  });

  it('is prepared once for a connection, and is the same for other values', async () => {
    const query =
      'query ($code: String!) { client(code: $code) { code contacts(first: 3) { nodes { lastName } } } }';
    for (const code of ['OBUWNIK-LDZ', 'SIEC-BALTYK', 'BATAI-VILNIUS', 'none', 'OBUWNIK-LDZ'])
      await service.ask(query, { code });
    expect(new Set(service.counter.statements()).size).toBe(1);
  });
});

it('reads what is found by a search in one statement more', async () => {
  await service.ask(
    '{ clients(search: "buty", first: 5) { totalCount nodes { code contacts { nodes { lastName } } } } }',
  );
  expect(service.counter.statements()).toHaveLength(2);
});

it('reads the pages of a card once, however many rows lead to it', async () => {
  const { way, data } = await lookedAt(
    service.url,
    `{ client(id: "${card}") { contacts(first: 50) { nodes { client { code contacts(first: 50) { nodes { lastName } } } } } } }`,
  );
  expect(way).toBe('rows');
  expect(Object.values(data)).not.toContain(null);
  // The contacts with their card's key; the card; its contacts.
  expect(service.counter.statements()).toHaveLength(3);
});

it('leaves what goes through very many relations to resolvers', async () => {
  const pages = Array.from(
    { length: 100 },
    (_, place) => `p${place}: contacts(first: ${place + 1}) { nodes { id } }`,
  );
  const { way } = await lookedAt(service.url, `{ client(id: "${card}") { ${pages.join(' ')} } }`);
  expect(way).toBe('ordinary; reason=too_large');
});

it('opens no connections for statements that fail', async () => {
  const { rows: before } = await connections();
  for (const query of [
    '{ clients(filter: { active: true }) { __typename } }',
    '{ clients(search: "a") { totalCount } }',
    '{ clients(first: 3) { nodes { contacts(filter: { search: "a" }) { totalCount } } } }',
  ])
    for (let time = 0; time < 5; time += 1) expect((await lookedAt(service.url, query)).way).toBe('text');
  expect((await connections()).rows).toEqual(before);
});

const connections = () =>
  service.dataSource
    .query<{ pid: number }[]>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kartoteka-read' ORDER BY pid",
    )
    .then((rows) => ({ rows }));

describe('whoever looks', () => {
  it('is told the way, and why it was the ordinary one', async () => {
    expect(await lookedAt(service.url, '{ viewer { scope } }')).toMatchObject({
      way: 'ordinary; reason=no_declared_root',
    });
    expect(await lookedAt(service.url, '{ clients(first: 0) { nodes { id } } }')).toMatchObject({
      way: 'ordinary; reason=arguments',
    });
    expect(await lookedAt(service.url, '{ clients { nodes { id features { isSet } } } }')).toMatchObject({
      way: 'rows',
    });
  });

  it('is shown the statement and how it is carried out, when asking for it', async () => {
    const { extensions } = await lookedAt(service.url, '{ client(code: "OBUWNIK-LDZ") { code } }', 'explain');
    expect(extensions).toMatchObject({
      plan: { way: 'text', statement: expect.stringContaining('FROM client t'), values: ['obuwnik-ldz'] },
    });
    expect(JSON.stringify(extensions)).toContain('Execution Time');
  });

  it('reads in the metrics how often and why', async () => {
    const text = await (await fetch(new URL('metrics', service.url))).text();
    expect(text).toMatch(/^kartoteka_operations_total\{way="text",reason=""\} [1-9]/m);
    expect(text).toMatch(/^kartoteka_operations_total\{way="rows",reason=""\} [1-9]/m);
    expect(text).toMatch(/^kartoteka_operations_total\{way="ordinary",reason="arguments"\} [1-9]/m);
  });
});
