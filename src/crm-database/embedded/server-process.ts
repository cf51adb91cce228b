/**
 * The server as a child process: started, waited for until it takes connections, and stopped in order. It is given a
 * session of its own, so that Ctrl-C in a terminal reaches the service alone, which then stops the server last.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { surroundings, type RunAs } from './child.ts';
import { lastLines } from './cluster.ts';
import { isMissing } from './fault.ts';
import { readPidFile, removeMisleadingPidFile, stopServerLeftBehind } from './running-server.ts';
import { serverSettings } from './server-settings.ts';

interface ServerWish {
  readonly home: string;
  /** The cluster's folder. */
  readonly folder: string;
  readonly postgres: string;
  readonly runAs: RunAs;
  readonly durable: boolean;
  readonly log: (event: object, message: string) => void;
}

export interface Server {
  readonly port: number;
  readonly pid: number;
  /** Settles when the server ends without having been stopped. */
  readonly endedByItself: Promise<void>;
  /** Rolls open transactions back, closes connections, and waits until the server is gone. */
  stop(): Promise<void>;
}

/** Causes that pass: a port taken between choosing and using it, or processes of a server that is just ending. */
const passing = /Address already in use|lock file ".*" already exists|pre-existing shared memory block/;
const passingPatience = 30_000;
/** Replaying the log after a power cut may take minutes; a server that hangs must be told of at last. */
const recoveryPatience = 300_000;

/** Starts the server; one left behind by a killed service is stopped first. Throws with the last lines of its log. */
export async function startServer(wish: ServerWish): Promise<Server> {
  const logFile = join(wish.home, 'server.log');
  const deadline = Date.now() + passingPatience;
  for (;;) {
    const leftBehind = await stopServerLeftBehind(wish.folder);
    if (leftBehind !== undefined) wish.log({ pid: leftBehind }, 'PostgreSQL left behind was stopped');
    await removeMisleadingPidFile(wish.folder);
    const port = await freePort();
    const child = await launch(wish, port, logFile);
    if (await becomesReady(child, wish.folder)) return serving(child, port, logFile, wish.log);
    const lines = lastLines(await readFile(logFile, 'utf8'), 20);
    if (!passing.test(lines) || Date.now() > deadline) {
      throw new Error(`PostgreSQL does not start. Its log ${logFile} ends:\n${lines}`);
    }
    await delay(100);
  }
}

async function launch(wish: ServerWish, port: number, logFile: string): Promise<ChildProcess> {
  await rename(logFile, join(wish.home, 'server.previous.log')).catch((fault: unknown) => {
    if (!isMissing(fault)) throw fault;
  });
  const output = await open(logFile, 'a', 0o600);
  try {
    const child = spawn(wish.postgres, ['-D', wish.folder, ...serverSettings(port, wish.durable)], {
      ...surroundings(wish.runAs),
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
    });
    await new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    return child;
  } finally {
    await output.close();
  }
}

async function becomesReady(child: ChildProcess, folder: string): Promise<boolean> {
  const deadline = Date.now() + recoveryPatience;
  while (isRunning(child)) {
    const pidFile = await readPidFile(folder);
    if (pidFile?.pid === child.pid && pidFile?.ready) return true;
    if (Date.now() > deadline) {
      child.kill('SIGQUIT');
      return false;
    }
    await delay(10);
  }
  return false;
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

function serving(child: ChildProcess, port: number, logFile: string, log: ServerWish['log']): Server {
  const { pid } = child;
  if (pid === undefined) throw new Error('PostgreSQL has no process number.');
  let stopping = false;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endedByItself = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (stopping) return;
      log({ pid, code, signal, logFile }, 'PostgreSQL ended by itself');
      resolve();
    });
  });
  // The server must not keep alive a service that has nothing else to do.
  child.unref();
  return {
    port,
    pid,
    endedByItself,
    stop: async () => {
      stopping = true;
      if (!isRunning(child)) return;
      child.ref();
      child.kill('SIGINT');
      const patience = setTimeout(() => child.kill('SIGQUIT'), 60_000);
      await ended;
      clearTimeout(patience);
    },
  };
}

/** Somebody else may take it before PostgreSQL does; the start is then tried again with another. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
