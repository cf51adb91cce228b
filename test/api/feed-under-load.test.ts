import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { writeAndReadFeed } from '../../bench/feed-check.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let one: TestService;
let two: TestService;
beforeAll(async () => {
  one = await startTestService();
  two = await startTestService({ beside: one });
});
afterAll(async () => {
  await two.close();
  await one.close();
});

// npm run soak -- feed does a hundred thousand.
it('shows two thousand commits to every reader and subscriber once and in one order, whoever comes late or is killed', async () => {
  const urls = [one, two].map(({ url }) => new URL('graphql', url).href);
  const { faults, ...found } = await writeAndReadFeed({ urls, databaseUrl: one.databaseUrl }, 2_000);
  expect(faults).toEqual([]);
  expect(found.kills).toBeGreaterThan(20);
  expect(found.late).toBeGreaterThan(5);
  expect(found.changes).toBeGreaterThan(2_000);
});
