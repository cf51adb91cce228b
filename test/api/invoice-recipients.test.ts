/** Who the goods of an invoice went to is a customer as others are: seen through a card. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { callersByHeader, callerWith } from '../arrange/callers.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import type { Caller } from '../arrange/service.ts';

const userKey = '01a00000-0000-7000-8000-00000000f023';

let service: SampleService;
let sales: Caller;
beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  sales = callerWith(service, 'SALES', userKey);
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
});
afterAll(() => service.close());

interface Found {
  readonly client: {
    readonly invoices: {
      readonly nodes: readonly { readonly id: string; readonly recipient: Recipient | null }[];
    };
  };
}
interface Recipient {
  readonly customerId: string;
  readonly client: { readonly id: string } | null;
}

const recipients = async (caller: Pick<Caller, 'ask'>, code: string) => {
  const query =
    'query ($code: String) { client(code: $code) { invoices(first: 100) { nodes { id recipient { customerId client { id } } } } } }';
  return (await caller.ask<Found>(query, { code })).client.invoices.nodes;
};
const handOver = (code: string): Promise<unknown> =>
  service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE code = $2 OR id::text = $2', [
    userKey,
    code,
  ]);

it('is told to whoever sees only their own cards as far as these go', async () => {
  const group = 'GRUPA-RAZEM';
  await handOver(group);
  const all = await recipients(service, group);
  const named = all.flatMap(({ recipient }) => recipient?.client ?? []);
  expect(named.length).toBeGreaterThan(5);
  const blind = await recipients(sales, group);
  expect(blind.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
  expect(blind.filter(({ recipient }) => recipient !== null)).toEqual([]);

  const member = named[0]?.id ?? '';
  await handOver(member.slice(member.indexOf('_') + 1));
  const told = (await recipients(sales, group)).flatMap(({ recipient }) => recipient?.client?.id ?? []);
  expect(new Set(told)).toEqual(new Set([member]));
  expect(told).toHaveLength(named.filter(({ id }) => id === member).length);
});
