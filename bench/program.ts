/** How the bench's programs end: 0 when all was done, 1 when something failed, 2 when they were asked wrongly. */
import { UsageFault } from './options.ts';

export async function runProgram(
  work: (args: readonly string[]) => Promise<number>,
  usage: string,
): Promise<void> {
  const args = process.argv.slice(2);
  if (args.some((word) => word === '--help' || word === '-h')) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  try {
    process.exitCode = await work(args);
  } catch (fault) {
    const asked = fault instanceof UsageFault;
    const message = fault instanceof Error ? fault.message : String(fault);
    process.stderr.write(asked ? `${message}\n\n${usage}\n` : `${message}\n`);
    process.exitCode = asked ? 2 : 1;
  }
}
