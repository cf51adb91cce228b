/**
 * What a caller's row scope costs: the same cards asked by an ADMIN, who sees them all, and by a SALES, who sees those that are their own.
 * Both come through one login to one service; every card asked for is the salesperson's, so that both are answered the same. What is
 * compared is the service's processor time for a request.
 */
import pg from 'pg';
import { startIssuer, type Issuer } from '../test/arrange/issuer.ts';
import { ask } from './ask.ts';
import { addBulkCards, bulkCardId, bulkCards } from './bulk-cards.ts';
import { runContest, type Contest } from './contest.ts';
import type { Figure } from './figures.ts';
import { keepDatabases, startLoad } from './installation.ts';
import { figureOrReason } from './missing.ts';
import type { BenchOptions } from './options.ts';
import { cardQuestions, listQuestions, walkPages } from './questions.ts';
import { makeDataDir, startService } from './service.ts';
import type { Workplace } from './workplace.ts';

const aimCpuRatio = 1.1;
const cardsAsked = 200;
const audience = 'kartoteka';
const pageOfList = { first: 50, order: 'SHORT_NAME' } as const;

interface Caller {
  readonly name: string;
  readonly headers: { readonly authorization: string };
}

export async function measureScope(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const issuer = await startIssuer();
  workplace.onLeaving(() => issuer.close());
  const kept = await keepDatabases(workplace);
  await addBulkCards(kept.databaseUrl);
  const service = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: {
      ...kept.settings,
      AUTH_ISSUER: issuer.url,
      AUTH_AUDIENCE: audience,
      // One caller asks as much as all of a firm's.
      RATE_LIMIT: '0',
    },
  });
  const [admin, sales] = [await caller(issuer, 'ADMIN'), await caller(issuer, 'SALES')];
  await giveAllCards(kept.databaseUrl, await keyOfCaller(service.url, sales));
  const load = await startLoad(workplace);
  const starts = await walkPages(service.url, pageOfList, 5, sales.headers);
  const ids = Array.from({ length: cardsAsked }, (_, n) => bulkCardId(1 + n * (bulkCards / cardsAsked)));
  const contests = [
    {
      name: 'card by role',
      what: 'the cards of the contest "card", each the salesperson\'s own',
      bodies: cardQuestions(ids, false).service,
    },
    {
      name: 'list by role',
      what: 'the pages of the contest "list", of the salesperson\'s 10,060 cards',
      bodies: listQuestions(pageOfList, starts, false).service,
    },
  ];
  const figures: Figure[] = [];
  for (const { name, what, bodies } of contests) {
    process.stderr.write(`${name} …\n`);
    const sides = [admin, sales].map((one) => ({ ...one, url: service.url, pid: service.pid, bodies }));
    const contest: Contest = { name, what, sides, ratios: ratiosOf(sales.name, admin.name) };
    figures.push(
      ...(await figureOrReason(workplace, name, async () => [await runContest(contest, options, load)])),
    );
  }
  return figures;
}

const ratiosOf = (of: string, to: string): Contest['ratios'] => [
  { of, to, measure: 'processor', aim: aimCpuRatio },
  { of, to, measure: 'requests', aim: null },
];

const caller = async (issuer: Issuer, role: 'ADMIN' | 'SALES'): Promise<Caller> => {
  const token = await issuer.token({ claims: { sub: role, name: role, roles: [role] } });
  return { name: role, headers: { authorization: `Bearer ${token}` } };
};

/** A user is made when they first come. */
async function keyOfCaller(url: string, { headers }: Caller): Promise<string> {
  const body = JSON.stringify({ query: '{ viewer { user { id } } }' });
  const { data } = (await ask(url, body, headers)) as { data: { viewer: { user: { id: string } } } };
  return data.viewer.user.id.slice('user_'.length);
}

async function giveAllCards(databaseUrl: string, user: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('UPDATE client SET account_manager_id = $1', [user]);
    await client.query('VACUUM ANALYZE client');
  } finally {
    await client.end();
  }
}
