/** What the command line asks for. Whatever it does not know it refuses, rather than measure something else. */
import { parseArgs } from 'node:util';

const measureNames = ['start', 'card', 'list', 'erp'] as const;
/** Filling two ledgers of 300,000 invoices and reading them takes minutes: only when it is named. */
const ofWholeRun: readonly MeasureName[] = ['start', 'card', 'list'];
export type MeasureName = (typeof measureNames)[number];

export interface BenchOptions {
  readonly measures: readonly MeasureName[];
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly json: boolean;
}

/** Said to the user, with how it is used. */
export class UsageFault extends Error {}

export const benchUsage = `usage: npm run bench -- [${measureNames.join(' | ')} …] [options]
  without a name ${ofWholeRun.join(', ')} are measured; erp, about 5 minutes, only by its name
  --rounds N       rounds of each side, or starts: 1 to 100, 5 when not given
  --seconds S      length of a round: 1 to 600, 5 when not given
  --connections C  requests at a time: 1 to 1000, 32 when not given
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
    measures: asked.length > 0 ? asked : ofWholeRun,
    rounds: wholeNumber('--rounds', values.rounds, 100),
    seconds: wholeNumber('--seconds', values.seconds, 600),
    connections: wholeNumber('--connections', values.connections, 1_000),
    json: values.json,
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
        json: { type: 'boolean', default: false },
      },
    });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
}

export function wholeNumber(option: string, text: string, maximum: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= maximum) return value;
  throw new UsageFault(`${option} takes a whole number from 1 to ${maximum}, not ${JSON.stringify(text)}`);
}
