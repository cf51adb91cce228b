/**
 * The service as its settings have it: database, ERP, sandbox and sample, each part in order, and told how it is stopped as soon as
 * it is there. What can be waited for together is: the sandbox ERP comes up beside the tables.
 */
import 'reflect-metadata';
import { Sequencer } from '../changes/sequencer.ts';
import type { CompanyConfig, Config } from '../config.ts';
import { CopyOut } from '../crm-database/copy-out.ts';
import { createDataSource, crmDatabase, migrate } from '../crm-database/data-source.ts';
import type { EmbeddedPostgres } from '../crm-database/embedded/embedded-postgres.ts';
import { ReadDatabase } from '../crm-database/read-database.ts';
import { ReportDatabase } from '../crm-database/report-database.ts';
import { createErpDoor } from '../erp/guard/erp-door.ts';
import type { Log } from '../log.ts';
import type { ReportFolder } from '../reports/sql-reports/files/report-folder.ts';
import { createAttachments } from './attachments.ts';
import { createCrmServices } from './crm.ts';
import { crmEntities } from './entities.ts';
import { createLimits } from './limits/limits.ts';
import { createLogin } from './login.ts';
import { createMetrics } from './metrics/metrics.ts';
import { withoutFaulty } from './report-files.ts';
import { startService } from './service.ts';
import { FolderStorage } from '../storage/folder-storage.ts';
import { developmentUser, ensureDevelopmentUser } from '../users/development-user.ts';

const graceMs = 10_000;
/** Each holds a connection, and reads a table from end to end. */
const exportsAtOnce = 4;

interface Start {
  readonly config: Config;
  readonly log: Log;
  /** Those that are kept as files. */
  readonly reports: Promise<ReportFolder>;
  /** What has been started, to be stopped in the opposite order. */
  readonly stops: (() => Promise<void>)[];
  readonly halt: AbortSignal;
}

/** Steps end at `halt`: a part that is just starting is let come up, so that it can be stopped in order. */
export async function startOn(
  embedded: EmbeddedPostgres | undefined,
  { config, log, reports, stops, halt }: Start,
): Promise<void> {
  const wantsSandbox = config.erpCompanies === undefined;
  const sandbox = wantsSandbox && embedded ? startSandboxCompanies(embedded, config, log) : undefined;
  // It is waited for below; whatever else fails before then is told first.
  sandbox?.catch(() => undefined);
  stops.push(async () => (await sandbox?.catch(() => undefined))?.close());
  if (embedded && config.databaseUrl === undefined) await embedded.ensureDatabase(crmDatabase);
  const crmUrl = config.databaseUrl ?? embedded?.url(crmDatabase);
  if (crmUrl === undefined) throw new Error('no CRM database');

  const dataSource = createDataSource(crmUrl, crmEntities);
  await dataSource.initialize().catch((fault: unknown) => {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new Error(
      `the CRM database${config.databaseUrl === undefined ? '' : ' of DATABASE_URL'} cannot be reached: ${reason}`,
    );
  });
  stops.push(() => dataSource.destroy());
  await migrate(dataSource);
  halt.throwIfAborted();
  await ensureDevelopmentUser(dataSource);
  const reading = { url: crmUrl, statementTimeoutMs: config.requestTimeoutMs, log };
  const readDatabase = new ReadDatabase(reading);
  stops.push(() => readDatabase.close());
  const reportDatabase = new ReportDatabase({
    url: reading.url,
    timeoutMs: reading.statementTimeoutMs,
    log: reading.log,
  });
  stops.push(() => reportDatabase.close());
  const copyOut = new CopyOut({ url: crmUrl, most: exportsAtOnce });
  stops.push(() => copyOut.close());

  const companies = config.erpCompanies ?? (await sandbox)?.companies ?? [];
  halt.throwIfAborted();
  const files = withoutFaulty(config.reportsFolder, await reports, log);
  const metrics = createMetrics();
  const erp = createErpDoor({
    companies,
    timeoutMs: config.erpTimeoutMs,
    cacheMs: config.erpCacheMs,
    staleMs: config.erpStaleMs,
    cacheBytes: config.erpCacheBytes,
    slowMs: config.erpSlowMs,
    meter: metrics.doorMeter,
    log,
  });
  stops.push(() => erp.close());
  const crm = createCrmServices(dataSource);
  const attachments = await createAttachments({
    dataSource,
    storage: await FolderStorage.at(config.storageFolder),
    log,
    maxUploadBytes: config.maxUploadBytes,
    sweepAgeMs: config.storageSweepAgeMs,
  });
  // Never into somebody's own database, nor beside somebody's own ERP.
  if (wantsSandbox && config.databaseUrl === undefined) {
    const { loadSample } = await import('../sample/load-sample.ts');
    const made = await loadSample(dataSource, crm, developmentUser, halt);
    log.info({ made }, 'sample cards loaded');
  }
  halt.throwIfAborted();
  const sequencer = new Sequencer({ url: crmUrl, log });
  stops.push(() => sequencer.close());
  await sequencer.start();
  const limits = await createLimits(config, crmUrl);
  stops.push(() => limits.close());
  const login = createLogin({
    config: config.login,
    dataSource,
    run: readDatabase.run,
    log,
    addressOf: limits.addressOf,
  });
  stops.push(() => login.close());
  const service = await startService({
    config,
    log,
    crm,
    attachments,
    sequencer,
    dataSource,
    readDatabase,
    reportDatabase,
    copyOut,
    reportFiles: files,
    erp,
    metrics,
    callers: login,
    limits,
  });
  stops.push(() => service.close(graceMs));
  sayWhoIsServed(config, log);
  log.info({ url: service.url }, 'Kartoteka is ready');
}

function sayWhoIsServed({ login, publicUrl }: Config, log: Log): void {
  if (!login)
    log.warn(
      { user: developmentUser.name },
      'no login is configured: serving loopback only, and everyone there is this user',
    );
  else log.info({ issuer: login.issuer, audiences: login.audiences, publicUrl }, 'serving whoever signs in');
  if (login && publicUrl?.startsWith('http:'))
    log.warn({ publicUrl }, 'access tokens and keys come in plain text: PUBLIC_URL should be https');
}

/** The stand-in for an ERP, as a firm would configure it. */
async function startSandboxCompanies(
  embedded: EmbeddedPostgres,
  config: Config,
  log: Log,
): Promise<{ readonly companies: CompanyConfig[]; readonly close: () => Promise<void> }> {
  // Loaded only here: a firm with an ERP of its own never needs the sandbox, nor the T-SQL parser in it.
  const { startSandbox } = await import('../sandbox-erp/sandbox.ts');
  const { sandboxConfigs, sandboxDatabases } = await import('./sandbox-companies.ts');
  const sandbox = await startSandbox({
    postgresUrl: (database) => embedded.url(database),
    databases: sandboxDatabases,
    port: config.sandboxPort,
    log,
  });
  return { companies: sandboxConfigs(sandbox.server.port), close: () => sandbox.close() };
}
