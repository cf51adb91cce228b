/**
 * `npm run bench`: measures the built service from outside, as its callers meet it, and prints what came out, whatever that is.
 * Times are set beside something measured in the same run, because a machine's own speed is no property of the service. How
 * to read the figures: README.md in this folder.
 */
import { measureContests } from './contests.ts';
import { measureErp } from './erp.ts';
import { measureExport } from './export.ts';
import type { BenchResult, Figure } from './figures.ts';
import { measureGrowth } from './growth.ts';
import { thisMachine } from './machine.ts';
import { measureMemory } from './memory.ts';
import { figureOrReason } from './missing.ts';
import { benchUsage, readBenchOptions, type BenchOptions, type MeasureName } from './options.ts';
import { benchText } from './report.ts';
import { measureStart } from './start.ts';
import { measurePolicy } from './policy.ts';
import { runProgram } from './program.ts';
import { measureScope } from './scope.ts';
import { inWorkplace, type Workplace } from './workplace.ts';

type Measure = (workplace: Workplace, options: BenchOptions) => Promise<Figure[]>;

/** The contests share what they run on. */
const measuresOf: readonly { readonly names: readonly MeasureName[]; readonly measure: Measure }[] = [
  { names: ['start'], measure: measureStart },
  { names: ['memory'], measure: measureMemory },
  {
    names: ['card', 'list', 'flat', 'erp-card', 'erp-list', 'search', 'upload', 'mutation'],
    measure: measureContests,
  },
  { names: ['scope'], measure: measureScope },
  { names: ['policy'], measure: measurePolicy },
  { names: ['erp'], measure: measureErp },
  { names: ['growth'], measure: measureGrowth },
  { names: ['export'], measure: measureExport },
];

async function bench(args: readonly string[]): Promise<number> {
  const options = readBenchOptions(args);
  const machine = thisMachine();
  const date = new Date().toISOString();
  const figures: Figure[] = [];
  for (const { names, measure } of measuresOf) {
    const asked = names.filter((name) => options.measures.includes(name));
    if (asked.length === 0) continue;
    process.stderr.write(`${asked.join(', ')}: getting ready\n`);
    const measured = inWorkplace((workplace) =>
      figureOrReason(workplace, asked.join(', '), () => measure(workplace, options)),
    );
    figures.push(...(await measured));
  }
  const result: BenchResult = { date, machine, options, figures };
  process.stdout.write(`${options.json ? JSON.stringify(result) : benchText(result)}\n`);
  return figures.some(({ kind }) => kind === 'not measured') ? 1 : 0;
}

await runProgram(bench, benchUsage);
