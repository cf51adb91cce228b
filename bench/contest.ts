/**
 * Several servers and the same questions. First every question is put to all, and where they disagree with the first nothing is measured:
 * a wrong answer costs nothing. Then they are loaded in turn, round by round, so that whatever else the machine does meets
 * all of them; ratios are taken within each round.
 */
import { isDeepStrictEqual } from 'node:util';
import { ask } from './ask.ts';
import type { ContestFigure, RatioFigure, Side } from './figures.ts';
import type { HelperProcess } from './helper-process.ts';
import type { LoadJob, LoadResult } from './load-process.ts';
import type { BenchOptions } from './options.ts';
import { processorMs } from './processor-time.ts';
import { ratioOf, spreadOf, type Spread } from './spreads.ts';

export type LoadProcess = HelperProcess<LoadJob, LoadResult>;

export interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  /** One body for each question. */
  readonly bodies: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Who answers in another shape: what of its answer and of the first side's is compared. The whole, where it is not given. */
  readonly compared?: (answer: unknown) => unknown;
}

/** One side set beside another. The aim: requests per second at the least, or processor time at the most, of the other's. */
export interface RatioPlan {
  readonly of: string;
  readonly to: string;
  readonly measure: RatioFigure['measure'];
  readonly aim: number | null;
}

export interface Contest {
  readonly name: string;
  readonly what: string;
  /** All are compared with the first. */
  readonly sides: readonly Contestant[];
  readonly ratios: readonly RatioPlan[];
}

type Round = LoadResult & { readonly cpuMs: number | undefined };

const warmUpSeconds = 2;

/** Throws where two answer differently, or one fails under load. */
export async function runContest(
  { name, what, sides, ratios }: Contest,
  { rounds, seconds, connections }: Pick<BenchOptions, 'rounds' | 'seconds' | 'connections'>,
  load: LoadProcess,
): Promise<ContestFigure> {
  await checkAnswers(sides);
  const warmUp = { seconds: Math.min(seconds, warmUpSeconds), connections };
  for (const side of sides) await oneRound(side, warmUp, load);
  const taken = new Map(sides.map((side) => [side.name, new Array<Round>()]));
  for (let round = 0; round < rounds; round += 1)
    for (const side of sides)
      taken.get(side.name)?.push(await oneRound(side, { seconds, connections }, load));
  return {
    kind: 'contest',
    name,
    what,
    sides: [...taken].map(([side, own]) => sideOf(side, own)),
    ratios: ratios.map((plan) => ratioFigure(plan, taken)),
  };
}

async function checkAnswers(sides: readonly Contestant[]): Promise<void> {
  const [first, ...others] = sides;
  if (!first || first.bodies.length === 0) throw new Error('there is nothing to ask');
  for (const [index, body] of first.bodies.entries()) {
    const [ours, ...theirs] = await Promise.all([
      ask(first.url, body, first.headers),
      ...others.map(({ url, bodies, headers }) => ask(url, bodies[index] ?? '', headers)),
    ]);
    if (saysNothing(ours)) throw new Error(`question ${index + 1} finds nothing`);
    for (const [place, { name, compared = (answer: unknown) => answer }] of others.entries()) {
      const difference = firstDifference(compared(ours), compared(theirs[place]));
      if (difference !== undefined)
        throw new Error(
          `${first.name} and ${name} answer question ${index + 1} differently at ${difference}`,
        );
    }
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
  { name, url, pid, bodies, headers }: Contestant,
  { seconds, connections }: { readonly seconds: number; readonly connections: number },
  load: LoadProcess,
): Promise<Round> {
  const before = processorMs(pid);
  const result = await load.ask({ url, bodies, connections, seconds, ...(headers && { headers }) });
  const after = processorMs(pid);
  if (result.failures > 0 || result.requests === 0)
    throw new Error(
      result.requests === 0
        ? `${name}: not one request was answered in ${seconds} s: give --seconds more`
        : `${name}: ${result.failures} failures in ${result.answered} requests under load`,
    );
  return { ...result, cpuMs: before === undefined || after === undefined ? undefined : after - before };
}

const rate = ({ requests, seconds }: LoadResult): number => requests / seconds;

function sideOf(name: string, rounds: readonly Round[]): Side {
  const cpu = cpuOf(rounds);
  return {
    name,
    requestsPerSecond: spreadOf(rounds.map(rate)),
    p50Ms: spreadOf(rounds.map(({ p50Ms }) => p50Ms)),
    p99Ms: spreadOf(rounds.map(({ p99Ms }) => p99Ms)),
    cpuMsPerRequest: cpu && spreadOf(cpu),
    requests: rounds.reduce((sum, { requests }) => sum + requests, 0),
  };
}

/** Of each round; null where the system does not tell. */
function cpuOf(rounds: readonly Round[]): number[] | null {
  const perRequest = rounds.flatMap(({ cpuMs, answered }) => (cpuMs === undefined ? [] : [cpuMs / answered]));
  return perRequest.length === rounds.length ? perRequest : null;
}

function ratioFigure(plan: RatioPlan, taken: ReadonlyMap<string, readonly Round[]>): RatioFigure {
  const [ours, theirs] = [taken.get(plan.of) ?? [], taken.get(plan.to) ?? []];
  const ratio =
    plan.measure === 'requests' ? ratioOf(ours.map(rate), theirs.map(rate)) : cpuRatio(ours, theirs);
  return { ...plan, ratio, met: isMet(plan, ratio) };
}

function cpuRatio(ours: readonly Round[], theirs: readonly Round[]): Spread | null {
  const [own, others] = [cpuOf(ours), cpuOf(theirs)];
  return own && others && ratioOf(own, others);
}

/** What is not known is not met. */
function isMet({ measure, aim }: RatioPlan, ratio: Spread | null): boolean | null {
  if (aim === null) return null;
  if (ratio === null) return false;
  return measure === 'requests' ? ratio.median >= aim : ratio.median <= aim;
}
