/**
 * The sandbox ERP for one examination, on a database server of its own. Promises that neither process nor file of it is left, whether
 * the examination ends, fails or is cut short by a signal.
 */
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { CompanyConfig } from '../company-config.ts';
import { startEmbeddedPostgres } from '../crm-database/embedded/embedded-postgres.ts';
import { startSandbox } from '../sandbox-erp/sandbox.ts';
import { sandboxConfigs, sandboxDatabases } from './sandbox-companies.ts';

/** SIGINT, SIGTERM or SIGHUP came, and all is cleared away. */
export class Interrupted extends Error {
  constructor(readonly exitCode: number) {
    super('interrupted');
  }
}

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
type Signal = keyof typeof exitCodes;
const isSignal = (name: string): name is Signal => Object.hasOwn(exitCodes, name);
const signals = Object.keys(exitCodes).filter(isSignal);

type Stop = () => Promise<void>;

/** Throws Interrupted. */
export async function withSandbox<Value>(
  keys: readonly string[],
  use: (companies: readonly CompanyConfig[]) => Promise<Value>,
): Promise<Value> {
  const cut = new AbortController();
  const interrupt = (signal: Signal) => {
    process.stderr.write('interrupted: the sandbox is being cleared away …\n');
    cut.abort(new Interrupted(exitCodes[signal]));
  };
  for (const signal of signals) process.on(signal, interrupt);
  const stops: Stop[] = [];
  try {
    const companies = await startFor(keys, stops, cut.signal);
    return await Promise.race([use(companies), whenAborted(cut.signal)]);
  } finally {
    for (const stop of stops.toReversed()) await stop();
    for (const signal of signals) process.off(signal, interrupt);
  }
}

/** A start under way is seen to its end before it is undone: a server half started could not be stopped. */
async function startFor(
  keys: readonly string[],
  stops: Stop[],
  cut: AbortSignal,
): Promise<readonly CompanyConfig[]> {
  const places = sandboxConfigs(0).map(({ key }) => keys.includes(key));
  const dataDir = await mkdtemp(join(await realpath(tmpdir()), 'kartoteka-doctor-'));
  stops.push(() => removeData(dataDir));
  // Under root the server runs as another user, and must reach it.
  await chmod(dataDir, 0o755);
  const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
  stops.push(() => embedded.stop());
  cut.throwIfAborted();
  const sandbox = await startSandbox({
    postgresUrl: (database) => embedded.url(database),
    databases: sandboxDatabases.filter((_, place) => places[place]),
    port: 0,
    log: { info: () => undefined, debug: () => undefined, warn: () => undefined },
  });
  stops.push(() => sandbox.close());
  cut.throwIfAborted();
  return sandboxConfigs(sandbox.server.port).filter((_, place) => places[place]);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () => reject(signal.reason instanceof Error ? signal.reason : new Error('interrupted'));
    if (signal.aborted) refuse();
    signal.addEventListener('abort', refuse, { once: true });
  });
}

const locationSchema = z.object({ home: z.string() });

/** Where the temporary folder is out of the server's user's reach, the database lies elsewhere, and the folder tells where. */
async function removeData(dataDir: string): Promise<void> {
  const location = await readIfThere(join(dataDir, 'postgres-location.json'));
  if (location !== undefined) {
    const { home } = locationSchema.parse(JSON.parse(location));
    if (dirname(home) !== dataDir) await rm(home, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return undefined;
    throw fault;
  }
}
