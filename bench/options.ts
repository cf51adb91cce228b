/** What the command line asks for. Whatever it does not know it refuses, rather than measure something else. */
import { parseArgs } from 'node:util';

const measureNames = ['start', 'card', 'list', 'policy', 'erp', 'growth', 'export'] as const;
export type MeasureName = (typeof measureNames)[number];

export interface BenchOptions {
  readonly measures: readonly MeasureName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly json: boolean;
  /** Numbers of clients to grow to, for growth. */
  readonly clients: readonly number[];
}

/** What takes minutes to fill, or gigabytes of disk: only for who asks for it. */
const measuredUnasked = measureNames.filter((name) => !['growth', 'erp', 'policy', 'export'].includes(name));

/** Said to the user, with how it is used. */
export class UsageFault extends Error {}

export const benchUsage = `usage: npm run bench -- [${measureNames.join(' | ')} …] [options]
  without a name start, card and list are measured; policy, erp (about 5 minutes), growth and export, which fill a database with a million clients, only by name
  --rounds N       rounds of each side, or starts: 1 to 100, 5 when not given
  --seconds S      length of a round: 1 to 600, 5 when not given
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
    rounds: wholeNumber('--rounds', values.rounds, 100),
    seconds: wholeNumber('--seconds', values.seconds, 600),
    connections: wholeNumber('--connections', values.connections, 1_000),
    json: values.json,
    clients: growingNumbers(values.clients),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        rounds: { type: 'string', default: '5' },
        seconds: { type: 'string', default: '5' },
        connections: { type: 'string', default: '32' },
        clients: { type: 'string', default: '10000,100000,1000000' },
        json: { type: 'boolean', default: false },
      },
    });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
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
