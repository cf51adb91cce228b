/**
 * What the service's process holds: at rest, once it has answered and nobody asks any more, and at the most while cards, lists and what the
 * ERP says are asked of it. PostgreSQL and the sandbox ERP are processes of another service.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { ask } from './ask.ts';
import { addBulkCards, bulkCardId } from './bulk-cards.ts';
import type { LoadProcess } from './contest.ts';
import type { Figure, MemoryFigure } from './figures.ts';
import { keepDatabases, startLoad } from './installation.ts';
import type { BenchOptions } from './options.ts';
import { cardOfSample, cardQuestions, listQuestions, walkPages } from './questions.ts';
import { growthDuring, residentBytes } from './resident-memory.ts';
import { makeDataDir, startService } from './service.ts';
import { spreadOf } from './spreads.ts';
import type { Workplace } from './workplace.ts';

const aimAtRest = 200;
const mebibyte = 1_048_576;
const mostStarts = 3;

export async function measureMemory(workplace: Workplace, options: BenchOptions): Promise<Figure[]> {
  const { databaseUrl, settings } = await keepDatabases(workplace);
  const cardsWithAccounts = await addBulkCards(databaseUrl);
  const load = await startLoad(workplace);
  const atRest: number[] = [];
  const underLoad: number[] = [];
  for (let round = 0; round < Math.min(options.rounds, mostStarts); round += 1) {
    const service = await startService(workplace, { dataDir: await makeDataDir(workplace), settings });
    await ask(service.url, cardOfSample);
    const resting = await settledBytes(service.pid);
    atRest.push(resting / mebibyte);
    const bodies = await mixedBodies(service.url, cardsWithAccounts);
    const before = await residentBytes(service.pid);
    const grown = await growthDuring(service.pid, () => loaded(load, service.url, bodies, options));
    underLoad.push((before + grown) / mebibyte);
    await service.stop();
  }
  const whatRest = "resident memory of the service's process after its first answer, once it holds still";
  const whatLoad = 'the most it had while cards, lists and cards with ERP were asked of it';
  return [
    figureOf('memory, at rest', whatRest, atRest, aimAtRest),
    figureOf('memory, under load', whatLoad, underLoad, null),
  ];
}

function figureOf(name: string, what: string, found: readonly number[], aim: number | null): MemoryFigure {
  const mebibytes = spreadOf(found);
  return {
    kind: 'memory',
    name,
    what,
    mebibytes,
    aimMebibytes: aim,
    met: aim === null ? null : mebibytes.median < aim,
  };
}

const stillFor = 5;
const longestSeconds = 60;

/** Once it has stayed within a MiB for some seconds; what it has after a minute where it never does. */
async function settledBytes(pid: number): Promise<number> {
  let [last, still] = [await residentBytes(pid), 0];
  for (let second = 0; second < longestSeconds && still < stillFor; second += 1) {
    await delay(1_000);
    const now = await residentBytes(pid);
    still = Math.abs(now - last) < mebibyte ? still + 1 : 0;
    last = now;
  }
  return last;
}

async function mixedBodies(url: string, cardsWithAccounts: readonly string[]): Promise<readonly string[]> {
  const page = { first: 50, order: 'SHORT_NAME' } as const;
  const cards = Array.from({ length: 50 }, (_, index) => bulkCardId(1 + index * 100));
  return [
    ...cardQuestions(cards, false).service,
    ...listQuestions(page, await walkPages(url, page, 5), false).service,
    ...cardQuestions(cardsWithAccounts.slice(0, 20), true).service,
  ];
}

async function loaded(
  load: LoadProcess,
  url: string,
  bodies: readonly string[],
  { rounds, seconds, connections }: BenchOptions,
): Promise<void> {
  const { failures } = await load.ask({ url, bodies, connections, seconds: rounds * seconds });
  if (failures > 0) throw new Error(`${failures} requests failed under load`);
}
