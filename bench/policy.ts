/** What it costs to ask the policy: the service against itself without it, over one database, loaded in turn. */
import { addBulkCards, bulkCardId, bulkCards } from './bulk-cards.ts';
import { runContest } from './contest.ts';
import type { Figure } from './figures.ts';
import { startHelper } from './helper-process.ts';
import { databaseOf } from './installation.ts';
import type { LoadJob, LoadResult } from './load-process.ts';
import type { BenchOptions } from './options.ts';
import { cardQuestions } from './questions.ts';
import { makeDataDir, startService, type Service } from './service.ts';
import type { Workplace } from './workplace.ts';

const cardsAsked = 200;

export async function measurePolicy(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const keeper = await startService(workplace, { dataDir: await makeDataDir(workplace) });
  const databaseUrl = await databaseOf(keeper);
  await addBulkCards(databaseUrl);
  const start = async (preloaded: readonly string[]): Promise<Service> =>
    startService(workplace, {
      dataDir: await makeDataDir(workplace),
      settings: { DATABASE_URL: databaseUrl, ERP_COMPANIES: '[]' },
      command: [process.execPath, ...preloaded, '--enable-source-maps', 'dist/main.js'],
    });
  const [service, without] = [await start([]), await start(['--import', './bench/without-policy.ts'])];
  const load = await startHelper<LoadJob, LoadResult>(
    workplace,
    new URL('./load-process.ts', import.meta.url),
  );
  const ids = Array.from({ length: cardsAsked }, (_, n) => bulkCardId(1 + n * (bulkCards / cardsAsked)));
  const { service: bodies } = cardQuestions(ids, false);
  const contest = {
    name: 'card, policy',
    what: 'one client with contacts and delivery places; the reference is the same service without policy and cost check',
    service: { url: service.url, pid: service.pid, bodies },
    reference: { url: without.url, pid: without.pid, bodies },
  };
  return [await runContest(contest, options, load)];
}
