/**
 * What commands on the CRM stand on: its database, as the service would use it; who is told as the writer; and a stop
 * in order when a signal comes.
 */
import { userInfo } from 'node:os';
import type { DataSource } from 'typeorm';
import { fullAccess } from '../access/access.ts';
import type { CompanyConfig } from '../company-config.ts';
import { ConfigFaults, type Config } from '../config.ts';
import { createDataSource, crmDatabase, migrate } from '../crm-database/data-source.ts';
import {
  DataDirInUse,
  joinEmbeddedPostgres,
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../crm-database/embedded/embedded-postgres.ts';
import type { Actor } from '../request.ts';
import { createCrmServices, type CrmServices } from './crm.ts';
import { crmEntities } from './entities.ts';

/** Told to whoever called, with exit code 2. */
export class WrongCall extends Error {}

export interface CommandParts {
  /** Of the CRM's database. */
  readonly url: string;
  readonly dataSource: DataSource;
  readonly crm: CrmServices;
  readonly companies: readonly CompanyConfig[];
  /** Aborts when a signal asks for the end: what has begun is finished, nothing new is begun. */
  readonly halt: AbortSignal;
}

/** Commands are no user's: the change log tells which one it was, and who ran it on the machine. */
export const commandActor = (command: string): Actor => ({
  id: '0190c000-0000-7000-8000-000000000002',
  name: `${command} (${userInfo().username})`,
  access: fullAccess,
});

type Stop = () => Promise<void>;

interface Embedded extends Pick<EmbeddedPostgres, 'url'> {
  /** Another process has started it, and stops it. */
  readonly joined: boolean;
}

async function startedOrJoined(
  { dataDir, databaseUrl }: Config,
  beside: boolean,
  stops: Stop[],
): Promise<Embedded> {
  try {
    const embedded = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    stops.push(() => embedded.stop());
    if (databaseUrl === undefined) await embedded.ensureDatabase(crmDatabase);
    return { url: embedded.url, joined: false };
  } catch (fault) {
    const running = beside && fault instanceof DataDirInUse ? await joinEmbeddedPostgres(dataDir) : undefined;
    if (!running) throw fault;
    return { url: running.url, joined: true };
  }
}

async function sandboxCompanies(embedded: Embedded, config: Config, stops: Stop[]): Promise<CompanyConfig[]> {
  const { startSandbox } = await import('../sandbox-erp/sandbox.ts');
  const { sandboxConfigs, sandboxDatabases } = await import('./sandbox-companies.ts');
  const silent = { info: () => undefined, debug: () => undefined, warn: () => undefined };
  const sandbox = await startSandbox({
    postgresUrl: (database) => embedded.url(database),
    databases: sandboxDatabases,
    // The service's own sandbox has the port of the settings.
    port: embedded.joined ? 0 : config.sandboxPort,
    asFound: embedded.joined,
    log: silent,
  });
  stops.push(() => sandbox.close());
  return sandboxConfigs(sandbox.server.port);
}

interface CommandNeeds {
  /** The companies of the settings, or the sandbox's where none are set. */
  readonly withErp: boolean;
  /** Whether it may work in the embedded database while a service runs there. */
  readonly beside?: boolean;
}

export async function withCrm<Value>(
  config: Config,
  { withErp, beside = false }: CommandNeeds,
  use: (parts: CommandParts) => Promise<Value>,
): Promise<Value> {
  const halt = new AbortController();
  const interrupt = (): void => {
    process.stderr.write('\ninterrupted: what has begun is finished …\n');
    halt.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, interrupt);
  const stops: Stop[] = [];
  try {
    const wantsSandbox = withErp && config.erpCompanies === undefined;
    const embedded =
      config.databaseUrl === undefined || wantsSandbox
        ? await startedOrJoined(config, beside, stops)
        : undefined;
    const url = config.databaseUrl ?? embedded?.url(crmDatabase) ?? '';
    const dataSource = await createDataSource(url, crmEntities).initialize();
    stops.push(() => dataSource.destroy());
    await migrate(dataSource);
    const companies =
      config.erpCompanies ?? (withErp && embedded ? await sandboxCompanies(embedded, config, stops) : []);
    return await use({ url, dataSource, crm: createCrmServices(dataSource), companies, halt: halt.signal });
  } finally {
    for (const stop of stops.toReversed()) await stop();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, interrupt);
  }
}

/** Runs a command to its exit code: its own, 2 for a wrong call, 1 for what went wrong. */
export async function runCommand(command: () => Promise<number>): Promise<void> {
  // Whoever reads may have read enough, as `head` has.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EPIPE') throw fault;
    });
  try {
    process.exitCode = await command();
  } catch (fault) {
    process.stderr.write(`\n${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = fault instanceof WrongCall || fault instanceof ConfigFaults ? 2 : 1;
  }
}
