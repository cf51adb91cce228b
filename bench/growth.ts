/**
 * How the service's times grow with the number of clients: the same searches, lists and cards, one at a time, at each size,
 * and each time as a ratio to that at the first. The database is filled by `npm run seed`, which only adds what is missing.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { ask } from './ask.ts';
import type { Figure, GrowthSize } from './figures.ts';
import { listPlans, searchPlans } from './growth-plans.ts';
import {
  cardBody,
  knownClient,
  listBody,
  listQuestions,
  searchBody,
  searchesOf,
  type Known,
  type ListQuestion,
} from './growth-questions.ts';
import { databaseOf } from './installation.ts';
import type { BenchOptions } from './options.ts';
import { makeDataDir, startService } from './service.ts';
import { quantile, spreadOf } from './spreads.ts';
import type { Workplace } from './workplace.ts';

interface Question {
  readonly group: GroupName;
  readonly name: string;
  readonly body: string;
  readonly plans: () => Promise<string>;
}

const groups = {
  searches: {
    what: '40 searches, the first 20 found with their number',
    medianMs: 60,
    worstMs: 300,
    ratio: 2,
  },
  lists: { what: '20 pages of 20, filtered and sorted', medianMs: undefined, worstMs: 300, ratio: 2 },
  card: {
    what: '20 cards with contacts and delivery places',
    medianMs: undefined,
    worstMs: undefined,
    ratio: 2,
  },
} as const;
type GroupName = keyof typeof groups;

export async function measureGrowth(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const keeper = await startService(workplace, { dataDir: await makeDataDir(workplace) });
  const databaseUrl = await databaseOf(keeper);
  const sizes = new Map<GroupName, GrowthSize[]>();
  for (const clients of options.clients) {
    workplace.interrupted.throwIfAborted();
    const began = performance.now();
    await seed(databaseUrl, clients);
    const seedSeconds = (performance.now() - began) / 1_000;
    const times = await timesOf(await questionsOf(keeper.url, databaseUrl), keeper.url, options.rounds);
    for (const group of Object.keys(groups) as GroupName[]) {
      const before = sizes.get(group) ?? [];
      const own = times.filter(({ question }) => question.group === group);
      sizes.set(group, [...before, await sizeOf(group, own, before[0], clients, seedSeconds)]);
    }
  }
  return [...sizes].map(([name, found]) => ({ kind: 'growth', name, what: groups[name].what, sizes: found }));
}

export async function seed(databaseUrl: string, clients: number): Promise<void> {
  const program = resolve(import.meta.dirname, '../dist/seed/seed.js');
  await promisify(execFile)(process.execPath, [program, '--clients', String(clients)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, TZ: 'UTC' },
  });
}

async function questionsOf(url: string, databaseUrl: string): Promise<Question[]> {
  const { known, cards } = await knownRows(databaseUrl);
  const lists = await Promise.all(
    listQuestions.map(async (question): Promise<Question> => ({
      group: 'lists',
      name: JSON.stringify(question),
      body: listBody(question, await cursorOf(url, question)),
      plans: () => listPlans(databaseUrl, question),
    })),
  );
  return [
    ...searchesOf(known).map((search): Question => ({
      group: 'searches',
      name: search,
      body: searchBody(search),
      plans: () => searchPlans(databaseUrl, search),
    })),
    ...lists,
    ...cards.map((id): Question => ({
      group: 'card',
      name: id,
      body: cardBody(id),
      plans: () => Promise.resolve(''),
    })),
  ];
}

async function knownRows(databaseUrl: string): Promise<{ known: Known; cards: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const key = (number: number) => `01980000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
    const { rows } = await client.query<Known>(
      `SELECT coalesce(tax_id, '1234567890') AS "taxId", phone, code FROM client WHERE id = $1`,
      [key(knownClient)],
    );
    const [known] = rows;
    if (!known) throw new Error(`client ${knownClient} is not there: at least 10,000 are needed`);
    return { known, cards: Array.from({ length: 20 }, (_, place) => `client_${key(1 + place * 450)}`) };
  } finally {
    await client.end();
  }
}

async function cursorOf(url: string, question: ListQuestion): Promise<string | null> {
  if (question.from === undefined) return null;
  const answer = (await ask(url, listBody(question, null))) as {
    data: { clients: { pageInfo: { startCursor: string; endCursor: string } } };
  };
  const { startCursor, endCursor } = answer.data.clients.pageInfo;
  return question.from === 'end' ? startCursor : endCursor;
}

interface Time {
  readonly question: Question;
  readonly ms: number;
}

/** Each question's median of the rounds, after one that is not counted. */
async function timesOf(questions: readonly Question[], url: string, rounds: number): Promise<Time[]> {
  const taken = questions.map((): number[] => []);
  for (let round = -1; round < rounds; round += 1) {
    for (const [place, { body }] of questions.entries()) {
      const began = performance.now();
      await ask(url, body);
      if (round >= 0) taken[place]?.push(performance.now() - began);
    }
  }
  return questions.map((question, place) => ({ question, ms: spreadOf(taken[place] ?? []).median }));
}

async function sizeOf(
  group: GroupName,
  times: readonly Time[],
  first: GrowthSize | undefined,
  clients: number,
  seedSeconds: number,
): Promise<GrowthSize> {
  const sorted = times.map(({ ms }) => ms).toSorted((left, right) => left - right);
  const [medianMs, p95Ms, worstMs] = [0.5, 0.95, 1].map((share) => quantile(sorted, share));
  if (medianMs === undefined || p95Ms === undefined || worstMs === undefined)
    throw new RangeError('no times');
  const ratio = first ? medianMs / first.medianMs : 1;
  const aims = groups[group];
  const missed = [
    ...(aims.medianMs !== undefined && medianMs > aims.medianMs ? [`median above ${aims.medianMs} ms`] : []),
    ...(aims.worstMs !== undefined && worstMs > aims.worstMs ? [`worst above ${aims.worstMs} ms`] : []),
    ...(aims.ratio !== undefined && ratio > aims.ratio ? [`above ${aims.ratio} times the first`] : []),
  ];
  const slowest = times
    .filter(({ ms }) => ms > (aims.worstMs ?? Infinity))
    .toSorted((left, right) => right.ms - left.ms);
  const shortfalls = [];
  for (const { question, ms } of slowest)
    shortfalls.push({ question: question.name, ms, plan: await question.plans() });
  return { clients, seedSeconds, medianMs, p95Ms, worstMs, ratio, missed, shortfalls };
}
