/** What it costs to ask the policy: the service against itself without it, over one database, loaded in turn. */
import { addBulkCards, bulkCardId, bulkCards } from './bulk-cards.ts';
import { runContest, type Contest } from './contest.ts';
import type { Figure } from './figures.ts';
import { databaseOf, startLoad } from './installation.ts';
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
      command: [process.execPath, ...preloaded, 'dist/main.js'],
    });
  const [service, without] = [await start([]), await start(['--import', './bench/without-policy.ts'])];
  const load = await startLoad(workplace);
  const ids = Array.from({ length: cardsAsked }, (_, n) => bulkCardId(1 + n * (bulkCards / cardsAsked)));
  const { service: bodies } = cardQuestions(ids, false);
  const contest: Contest = {
    name: 'card, policy',
    what: 'one client with contacts and delivery places; beside it the same service without policy and cost check',
    sides: [
      { name: 'service', url: service.url, pid: service.pid, bodies },
      { name: 'without policy', url: without.url, pid: without.pid, bodies },
    ],
    ratios: [
      { of: 'service', to: 'without policy', measure: 'requests', aim: null },
      { of: 'service', to: 'without policy', measure: 'processor', aim: null },
    ],
  };
  return [await runContest(contest, options, load)];
}
