/** How much memory a process of this machine has, as the system counts it. */
import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

const kibibyte = 1_024;

/** Resident bytes of one process. */
export async function residentBytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  const size = Number(stdout.trim());
  if (!Number.isInteger(size) || size <= 0) throw new Error(`process ${pid} has no memory`);
  return size * kibibyte;
}

/** The most that the process had while the work ran, above what it had before. */
export async function growthDuring(pid: number, work: () => Promise<void>): Promise<number> {
  const before = await residentBytes(pid);
  let most = before;
  const over = new AbortController();
  const watching = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, await residentBytes(pid));
      await delay(20);
    }
  })();
  try {
    await work();
  } finally {
    over.abort();
    await watching;
  }
  return Math.max(most, await residentBytes(pid)) - before;
}
