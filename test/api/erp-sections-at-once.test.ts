import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { until } from '../arrange/embedded-service.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

/** Cards of the sample by the companies they have accounts in; OBUWNIK-LDZ has two in main. */
const cards = { main: 'OBUWIE-ZAK', export: 'SCHUH-DRESDEN', both: 'OBUWNIK-LDZ' } as const;

const debt = 'paid { amount } remaining { amount currency } paidState overdue daysOverdue';
const sections = `
  orders(first: 5) { nodes { number } sources { company } }
  invoices(first: 5) { nodes { id number ${debt} } sources { company } }
  settlements(first: 5) { nodes { documentNumber } }
  balances { items { currency receivable { amount } } }`;
const question = `query ($code: String!) { client(code: $code) { ${sections} } }`;

let sample: SampleService;

beforeAll(async () => {
  sample = await startSampleService({ readPlans: 'text' });
  // Reads both catalogues, and shows who keeps what remains of an invoice.
  await sample.ask(question, { code: cards.both });
}, 120_000);
afterEach(() => sample.sandbox.server.behave());
afterAll(() => sample.close());

interface Card {
  readonly client: {
    readonly orders: { readonly nodes: readonly object[]; readonly sources: readonly object[] };
    readonly invoices: { readonly nodes: readonly { readonly id: string; readonly number: string }[] };
  };
}

/** Sections, and in export what its settlements tell of the invoices. */
it.each([
  { companies: 'main', statements: 4 },
  { companies: 'export', statements: 5 },
  { companies: 'both', statements: 9 },
] as const)(
  'has all statements of a card of $companies at the ERP before any is answered',
  async ({ companies, statements }) => {
    const { server } = sample.sandbox;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    server.statements.clear();
    server.misbehave({ kind: 'hold', until: promise });

    const answer = sample.ask<Card>(question, { code: cards[companies] });
    try {
      await until(() => server.statements.list().length === statements);
    } finally {
      resolve(undefined);
    }

    const { client } = await answer;
    expect(client.orders.sources).toHaveLength(companies === 'both' ? 2 : 1);
    expect(client.invoices.nodes).toHaveLength(5);
    expect(server.statements.list()).toHaveLength(statements);
  },
);

const lists = ['orders', 'invoices', 'payments', 'settlements'];

it.each([
  {
    what: 'the lists of a card',
    counted: `client(code: "${cards.export}") { ${lists.map((list) => `${list}(first: 1) { totalCount nodes { id } }`).join(' ')} }`,
    statements: 8,
  },
  {
    what: 'debtors',
    counted: 'debtors(company: "export", currency: "EUR", first: 1) { totalCount edges { cursor } }',
    statements: 2,
  },
])('has the totals of $what counted while the pages are read', async ({ counted, statements }) => {
  const { server } = sample.sandbox;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  server.statements.clear();
  server.misbehave({ kind: 'hold', until: promise });

  const answer = sample.ask(`{ ${counted} }`);
  try {
    await until(() => server.statements.list().length === statements);
  } finally {
    resolve(undefined);
  }

  expect(JSON.stringify(await answer)).not.toMatch(/"totalCount":(null|0)/);
  expect(server.statements.list()).toHaveLength(statements);
});

it('counts nothing where no total is selected', async () => {
  const { server } = sample.sandbox;
  server.statements.clear();

  await sample.ask(
    `{ client(code: "${cards.export}") { ${lists.map((list) => `${list}(first: 1) { nodes { id } }`).join(' ')} } }`,
  );

  expect(server.statements.list()).toHaveLength(lists.length);
});

it.each([
  'first: 7',
  'first: 50, filter: { includeCancelled: true }',
  'first: 3, filter: { paidState: [UNPAID, PARTLY_PAID] }',
  'first: 4, filter: { overdue: false, company: "export" }',
  'first: 2, filter: { issuedOn: { lt: "2026-06-01" }, currency: "EUR" }',
])('says of the invoices of a page what each says of itself: %s', async (page) => {
  const { client } = await sample.ask<Card>(
    `query ($code: String!) { client(code: $code) { invoices(${page}) { nodes { id number ${debt} } } } }`,
    { code: cards.both },
  );
  const ids = client.invoices.nodes.map(({ id }) => id);
  const { nodes } = await sample.ask<{ nodes: unknown }>(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Invoice { id number ${debt} } } }`,
    { ids },
  );

  expect(ids).not.toEqual([]);
  expect(client.invoices.nodes).toEqual(nodes);
});

it('goes on after a page with what the next one tells', async () => {
  const pageOf = async (after: string | null) => {
    const page = `invoices(first: 3, after: $after) { nodes { number ${debt} } pageInfo { endCursor } }`;
    const { client } = await sample.ask<{
      client: { invoices: { nodes: unknown[]; pageInfo: { endCursor: string } } };
    }>(`query ($code: String!, $after: String) { client(code: $code) { ${page} } }`, {
      code: cards.export,
      after,
    });
    return client.invoices;
  };
  const first = await pageOf(null);
  const second = await pageOf(first.pageInfo.endCursor);

  const { client } = await sample.ask<Card>(
    `query ($code: String!) { client(code: $code) { invoices(first: 6) { nodes { number ${debt} } } } }`,
    { code: cards.export },
  );
  expect([...first.nodes, ...second.nodes]).toEqual(client.invoices.nodes);
});

it('shows the invoices, and fails what is said of their debts, while settlements are locked', async () => {
  const { server } = sample.sandbox;
  server.misbehave({ kind: 'error', number: 1222, text: /\[settlement\]/ });
  server.statements.clear();

  const { data, errors } = await sample.graphql<Card>(
    'query ($code: String!) { client(code: $code) { invoices(first: 2) { nodes { id number remaining { amount } } } } }',
    { code: cards.export },
  );

  expect(data?.client.invoices.nodes.map(({ number }) => number)).toHaveLength(2);
  expect(errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
    ['client.invoices.nodes.0.remaining', 'ERP_TIMEOUT'],
    ['client.invoices.nodes.1.remaining', 'ERP_TIMEOUT'],
  ]);
  expect(server.statements.list({ text: /\[settlement\]/ })).toHaveLength(1);
});

it.each([
  ['nothing of it is selected', 'invoices(first: 2) { nodes { number } }'],
  ['it is left out', 'invoices(first: 2) { nodes { number paidState @include(if: false) } }'],
])('asks settlements for nothing where %s', async (_case, selection) => {
  const { server } = sample.sandbox;
  server.statements.clear();

  await sample.ask(`query ($code: String!) { client(code: $code) { ${selection} } }`, { code: cards.export });

  expect(server.statements.list()).toHaveLength(1);
});
