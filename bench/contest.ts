/**
 * Two servers and the same questions. First every question is put to both, and where they disagree nothing is measured:
 * a wrong answer costs nothing. Then they are loaded in turn, round by round, so that whatever else the machine does meets
 * both; the ratio is taken within each round.
 */
import { isDeepStrictEqual } from 'node:util';
import { ask } from './ask.ts';
import type { ContestFigure, Side } from './figures.ts';
import type { HelperProcess } from './helper-process.ts';
import type { LoadJob, LoadResult } from './load-process.ts';
import type { BenchOptions } from './options.ts';
import { processorMs } from './processor-time.ts';
import { ratioOf, spreadOf, type Spread } from './spreads.ts';

export type LoadProcess = HelperProcess<LoadJob, LoadResult>;

export interface Contestant {
  readonly url: string;
  readonly pid: number;
  /** One body for each question. */
  readonly bodies: readonly string[];
}

export interface Contest {
  readonly name: string;
  readonly what: string;
  readonly service: Contestant;
  readonly reference: Contestant;
}

type Round = LoadResult & { readonly cpuMs: number | undefined };

const warmUpSeconds = 2;

/** Throws where the two answer differently, or either fails under load. */
export async function runContest(
  { name, what, service, reference }: Contest,
  { rounds, seconds, connections }: BenchOptions,
  load: LoadProcess,
): Promise<ContestFigure> {
  await checkAnswers(service, reference);
  const warmUp = { seconds: Math.min(seconds, warmUpSeconds), connections };
  for (const side of [reference, service]) await oneRound(side, warmUp, load);
  const ours: Round[] = [];
  const theirs: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    theirs.push(await oneRound(reference, { seconds, connections }, load));
    ours.push(await oneRound(service, { seconds, connections }, load));
  }
  return {
    kind: 'contest',
    name,
    what,
    service: sideOf(ours),
    reference: sideOf(theirs),
    ratio: ratioOf(ours.map(rate), theirs.map(rate)),
  };
}

async function checkAnswers(service: Contestant, reference: Contestant): Promise<void> {
  if (service.bodies.length === 0) throw new Error('there is nothing to ask');
  for (const [index, body] of service.bodies.entries()) {
    const [ours, theirs] = await Promise.all([
      ask(service.url, body),
      ask(reference.url, reference.bodies[index] ?? ''),
    ]);
    if (saysNothing(ours)) throw new Error(`question ${index + 1} finds nothing`);
    const difference = firstDifference(ours, theirs);
    if (difference !== undefined)
      throw new Error(`service and reference answer question ${index + 1} differently at ${difference}`);
  }
}

/** Two servers agree easily that there is no such client. */
function saysNothing(answer: unknown): boolean {
  const data = isContainer(answer) ? answer['data'] : undefined;
  return !isContainer(data) || Object.values(data).some((value) => value === null);
}

/** Where two JSON values part, and how; undefined where they are the same. The order of members is no difference. */
export function firstDifference(ours: unknown, theirs: unknown, path = 'answer'): string | undefined {
  if (isDeepStrictEqual(ours, theirs)) return undefined;
  if (!isContainer(ours) || !isContainer(theirs) || Array.isArray(ours) !== Array.isArray(theirs))
    return `${path}: ${shown(ours)} and ${shown(theirs)}`;
  for (const member of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
    const difference = firstDifference(ours[member], theirs[member], `${path}.${member}`);
    if (difference !== undefined) return difference;
  }
  return path;
}

type Container = Readonly<Record<string, unknown>>;

const isContainer = (value: unknown): value is Container => typeof value === 'object' && value !== null;

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 120);

async function oneRound(
  { url, pid, bodies }: Contestant,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
  load: LoadProcess,
): Promise<Round> {
  const before = processorMs(pid);
  const result = await load.ask({ url, bodies, connections, seconds });
  const after = processorMs(pid);
  if (result.failures > 0 || result.requests === 0)
    throw new Error(`${url}: ${result.failures} failures in ${result.requests} requests under load`);
  return { ...result, cpuMs: before === undefined || after === undefined ? undefined : after - before };
}

const rate = ({ requests, seconds }: LoadResult): number => requests / seconds;

function sideOf(rounds: readonly Round[]): Side {
  return {
    requestsPerSecond: spreadOf(rounds.map(rate)),
    p50Ms: spreadOf(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(rounds.map(({ p99Ms }) => p99Ms)),
    cpuMsPerRequest: cpuOf(rounds),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  };
}

function cpuOf(rounds: readonly Round[]): Spread | null {
  const perRequest = rounds.flatMap(({ cpuMs, requests }) => (cpuMs === undefined ? [] : [cpuMs / requests]));
  return perRequest.length === rounds.length ? spreadOf(perRequest) : null;
}
