/**
 * From launching the service to its first answer: what a visitor waits for. The answer asked for is a card of the sample with
 * its ERP part, and only one without errors counts.
 */
import { ask } from './ask.ts';
import type { Figure } from './figures.ts';
import { keepDatabases } from './installation.ts';
import type { BenchOptions } from './options.ts';
import { makeDataDir, startService, type Service, type ServiceWish } from './service.ts';
import { spreadOf, type Spread } from './spreads.ts';
import { cardOfSample, crmCardOfSample } from './questions.ts';
import type { Workplace } from './workplace.ts';

const aims = { empty: 20, existing: 2.5 } as const;

const whatEmpty =
  'the built service with an empty data directory: PostgreSQL, tables, sandbox ERP and sample are made';
const whatSecond = 'the built service again on that directory';
const whatExisting =
  'the built service over a PostgreSQL and an ERP that run already, told of both by its settings, its tables there';
const whatAlone = 'as before, without an ERP: the answer is a card of the CRM alone';
const whatNpm = 'npm start, build included, with an empty data directory';

export async function measureStart(workplace: Workplace, { rounds }: BenchOptions): Promise<Figure[]> {
  const empty: Start[] = [];
  const second: Start[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = await makeDataDir(workplace);
    empty.push(await startOnce(workplace, { dataDir }));
    second.push(await startOnce(workplace, { dataDir }));
  }
  const { settings } = await keepDatabases(workplace);
  const existing = await startsOver(workplace, rounds, settings);
  const alone = await startsOver(workplace, rounds, { ...settings, ERP_COMPANIES: '[]' }, crmCardOfSample);
  const npm: ServiceWish['command'] = ['npm', 'start'];
  const whole = await startOnce(workplace, { dataDir: await makeDataDir(workplace), command: npm });
  return [
    timeFigure('start, empty folder', whatEmpty, empty, aims.empty),
    timeFigure('start, second', whatSecond, second, aims.existing),
    timeFigure('start, existing database', whatExisting, existing, aims.existing),
    timeFigure('start, database, no ERP', whatAlone, alone, aims.existing),
    timeFigure('npm start, empty folder', whatNpm, [whole], aims.empty),
  ];
}

/** Each in a data directory that another start has used. */
async function startsOver(
  workplace: Workplace,
  rounds: number,
  settings: NonNullable<ServiceWish['settings']>,
  question?: string,
): Promise<Start[]> {
  const wish = { dataDir: await makeDataDir(workplace), settings };
  await startOnce(workplace, wish, question);
  const starts: Start[] = [];
  for (let round = 0; round < rounds; round += 1) starts.push(await startOnce(workplace, wish, question));
  return starts;
}

interface Start {
  readonly seconds: number;
  readonly steps: Service['steps'];
}

function timeFigure(name: string, what: string, starts: readonly Start[], aimSeconds: number): Figure {
  const seconds = spreadOf(starts.map((start) => start.seconds));
  const met = seconds.median <= aimSeconds;
  return { kind: 'time', name, what, seconds, runs: starts.length, steps: stepsOf(starts), aimSeconds, met };
}

/** Those that every start went through. */
function stepsOf(starts: readonly Start[]): Record<string, Spread> {
  const names = [...(starts[0]?.steps.keys() ?? [])];
  const common = names.flatMap((name) => {
    const values = starts.flatMap(({ steps }) => steps.get(name) ?? []);
    return values.length === starts.length ? [[name, spreadOf(values)] as const] : [];
  });
  return Object.fromEntries(common);
}

async function startOnce(workplace: Workplace, wish: ServiceWish, question = cardOfSample): Promise<Start> {
  const service = await startService(workplace, wish);
  const answer = (await ask(service.url, question)) as { data?: { client?: unknown } };
  const seconds = (performance.now() - service.launchedAt) / 1_000;
  if (answer.data?.client == null) throw new Error(`the first answer is no card: ${JSON.stringify(answer)}`);
  await service.stop();
  return { seconds, steps: service.steps };
}
