/** How much processor time a process has used, as Linux tells it; elsewhere nobody does without a tool. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** Milliseconds in user and system mode together, of all threads; undefined where there is no /proc. */
export function processorMs(pid: number): number | undefined {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) ? (ticksIn(readFileSync(file, 'utf8')) * 1_000) / ticksPerSecond() : undefined;
}

/** The name in brackets may hold anything, brackets too: fields are counted from the last one on. */
export function ticksIn(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  if (!Number.isInteger(user) || !Number.isInteger(system)) throw new Error('/proc/…/stat has another form');
  return user + system;
}

let known: number | undefined;

function ticksPerSecond(): number {
  known ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  return known;
}
