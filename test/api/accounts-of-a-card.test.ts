/** Whose ERPs a card leads to is told to whoever may see the card, and to nobody else, by whichever way it is read. */
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { callersByHeader, callerWith } from '../arrange/callers.ts';
import { bare } from '../arrange/cards.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import type { Caller } from '../arrange/service.ts';
import { AccountLoaders } from '../../src/clients/erp-accounts/account.loaders.ts';
import { Reads } from '../../src/reads/reads.ts';
import { developmentUser } from '../../src/users/development-user.ts';

const userKey = randomUUID();
const absent = `client_${randomUUID()}`;

let sample: SampleService;
let owner: Caller;
let own: string;
let foreign: string;

const idOf = async (code: string) =>
  (await sample.ask<{ client: { id: string } }>(`{ client(code: "${code}") { id } }`)).client.id;

beforeAll(async () => {
  sample = await startSampleService({ callers: callersByHeader, readPlans: 'text' });
  owner = callerWith(sample, 'OWNER', userKey);
  [own, foreign] = [await idOf('SCHUH-DRESDEN'), await idOf('OBUWNIK-LDZ')];
  await sample.dataSource.query(`INSERT INTO user_account (id, name, active) VALUES ($1, 'Wrona', true)`, [
    userKey,
  ]);
  await sample.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
    userKey,
    bare(own),
  ]);
  // Catalogues are read once, and are no part of any card.
  await sample.ask('{ erpCompanies { state } }');
}, 120_000);
beforeEach(() => {
  sample.counter.reset();
  sample.sandbox.server.statements.clear();
});
afterAll(() => sample.close());

const query = (selection: string) => `query ($id: ID!) { client(id: $id) { code ${selection} } }`;
const orders = 'orders(first: 1) { nodes { number } }';

it('shows what its ERP has, of which the CRM needs one statement', async () => {
  const { client } = await owner.ask<{ client: { orders: { nodes: unknown[] } } }>(
    query(`${orders} balances { items { currency } }`),
    { id: own },
  );

  expect(client.orders.nodes).toHaveLength(1);
  expect(sample.counter.statements()).toHaveLength(1);
  expect(sample.sandbox.server.statements.list()).toHaveLength(2);
});

it('is as absent to whoever may not see it, and its ERPs are asked nothing', async () => {
  const selection = query(`${orders} erpAccounts { customerId }`);
  const answers = [
    await owner.graphql(selection, { id: foreign }),
    await owner.graphql(selection, { id: absent }),
  ];

  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject({ data: { client: null }, errors: [] });
  expect(sample.sandbox.server.statements.list()).toEqual([]);
});

it('has its accounts told only within the row scope, whatever became of the card', async () => {
  const reads = new Reads(({ text, values }) => sample.dataSource.query(text, [...values]));
  const accounts = new AccountLoaders(reads);
  const access = { ...developmentUser.access, scope: 'OWN' } as const;
  const context = () => ({
    requestId: 'test',
    actor: { ...developmentUser, id: userKey, access },
    signal: new AbortController().signal,
  });

  expect(await accounts.ofClient(context(), foreign)).toEqual([]);
  expect(await accounts.ofClient(context(), own)).toMatchObject([{ companyKey: 'export' }]);
});
