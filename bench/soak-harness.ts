/** Which big-count checks are asked for, and the table of what they found. What they check is soak-checks.ts. */
import { parseArgs } from 'node:util';
import { UsageFault, wholeNumber } from './options.ts';
import { tableOf } from './report.ts';
import type { Workplace } from './workplace.ts';

export interface SoakCheck {
  readonly name: string;
  /** What is promised. */
  readonly what: string;
  /** What is counted, in the plural. */
  readonly unit: string;
  /** How many when none are asked for: the count that the promise is measured with. */
  readonly count: number;
  run(count: number, workplace: Workplace): Promise<SoakFinding>;
}

interface SoakFinding {
  readonly passed: boolean;
  /** In one line. */
  readonly found: string;
}

export interface SoakOptions {
  readonly names: readonly string[];
  readonly count: number | undefined;
  readonly listOnly: boolean;
}

export const soakUsage = (checks: readonly SoakCheck[]): string =>
  `usage: npm run soak -- [${checks.map(({ name }) => name).join(' | ')} …] [options]
  without a name all are run
  --list     only says which there are
  --count N  as many instead of the count that stands in the list: 1 to 1000000
  --help, -h only says this`;

/** Throws UsageFault. */
export function readSoakOptions(checks: readonly SoakCheck[], args: readonly string[]): SoakOptions {
  const { values, positionals } = parsed(args);
  const unknown = positionals.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) throw new UsageFault(`there is no check ${unknown.join(', ')}`);
  return {
    names: positionals.length > 0 ? positionals : checks.map(({ name }) => name),
    count: values.count === undefined ? undefined : wholeNumber('--count', values.count, 1_000_000),
    listOnly: values.list,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { count: { type: 'string' }, list: { type: 'boolean', default: false } },
    });
  } catch (fault) {
    throw new UsageFault(fault instanceof Error ? fault.message : String(fault));
  }
}

interface SoakReport {
  readonly text: string;
  readonly passed: boolean;
}

/** One after another: they are about what happens under load of their own. */
export async function runSoak(
  checks: readonly SoakCheck[],
  { names, count, listOnly }: SoakOptions,
  workplace: Workplace,
): Promise<SoakReport> {
  const asked = checks.filter(({ name }) => names.includes(name));
  if (asked.length === 0) return { passed: false, text: 'there are no checks' };
  if (listOnly) return { passed: true, text: listOf(asked) };
  const rows = [['', 'count', 'seconds', 'result', 'found']];
  let passed = true;
  for (const check of asked) {
    const times = count ?? check.count;
    const began = performance.now();
    const finding = await findingOf(check, times, workplace);
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    rows.push([
      check.name,
      `${times} ${check.unit}`,
      seconds,
      finding.passed ? 'passed' : 'FAILED',
      finding.found,
    ]);
    passed &&= finding.passed;
  }
  return { passed, text: `${tableOf(rows)}\n\n${listOf(asked)}` };
}

/** A check that breaks has not passed. */
async function findingOf(check: SoakCheck, count: number, workplace: Workplace): Promise<SoakFinding> {
  try {
    return await check.run(count, workplace);
  } catch (fault) {
    if (workplace.interrupted.aborted) throw fault;
    return { passed: false, found: fault instanceof Error ? fault.message : String(fault) };
  }
}

const listOf = (checks: readonly SoakCheck[]): string =>
  checks.map(({ name, what, unit, count }) => `  ${name} (${count} ${unit}): ${what}`).join('\n');
