/**
 * One service per data directory. The lock is the operating system's own, so it ends with the process that holds it, even
 * by SIGKILL: nothing stale is ever to be judged by process number or age, and of any number that start at once exactly
 * one wins. Node has no flock; SQLite, which Node carries, takes such a lock on its file when a writing transaction
 * begins. The file stays empty. Only SQLite may open it: closing any other handle to it would give the lock away.
 */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { types } from 'node:util';
import { DataDirUnusable } from './data-dir-unusable.ts';
import { codeOf } from './fault.ts';

export class DataDirInUse extends Error {
  override readonly name = 'DataDirInUse';
  readonly dataDir: string;
  /** Undefined: the holder was gone, or has not written its number yet. */
  readonly pid: number | undefined;
  constructor(dataDir: string, pid: number | undefined) {
    const holder = pid === undefined ? 'another process' : `process ${pid}`;
    super(`The data directory ${dataDir} is in use by ${holder}. Stop it first, or set another DATA_DIR.`);
    this.dataDir = dataDir;
    this.pid = pid;
  }
}

interface DataDirLock {
  release(): Promise<void>;
}

/** Locks are kept reachable here: a handle collected as garbage would be closed and the lock lost. */
const held = new Set<DatabaseSync>();

const sqliteBusy = 5;
const holderTimeout = 2_000;

/** Throws DataDirInUse when another process, or this one, holds it. */
export async function lockDataDir(home: string, dataDir: string): Promise<DataDirLock> {
  const ownerFile = join(home, 'owner.json');
  const deadline = Date.now() + holderTimeout;
  for (;;) {
    const lock = tryLock(join(home, 'owner.lock'), dataDir);
    if (lock !== undefined) {
      const free = () => release(lock, ownerFile);
      try {
        await writeOwner(ownerFile);
        return { release: free };
      } catch (fault) {
        await free();
        throw new DataDirUnusable(dataDir, 'it cannot be written', fault);
      }
    }
    const pid = await livingOwner(ownerFile);
    if (pid !== undefined || Date.now() > deadline) throw new DataDirInUse(dataDir, pid);
    // The holder has the lock and is about to write its number, or has just ended.
    await delay(20);
  }
}

function tryLock(path: string, dataDir: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    // Without a journal on disk there is nothing to recover, and so nothing but the lock itself to compete for.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN IMMEDIATE');
    held.add(database);
    return database;
  } catch (fault) {
    database?.close();
    if (types.isNativeError(fault) && 'errcode' in fault && fault.errcode === sqliteBusy) return undefined;
    throw new DataDirUnusable(dataDir, `its lock file ${path} cannot be locked`, fault);
  }
}

async function release(database: DatabaseSync, ownerFile: string): Promise<void> {
  if (!held.delete(database)) return;
  await rm(ownerFile, { force: true });
  database.close();
}

async function writeOwner(ownerFile: string): Promise<void> {
  const complete = `${ownerFile}.${process.pid}`;
  await writeFile(complete, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  await rename(complete, ownerFile);
}

async function livingOwner(ownerFile: string): Promise<number | undefined> {
  const text = await readFile(ownerFile, 'utf8').catch(() => '');
  const pid = Number(/"pid":(\d+)/.exec(text)?.[1]);
  return Number.isSafeInteger(pid) && isAlive(pid) ? pid : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    // EPERM: it is there, but somebody else's.
    return codeOf(fault) === 'EPERM';
  }
}
