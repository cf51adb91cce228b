/**
 * The service as its users run it: the built program as a process of its own, known only by its address and its log. It is
 * given nothing of the caller's settings: a stray DATABASE_URL would have the bench fill somebody's database.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import type { Workplace } from './workplace.ts';

const packageRoot = resolve(import.meta.dirname, '..');

type Event = Readonly<Record<string, unknown>>;

export interface Service {
  /** Where GraphQL is asked. */
  readonly url: string;
  readonly pid: number;
  /** When it was launched, on performance.now()'s clock. */
  readonly launchedAt: number;
  /** An event of its log that came before it was ready. Throws where there was none. */
  event(name: string): Event;
  /** Seconds from launching to each event of its log, up to the one that it is ready. */
  readonly steps: ReadonlyMap<string, number>;
  /** In order; waits until it and its database are gone. */
  stop(): Promise<void>;
}

export interface ServiceWish {
  readonly dataDir: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** What `npm start` runs once it has built, when not given. */
  readonly command?: readonly [program: string, ...args: string[]];
}

const stopPatienceMs = 30_000;
const readyEvent = 'Kartoteka is ready';

/** Throws with the end of its output when it ends before it is ready. */
export async function startService(workplace: Workplace, wish: ServiceWish): Promise<Service> {
  const [program, ...args] = wish.command ?? [process.execPath, 'dist/main.js'];
  const launchedAt = performance.now();
  // A process group of its own: Ctrl-C must not reach it before what uses it has ended, and npm's children end with it.
  const child = spawn(program, args, {
    cwd: packageRoot,
    env: environmentOf(wish),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let gone = false;
  const closed = new Promise<void>((done) =>
    child.once('close', () => {
      gone = true;
      done();
    }),
  );
  const stop = workplace.onLeaving(async () => {
    // Killed and gone, its number may be another's by now.
    if (!gone) await endService(child, closed);
    await stopDatabaseLeftBehind(await databaseHome(wish.dataDir));
  });
  const { events, times } = await readUntilReady(child, closed);
  const event = (name: string): Event => {
    const found = events.get(name);
    if (!found) throw new Error(`the service's log has no event "${name}"`);
    return found;
  };
  const url = new URL('/graphql', textOf(event(readyEvent), 'url')).href;
  return {
    url,
    pid: pidOf(child),
    launchedAt,
    event,
    steps: new Map([...times].map(([name, at]) => [name, (at - launchedAt) / 1_000])),
    stop,
  };
}

export function textOf(event: Event, field: string): string {
  const value = event[field];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw new Error(`the event "${String(event['msg'])}" has no ${field}`);
}

/** Of the database that it keeps itself. */
export async function databaseUrl(service: Service): Promise<string> {
  const started = service.event('PostgreSQL started');
  const password = await readFile(join(textOf(started, 'home'), 'server', 'password'), 'utf8');
  return `postgres://kartoteka:${password.trim()}@127.0.0.1:${textOf(started, 'port')}/kartoteka`;
}

function environmentOf({ dataDir, settings }: ServiceWish): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'SystemRoot'];
  const environment = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  return { ...environment, LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: '0', DATA_DIR: dataDir, ...settings };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the service could not be launched');
  return pid;
}

const linesKept = 30;

/** The last event of each name, and when it came. */
interface Log {
  readonly events: Map<string, Event>;
  readonly times: Map<string, number>;
}

async function readUntilReady(child: ChildProcess, closed: Promise<void>): Promise<Log> {
  const log: Log = { events: new Map(), times: new Map() };
  const last: string[] = [];
  return new Promise((ready, fail) => {
    child.once('error', fail);
    void closed.then(() => fail(new Error(`the service ended before it was ready:\n${last.join('\n')}`)));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) throw new Error('the service has no output');
      createInterface(stream).on('line', (line) => {
        last.push(line);
        if (last.length > linesKept) last.shift();
        const event = readEvent(line);
        if (!event || log.events.has(readyEvent)) return;
        const name = String(event['msg']);
        log.events.set(name, event);
        log.times.set(name, performance.now());
        if (name === readyEvent) ready(log);
      });
    }
  });
}

/** Undefined for what is no event: npm and Node write lines of their own. */
function readEvent(line: string): Event | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Event;
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

async function endService(child: ChildProcess, closed: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  signalGroup(child.pid, 'SIGTERM');
  const late = delay(stopPatienceMs, 'late', { ref: false });
  if ((await Promise.race([closed, late])) !== 'late') return;
  signalGroup(child.pid, 'SIGKILL');
  await closed;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (fault) {
    if (!isGone(fault)) throw fault;
  }
}

const codeOf = (fault: unknown) => (fault instanceof Error && 'code' in fault ? fault.code : undefined);
const isGone = (fault: unknown) => codeOf(fault) === 'ESRCH';

/** Run by root out of another user's reach, the database lies elsewhere, and the data directory tells where. */
async function databaseHome(dataDir: string): Promise<string> {
  const location = await readIfThere(join(dataDir, 'postgres-location.json'));
  const home = location === undefined ? undefined : (JSON.parse(location) as { home?: unknown }).home;
  return typeof home === 'string' ? home : join(dataDir, 'postgres');
}

/** Only a service that had to be killed leaves one; the folder is the bench's own, so the server is, too. */
async function stopDatabaseLeftBehind(home: string): Promise<void> {
  const pidFile = join(home, 'server', 'data', 'postmaster.pid');
  const pid = Number((await readIfThere(pidFile))?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  for (let attempt = 0; isThere(pid, attempt === 0 ? 'SIGQUIT' : 0); attempt += 1) {
    if (attempt > 300) throw new Error(`PostgreSQL ${pid} in ${home} does not stop`);
    await delay(100);
  }
}

function isThere(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (fault) {
    if (isGone(fault)) return false;
    throw fault;
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return undefined;
    throw fault;
  }
}

/** A data directory that goes away with the workplace, with a database that lies elsewhere, too. */
export async function makeDataDir(workplace: Workplace): Promise<string> {
  const dataDir = await workplace.folder();
  workplace.onLeaving(async () => {
    const home = await databaseHome(dataDir);
    if (dirname(home) !== dataDir) await rm(home, { recursive: true, force: true });
  });
  return dataDir;
}
