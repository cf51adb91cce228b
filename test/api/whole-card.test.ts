import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { packageRoot } from '../../src/config.ts';
import { examples } from '../../src/server/explorer/examples.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

let service: SampleService;

beforeAll(async () => {
  service = await startSampleService();
  // The door reads its catalogue once per company; that is not part of any card.
  await service.ask('{ erpCompanies { state } }');
  // Nor is opening all of its connections, which on a busy machine may be given up once or twice.
  for (;;) {
    const { errors } = await service.graphql(`{ client(code: "OBUWNIK-LDZ") { ${whole} } }`);
    if (errors.length === 0) break;
    if (errors.some(({ extensions }) => !extensions.code.startsWith('ERP_')))
      throw new Error(JSON.stringify(errors));
    await delay(100);
  }
}, 60_000);
afterAll(() => service.close());
beforeEach(() => {
  service.counter.reset();
  service.sandbox.server.statements.clear();
});

const mainJob = `
  id version code shortName fullName taxId regon address { city } cardType { name } accountManager { name }
  primaryContact { lastName }
  contacts(first: 5) { nodes { lastName } }
  deliveryPlaces(first: 5) { nodes { name } }
  recipients(first: 5) { nodes { name memberCard { code } deliveryPlace { code } } }
  erpAccounts { companyKey customerId customer { code name } }
  orders(first: 5) { nodes { number lines { productName quantity net { amount currency } } } }
  invoices(first: 5) {
    nodes { number gross { amount currency } paid { amount } remaining { amount } lines { productName net { amount } } }
    sources { company state }
  }
  balances { items { currency receivable { amount } overdue { amount } } }
`;

const whole = `
  ${mainJob}
  settlements(first: 5) { nodes { side remaining { amount } invoice { number } matches { amount { amount } payment { id } counterSettlement { id } } } }
  payments(first: 5) { nodes { amount { amount } matches { amount { amount } } } }
  ageing(asOf: "2026-01-31") { asOf items { currency notDue { amount } total { amount } } sources { company } }
  sales(by: QUARTER, inBaseCurrency: true) { items { company { key } from to documents net { amount currency } } }
  topProducts(first: 3) { items { productCode productName quantity net { amount currency } } }
`;

/** The card, its type, manager and primary contact; contacts, places, recipients, a member's card and place; accounts. */
const crmRelations = 10;
/**
 * Customer, orders, order lines, invoices, invoice lines, settlements where only they know what remains, balances; settlements,
 * their invoices, matches, the payments and settlements at their ends; payments, their matches and what these settled; ageing, sales,
 * products.
 */
const erpRelations = 18;
const companies = 2;

const erpStatements = () =>
  service.sandbox.server.statements.list().filter(({ text }) => !text.includes('sys.columns')).length;

it('answers one card with everything by at most one statement per relation, on either side', async () => {
  await service.ask(`{ client(code: "OBUWNIK-LDZ") { ${whole} } }`);
  expect(service.counter.statements().length).toBeLessThanOrEqual(crmRelations);
  expect(erpStatements()).toBeLessThanOrEqual(erpRelations * companies);
});

it('answers the main job for fifty cards by no more statements than for one, on either side', async () => {
  await service.ask(`{ client(code: "OBUWNIK-LDZ") { ${mainJob} } }`);
  const forOne = { crm: service.counter.statements().length, erp: erpStatements() };
  service.counter.reset();
  service.sandbox.server.statements.clear();
  await service.ask(`{ clients(first: 50) { nodes { ${mainJob} } } }`);
  expect(service.counter.statements().length).toBeLessThanOrEqual(forOne.crm);
  expect(erpStatements()).toBeLessThanOrEqual(forOne.erp);
});

it('answers fifty cards with everything by at most one statement per relation, on either side', async () => {
  await service.ask(`{ client(code: "OBUWNIK-LDZ") { ${whole} } }`);
  const forOne = { crm: service.counter.statements().length, erp: erpStatements() };
  expect(forOne.erp).toBeGreaterThan(erpRelations);
  service.counter.reset();
  service.sandbox.server.statements.clear();
  const { clients } = await service.ask<{ clients: { nodes: unknown[] } }>(
    `{ clients(first: 50) { nodes { ${whole} } } }`,
  );
  expect(clients.nodes.length).toBe(50);
  expect(service.counter.statements().length).toBeLessThanOrEqual(forOne.crm);
  // Among fifty there are compensations and the like, which the one card need not have.
  expect(erpStatements()).toBeLessThanOrEqual(erpRelations * companies);
});

it('answers every example of the explorer on the sample data', async () => {
  for (const { title, query, variables } of examples) {
    const { errors, data } = await service.graphql(query, variables);
    expect({ title, errors }).toEqual({ title, errors: [] });
    for (const value of Object.values(data ?? {}))
      expect({ title, value }).not.toEqual({ title, value: null });
  }
});

