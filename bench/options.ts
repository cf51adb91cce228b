/** What the command line asks for. Whatever it does not know it refuses, rather than measure something else. */
import { parseArgs } from 'node:util';
import { sideNames, type SideName } from './sides.ts';

const measureNames = [
  'start',
  'memory',
  'card',
  'list',
  'flat',
  'erp-card',
  'erp-list',
  'search',
  'upload',
  'mutation',
  'scope',
  'export',
  'policy',
  'erp',
  'growth',
] as const;
export type MeasureName = (typeof measureNames)[number];

export interface BenchOptions {
  readonly measures: readonly MeasureName[];
  /** Those of the contests about clients. */
  readonly sides: readonly SideName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly json: boolean;
  /** Numbers of clients to grow to, for growth; an export has the last. */
  readonly clients: readonly number[];
  /** Whether measures were named; what nobody named is done with less. */
  readonly named: boolean;
}

/** What takes minutes to fill, or gigabytes of disk, or is of use to few: only for who asks for it. */
const onlyNamed: readonly MeasureName[] = ['policy', 'erp', 'growth'];
const measuredUnasked = measureNames.filter((name) => !onlyNamed.includes(name));

/** What the paths that are turned off would have cost is a question of its own. */
const sidesUnasked = sideNames.filter((name) => name !== 'ordinary');

/** Said to the user, with how it is used. */
export class UsageFault extends Error {}

export const benchUsage = `usage: npm run bench -- [${measureNames.join(' | ')} …] [options]
  without a name all are measured but ${onlyNamed.join(', ')}: about a quarter of an hour. export alone, by its name, is of a million clients and
  two ledgers; growth fills a database with a million clients; erp takes about 5 minutes
  --sides A,B      who answers beside the service in card, list and flat: ${sideNames.join(', ')}; all but ordinary when not given
  --rounds N       rounds of each side, or starts: 1 to 100, 5 when not given
  --seconds S      length of a round: 1 to 600, 3 when not given
  --connections C  requests at a time: 1 to 1000, 32 when not given
  --clients N,N    growth, and export with the last: how many clients; 10000,100000,1000000 when not given, the first at least 10000
  --json           one JSON object instead of the table
  --help, -h       only says this`;

const isMeasure = (name: string): name is MeasureName => measureNames.some((known) => known === name);

/** Throws UsageFault. */
export function readBenchOptions(args: readonly string[]): BenchOptions {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !isMeasure(name));
  if (unknown.length > 0) throw new UsageFault(`there is no measure ${unknown.join(', ')}`);
  const asked = measureNames.filter((name) => positionals.includes(name));
  return {
    measures: asked.length > 0 ? asked : measuredUnasked,
    sides: values.sides === undefined ? sidesUnasked : wantedSides(values.sides),
    rounds: wholeNumber('--rounds', values.rounds, 100),
    seconds: wholeNumber('--seconds', values.seconds, 600),
    connections: wholeNumber('--connections', values.connections, 1_000),
    json: values.json,
    clients: growingNumbers(values.clients),
    named: asked.length > 0,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        sides: { type: 'string' },
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '3' },
        connections: { type: 'string', default: '32' },
        clients: { type: 'string', default: '10000,100000,1000000' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
}

const isSide = (name: string): name is SideName => sideNames.some((known) => known === name);

/** In the order in which they take their turns, the service among them. */
function wantedSides(text: string): SideName[] {
  const wanted = text.split(',');
  const unknown = wanted.filter((name) => !isSide(name));
  if (unknown.length > 0)
    throw new UsageFault(`--sides knows no ${unknown.join(', ')}, but ${sideNames.join(', ')}`);
  return sideNames.filter((name) => name === 'service' || wanted.includes(name));
}

function growingNumbers(text: string): number[] {
  const numbers = text.split(',').map((part) => wholeNumber('--clients', part, 16_000_000));
  const growing = numbers.every((number, place) => number > (numbers[place - 1] ?? 9_999));
  if (growing) return numbers;
  throw new UsageFault('--clients takes growing numbers, the first at least 10000');
}

export function wholeNumber(option: string, text: string, maximum: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= maximum) return value;
  throw new UsageFault(`${option} takes a whole number from 1 to ${maximum}, not ${JSON.stringify(text)}`);
}
