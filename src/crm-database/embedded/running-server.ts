/**
 * A server that already runs on a cluster, left behind by a service that was killed: found by the pid file and stopped in
 * order. A process number alone proves nothing, since it may have passed to another program; so nobody is signalled who is
 * not, by the command line it was started with, a PostgreSQL server on this very cluster.
 */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from './child.ts';
import { isAlive } from './data-dir-lock.ts';
import { codeOf, isMissing } from './fault.ts';

interface PidFile {
  readonly pid: number;
  /** The cluster's folder as the server was started with it. */
  readonly folder: string;
  readonly port: number;
  readonly ready: boolean;
}

const pidFilePath = (folder: string) => join(folder, 'postmaster.pid');

/** Undefined: there is none, or it is not complete. */
export async function readPidFile(folder: string): Promise<PidFile | undefined> {
  const text = await readText(pidFilePath(folder));
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  return { pid, folder: lines[1] ?? '', port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** The port of the server that runs on a cluster; undefined where none does, or none that is ready. */
export async function portOfRunning(folder: string): Promise<number | undefined> {
  const pidFile = await readPidFile(folder);
  return pidFile?.ready && (await isServer(pidFile)) ? pidFile.port : undefined;
}

/** Stops a server left behind, if there is one, and answers its process number. Nothing committed is lost either way. */
export async function stopServerLeftBehind(folder: string): Promise<number | undefined> {
  const pidFile = await readPidFile(folder);
  if (pidFile === undefined || !(await isServer(pidFile))) return undefined;
  // Fast: open transactions are rolled back. Immediate: as after a power cut, the next start replays the log.
  for (const [signal, patience] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 10_000],
  ] as const) {
    process.kill(pidFile.pid, signal);
    if (await endsWithin(pidFile, patience)) return pidFile.pid;
  }
  throw new Error(`The PostgreSQL server left behind in ${folder} (process ${pidFile.pid}) does not stop.`);
}

/**
 * PostgreSQL gets over a pid file whose process is dead by itself, but not over one whose number now belongs to another
 * program, nor over an empty one. Its check on shared memory still guards a cluster with a process left on it.
 */
export async function removeMisleadingPidFile(folder: string): Promise<void> {
  const pidFile = await readPidFile(folder);
  if (pidFile !== undefined && (!isAlive(pidFile.pid) || (await isServer(pidFile)))) return;
  await rm(pidFilePath(folder), { force: true });
}

async function endsWithin(pidFile: PidFile, patience: number): Promise<boolean> {
  const deadline = Date.now() + patience;
  while (await isServer(pidFile)) {
    if (Date.now() > deadline) return false;
    await delay(10);
  }
  return true;
}

async function isServer({ pid, folder }: PidFile): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const [program = '', ...args] = await readCommandLine(pid);
  return program.endsWith('/postgres') && args[args.indexOf('-D') + 1] === folder;
}

/** Empty for a process that has ended but was not yet collected, or is hidden from this user. */
async function readCommandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') return ((await readText(`/proc/${pid}/cmdline`)) ?? '').split('\0');
  // ps parts arguments by spaces, which the folder may hold too: only those beside our own options part them.
  const { output } = await run('ps', ['-ww', '-o', 'args=', '-p', String(pid)], undefined);
  return output.trimEnd().split(/ (?=-D )|(?<= -D) | (?=-c )/);
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (fault) {
    // ESRCH: the process ended while its command line was read.
    if (isMissing(fault) || codeOf(fault) === 'ESRCH') return undefined;
    throw fault;
  }
}