it('answers the first query of the README as it stands there', async () => {
  const readme = await readFile(join(packageRoot, 'README.md'), 'utf8');
  const body = /<<'END' [^\n]*\n(.*?)\nEND\n/s.exec(readme)?.[1]?.replaceAll('\n', ' ') ?? '';
  const response = await fetch(`${service.url}graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { data: { client: Record<string, unknown> }; errors?: unknown };
  expect(answer.errors).toBeUndefined();
  expect(Object.entries(answer.data.client).filter(([, value]) => value === null)).toEqual([]);
});

it('finds by plain letters what is written with Polish ones', async () => {
  const query =
    '{ client(code: "OBUWNIK-LDZ") { deliveryPlaces(filter: { search: "lodz" }) { nodes { code } } contacts(filter: { search: "CWIKLI" }) { nodes { lastName } } } }';
  const { client } = await service.ask<{
    client: { deliveryPlaces: { nodes: unknown[] }; contacts: unknown };
  }>(query);
  expect(client.deliveryPlaces.nodes).toContainEqual({ code: 'M01' });
  expect(client.contacts).toEqual({ nodes: [{ lastName: 'Ćwiklińska' }] });
});

it('finds no document by a number with NUL in it', async () => {
  const query =
    'query ($number: String) { client(code: "OBUWNIK-LDZ") { invoices(filter: { number: { startsWith: $number } }) { nodes { number } } orders(filter: { number: { eq: $number } }) { nodes { number } } } }';
  expect(await service.ask(query, { number: 'F\0' })).toEqual({
    client: { invoices: { nodes: [] }, orders: { nodes: [] } },
  });
});

it('links every sample card to customers that the ERP has, under the same tax id', async () => {
  type Accounts = {
    clients: {
      nodes: { code: string; taxId: string; erpAccounts: { customer: { taxId: string } | null }[] }[];
    };
  };
  const { clients } = await service.ask<Accounts>(
    '{ clients(first: 100) { nodes { code taxId erpAccounts { customer { taxId } } } } }',
  );
  const digits = (taxId: string | undefined) => taxId?.replace(/^PL|[^A-Z0-9]/g, '');
  const linked = clients.nodes.flatMap(({ code, taxId, erpAccounts }) =>
    erpAccounts.map(({ customer }) => ({ code, card: digits(taxId), erp: digits(customer?.taxId) })),
  );
  expect(linked.length).toBeGreaterThanOrEqual(60);
  expect(linked.filter(({ card, erp }) => card !== erp)).toEqual([]);
});

it('finds orders, invoices, payments and settlements again by their ids, with the card they belong to', async () => {
  const kinds = ['Order', 'Invoice', 'Payment', 'Settlement'];
  const lists = kinds.map((kind) => `${kind.toLowerCase()}s(first: 1) { nodes { id } }`);
  const { client } = await service.ask<{ client: Record<string, { nodes: { id: string }[] }> }>(
    `{ client(code: "SIEC-KROKUS") { ${lists.join(' ')} } }`,
  );
  const ids = Object.values(client).flatMap(({ nodes }) => nodes.map(({ id }) => id));
  const cards = kinds.map((kind) => `... on ${kind} { client { code } }`);
  const { nodes } = await service.ask(
    `query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id ${cards.join(' ')} } }`,
    { ids },
  );
  expect(nodes).toEqual(
    kinds.map((kind, index) => ({ __typename: kind, id: ids[index], client: { code: 'SIEC-KROKUS' } })),
  );
});

it('finds the customers of a sample card and its branch in their ERP by the tax id they share', async () => {
  const { client } = await service.ask<{ client: { taxId: string } }>(
    '{ client(code: "SIEC-KROKUS") { taxId } }',
  );
  const { erpCustomers } = await service.ask<{ erpCustomers: unknown }>(
    'query ($search: String) { erpCustomers(company: "main", search: $search) { nodes { client { code } } totalCount } }',
    { search: client.taxId },
  );
  expect(erpCustomers).toEqual({
    nodes: [{ client: { code: 'KROKUS-ONLINE' } }, { client: { code: 'SIEC-KROKUS' } }],
    totalCount: 2,
  });
});

it('answers null for documents of an ERP customer that no card is linked to', async () => {
  const accounts = await service.dataSource.query<{ customer_id: string }[]>(
    "SELECT customer_id FROM erp_account WHERE company_key = 'main'",
  );
  const linked = accounts.map(({ customer_id }) => customer_id);
  const session = await service.sandbox.engine.open({ user: 'kartoteka', database: 'obuwie' });
  const rows: (readonly (string | null)[])[] = [];
  const sink = {
    columns: () => undefined,
    row: (values: readonly (string | null)[]) => rows.push(values),
    done: () => undefined,
  };
  const text = `SELECT TOP (1) invoice_type, invoice_id FROM kartoteka.invoice WHERE customer_id NOT IN (${linked.join(', ')})`;
  await session.run({ text, parameters: [] }, sink, new AbortController().signal);
  await session.close();
  const [type, id] = rows[0] ?? [];
  expect(id).toBeDefined();
  expect(
    await service.ask('query ($id: ID!) { node(id: $id) { id } }', { id: `invoice:main:${type}:${id}` }),
  ).toEqual({ node: null });
});

it('makes nothing when the sample is loaded again', async () => {
  const { loadSample } = await import('../../src/sample/load-sample.ts');
  const { developmentUser } = await import('../../src/users/development-user.ts');
  expect(await loadSample(service.dataSource, service.crm, developmentUser)).toBe(0);
});

it('answers the card and tells which company cannot answer when one ERP is away, and is whole again afterwards', async () => {
  const query =
    '{ client(code: "SIEC-KROKUS") { code contacts { totalCount } invoices(first: 1) { nodes { number } } balances { items { currency } } } }';
  await service.sandbox.server.goAway();
  const { data, errors } = await service.graphql<{ client: { contacts: { totalCount: number } } }>(query);
  expect(data).toMatchObject({
    client: { code: 'SIEC-KROKUS', contacts: { totalCount: 6 }, invoices: null, balances: null },
  });
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['ERP_UNAVAILABLE', 'ERP_UNAVAILABLE']);
  await service.sandbox.server.comeBack();
  const whole = async () => (await service.graphql(query)).errors.length === 0;
  while (!(await whole()));
});
