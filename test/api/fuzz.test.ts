import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fuzz, leakIn } from '../../bench/fuzz-check.ts';
import { createSchema } from '../../src/server/schema.ts';
import { callersByHeader, headerOf, roleNames } from '../arrange/callers.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

const userKey = '01a00000-0000-7000-8000-00000000f022';

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Ktokolwiek', NULL, true)`,
    [userKey],
  );
});
afterAll(() => service.close());

const count = 1_000;
/** A new one each day; FUZZ_SEED repeats another day's. */
const seed = Number(process.env['FUZZ_SEED'] ?? new Date().toISOString().slice(0, 10).replaceAll('-', ''));

it(`answers ${count} operations made at random (seed ${seed}) in its own words`, async () => {
  const { withData, codes, roots, faults } = await fuzz(new URL('graphql', service.url).href, count, seed);
  expect(faults.slice(0, 5)).toEqual([]);
  // Or nothing but refusals was tried.
  expect(withData).toBeGreaterThan(count / 4);
  expect(codes['BAD_USER_INPUT']).toBeGreaterThan(count / 10);
  const schema = createSchema();
  const all = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(all.filter((name) => !roots.has(name))).toEqual([]);
  expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
}, 60_000);

it.each(roleNames.filter((role) => role !== 'ADMIN'))(
  'answers %s so too',
  async (role) => {
    const headers = headerOf(role, userKey);
    const { codes, faults } = await fuzz(new URL('graphql', service.url).href, count / 10, seed + 1, headers);
    expect(faults.slice(0, 5)).toEqual([]);
    expect(codes['FORBIDDEN']).toBeGreaterThan(count / 100);
  },
  60_000,
);

it.each([
  ['a stack', '{"message":"boom\\n    at run (/srv/dist/main.js:10:5)"}'],
  ['a statement', '{"message":"SELECT name FROM client"}'],
  ['a fault of PostgreSQL', '{"message":"invalid input syntax for type uuid"}'],
  ['a fault of JavaScript', '{"message":"Cannot read properties of null"}'],
])('would see %s in an answer', (_what, answer) => {
  expect(leakIn(answer, '{ clients { nodes { id } } }')).toBeDefined();
});
