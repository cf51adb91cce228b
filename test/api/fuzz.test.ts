import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fuzz, leakIn } from '../../bench/fuzz-check.ts';
import { createSchema } from '../../src/server/schema.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

let service: SampleService;
beforeAll(async () => {
  service = await startSampleService();
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
  expect(codes).toMatchObject({ BAD_USER_INPUT: expect.any(Number), NOT_FOUND: expect.any(Number) });
  const schema = createSchema();
  const all = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}),
  );
  expect(all.filter((name) => !roots.has(name))).toEqual([]);
  expect(service.log.filter(({ level }) => level === 'error')).toEqual([]);
}, 60_000);

it.each([
  ['a stack', '{"message":"boom\\n    at run (/srv/dist/main.js:10:5)"}'],
  ['a statement', '{"message":"SELECT name FROM client"}'],
  ['a fault of PostgreSQL', '{"message":"invalid input syntax for type uuid"}'],
  ['a fault of JavaScript', '{"message":"Cannot read properties of null"}'],
])('would see %s in an answer', (_what, answer) => {
  expect(leakIn(answer, '{ clients { nodes { id } } }')).toBeDefined();
});
