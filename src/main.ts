/** Start-up in order, and a clean stop; nothing else. */
import 'reflect-metadata';
import { Sequencer } from './changes/sequencer.ts';
import type { CompanyConfig } from './company-config.ts';
import { ConfigFaults, readConfig, type Config } from './config.ts';
import { CopyOut } from './crm-database/copy-out.ts';
import { createDataSource, crmDatabase, migrate } from './crm-database/data-source.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './crm-database/embedded/embedded-postgres.ts';
import { ReadDatabase } from './crm-database/read-database.ts';
import { ReportDatabase } from './crm-database/report-database.ts';
import { createErpDoor } from './erp/guard/erp-door.ts';
import { createLog, type Log } from './log.ts';
import { createAttachments } from './server/attachments.ts';
import { createCrmServices } from './server/crm.ts';
import { crmEntities } from './server/entities.ts';
import { createLimits } from './server/limits/limits.ts';
import { createLogin } from './server/login.ts';
import { createMetrics } from './server/metrics/metrics.ts';
import { knownToReports, reportFiles } from './server/report-gateway.ts';
import { startService } from './server/service.ts';
import { FolderStorage } from './storage/folder-storage.ts';
import { developmentUser, ensureDevelopmentUser } from './users/development-user.ts';

const graceMs = 10_000;
/** Each holds a connection, and reads a table from end to end. */
const exportsAtOnce = 4;

/** What has been started, to be stopped in the opposite order. */
type Stop = () => Promise<void>;

/** Steps end at `halt`: a part that is just starting is let come up, so that it can be stopped in order. */
async function start(config: Config, log: Log, stops: Stop[], halt: AbortSignal): Promise<void> {
  const wantsSandbox = config.erpCompanies === undefined;
  const embedded =
    config.databaseUrl === undefined || wantsSandbox
      ? await startEmbeddedPostgres({
          dataDir: config.dataDir,
          log: (fields, event) => log.info(fields, event),
        })
      : undefined;
  if (embedded) {
    stops.push(() => embedded.stop());
    void embedded.endedByItself.then(() => {
      // Whoever watches over the service starts it again, and with it the database.
      if (!halt.aborted) process.exit(1);
    });
  }
  halt.throwIfAborted();
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

  const companies =
    config.erpCompanies ?? (embedded ? await startSandboxCompanies(embedded, config, log, stops) : []);
  halt.throwIfAborted();
  const files = await reportFiles(config.reportsFolder, knownToReports(config, companies), log);
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
    const { loadSample } = await import('./sample/load-sample.ts');
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
  stops: Stop[],
): Promise<CompanyConfig[]> {
  // Loaded only here: a firm with an ERP of its own never needs the sandbox, nor the T-SQL parser in it.
  const { startSandbox } = await import('./sandbox-erp/sandbox.ts');
  const { sandboxConfigs, sandboxDatabases } = await import('./server/sandbox-companies.ts');
  const sandbox = await startSandbox({
    postgresUrl: (database) => embedded.url(database),
    databases: sandboxDatabases,
    port: config.sandboxPort,
    log,
  });
  stops.push(() => sandbox.close());
  return sandboxConfigs(sandbox.server.port);
}

async function stopAll(stops: Stop[], log: Log): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) {
    try {
      await stop();
    } catch (fault) {
      log.error({ fault: String(fault) }, 'a part did not stop cleanly');
    }
  }
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (fault) {
    if (!(fault instanceof ConfigFaults)) throw fault;
    process.stderr.write(`${fault.message}\n`);
    process.exit(2);
  }
}

const config = configOrExit();
const log = createLog(config);
const stops: Stop[] = [];
const halt = new AbortController();

const started = start(config, log, stops, halt.signal).then(
  () => true,
  (fault: unknown) => {
    if (halt.signal.aborted) return true;
    log.error({ fault: fault instanceof Error ? fault.message : String(fault) }, 'Kartoteka could not start');
    return false;
  },
);

async function stop(signal: string): Promise<void> {
  // Whoever asks twice does not want to wait.
  if (halt.signal.aborted) process.exit(1);
  halt.abort();
  log.info({ signal }, 'stopping');
  await started;
  await stopAll(stops, log);
  log.info({}, 'stopped');
  process.exit(0);
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));

if (!(await started)) {
  await stopAll(stops, log);
  process.exitCode = 1;
}
