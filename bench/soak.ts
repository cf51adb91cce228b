/**
 * `npm run soak`: the checks of `npm test` that are about survival, with counts too big for every day. Each says what it found;
 * one that fails is printed like the others, and the program then ends with 1.
 */
import { runProgram } from './program.ts';
import { soakChecks } from './soak-checks.ts';
import { readSoakOptions, runSoak, soakUsage } from './soak-harness.ts';
import { inWorkplace } from './workplace.ts';

async function soak(args: readonly string[]): Promise<number> {
  const options = readSoakOptions(soakChecks, args);
  const { text, passed } = await inWorkplace((workplace) => runSoak(soakChecks, options, workplace));
  process.stdout.write(`${text}\n`);
  return passed ? 0 : 1;
}

await runProgram(soak, soakUsage(soakChecks));
