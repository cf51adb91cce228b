import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { comparePlans } from '../../bench/plan-compare.ts';
import { addRecords, knownRecords, type KnownRecords } from '../../bench/plan-known.ts';
import type { ClientLists } from '../../src/clients/client-lists.ts';
import type { AccountLoaders } from '../../src/clients/erp-accounts/account.loaders.ts';
import { declaredReads } from '../../src/server/declared-reads.ts';
import { sandboxConfigs } from '../../src/server/sandbox-companies.ts';
import { createSchema } from '../../src/server/schema.ts';
import { callersByHeader, callerWith, headerOf } from '../arrange/callers.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

const counts = { administrator: 700, seller: 300 };
/** A new one each day; FUZZ_SEED repeats another day's. */
const seed = Number(process.env['FUZZ_SEED'] ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));

let planned: SampleService;
let ordinary: TestService;
let known: KnownRecords;
let addresses: { readonly planned: string; readonly ordinary: string };
beforeAll(async () => {
  planned = await startSampleService({ callers: callersByHeader, readPlans: 'text' });
  ordinary = await startTestService({
    beside: planned,
    callers: callersByHeader,
    companies: sandboxConfigs(planned.sandbox.server.port),
    readPlans: 'off',
  });
  const graphql = ({ url }: TestService): string => new URL('graphql', url).href;
  addresses = { planned: graphql(planned), ordinary: graphql(ordinary) };
  await addRecords(addresses.planned);
  known = await knownRecords(addresses.planned);
});
afterAll(async () => {
  await ordinary.close();
  await planned.close();
});

/** As type and field: all that is read by declaration, and what pages consist of. */
function declaredFields(): string[] {
  const { types, roots } = declaredReads({} as AccountLoaders, {} as ClientLists);
  const fieldsOf = (name: string): string[] => {
    const type = createSchema().getType(name);
    return type && 'getFields' in type ? Object.keys(type.getFields()) : [];
  };
  const all = (name: string) => fieldsOf(name).map((field) => `${name}.${field}`);
  const pages = new Set(Object.values(roots).flatMap((root) => (root.kind === 'page' ? [root.to] : [])));
  const declared = Object.entries(types).flatMap(([name, { read, parts, rows, pages: linked = {} }]) => {
    for (const { to } of Object.values(linked)) pages.add(to);
    const known = new Set(Object.keys({ ...read.columns, ...parts, ...rows, ...linked }));
    return fieldsOf(name).flatMap((field) => (known.has(field) ? [`${name}.${field}`] : []));
  });
  const members = [...pages].flatMap((name) => [...all(`${name}Connection`), ...all(`${name}Edge`)]);
  const asked = Object.keys(roots).map((name) => `Query.${name}`);
  return [...asked, ...declared, ...members, ...all('PageInfo'), ...all('Address')];
}

const failures = () => planned.log.filter(({ event }) => event === 'a planned read failed');

it(`answers ${counts.administrator} queries of an administrator by plans as resolvers do (seed ${seed})`, async () => {
  const count = counts.administrator;
  const { ways, codes, withData, met, partings } = await comparePlans({ ...addresses, known, count, seed });
  expect(partings.slice(0, 3)).toEqual([]);
  expect(failures()).toEqual([]);
  // Or resolvers were compared with themselves, or refusals with refusals.
  expect(ways['text'] ?? 0).toBeGreaterThan(count / 4);
  expect(ways['rows'] ?? 0).toBeGreaterThan(count / 4);
  expect((ways['text'] ?? 0) + (ways['rows'] ?? 0)).toBeGreaterThan(count * 0.75);
  expect(ways['none'] ?? 0).toBeLessThan(count / 50);
  expect(withData).toBeGreaterThan(count * 0.8);
  expect(codes['BAD_USER_INPUT']).toBeGreaterThan(0);
  expect(declaredFields().filter((field) => !met.has(field))).toEqual([]);
}, 180_000);

it(`answers ${counts.seller} queries of somebody who sees only their own cards so, too`, async () => {
  const [{ key } = { key: '' }] = await planned.dataSource.query<{ key: string }[]>(
    'SELECT account_manager_id AS key FROM client WHERE account_manager_id IS NOT NULL GROUP BY 1 ORDER BY count(*), 1 LIMIT 1',
  );
  const counting = '{ clients { totalCount } }';
  const [all, own] = await Promise.all(
    [planned, callerWith(planned, 'SALES', key)].map((caller) =>
      caller.ask<{ clients: { totalCount: number } }>(counting),
    ),
  );
  expect(own?.clients.totalCount).toBeGreaterThan(0);
  expect(own?.clients.totalCount).toBeLessThan(all?.clients.totalCount ?? 0);
  const count = counts.seller;
  const headers = headerOf('SALES', key);
  const { ways, codes, withData, partings } = await comparePlans({
    ...addresses,
    known,
    count,
    seed: seed + 1,
    headers,
  });
  expect(partings.slice(0, 3)).toEqual([]);
  expect(failures()).toEqual([]);
  expect((ways['text'] ?? 0) + (ways['rows'] ?? 0)).toBeGreaterThan(count * 0.65);
  expect(withData).toBeGreaterThan(count * 0.7);
  expect(codes['FORBIDDEN']).toBeGreaterThan(0);
}, 180_000);
