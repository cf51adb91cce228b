/**
 * Start-up in order, and a clean stop; nothing else. Here is what must be there first, and what it takes to stop; the service itself
 * (server/start.ts), which is most of the program, is loaded while the embedded PostgreSQL starts.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { ConfigFaults, readConfig, type Config } from './config.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './crm-database/embedded/embedded-postgres.ts';
import { createLog, type Log } from './log.ts';
import { readReportFilesAside } from './server/report-files-aside.ts';
import { nameSourceLines } from './stack-traces.ts';

const keptAfterMs = 10_000;

/** What has been started, to be stopped in the opposite order. */
type Stop = () => Promise<void>;

/** For the CRM, for the sandbox ERP, or for both. */
const wantsEmbedded = ({ databaseUrl, erpCompanies }: Config): boolean =>
  databaseUrl === undefined || erpCompanies === undefined;

async function startEmbedded(
  config: Config,
  log: Log,
  stops: Stop[],
  halt: AbortSignal,
): Promise<EmbeddedPostgres> {
  const embedded = await startEmbeddedPostgres({
    dataDir: config.dataDir,
    log: (fields, event) => log.info(fields, event),
  });
  stops.push(() => embedded.stop());
  void embedded.endedByItself.then(() => {
    // Whoever watches over the service starts it again, and with it the database.
    if (!halt.aborted) process.exit(1);
  });
  return embedded;
}

/** Steps end at `halt`: a part that is just starting is let come up, so that it can be stopped in order. */
async function start(config: Config, log: Log, stops: Stop[], halt: AbortSignal): Promise<void> {
  const reports = readReportFilesAside(config);
  // They are waited for once there are databases; whatever fails before then is told first.
  reports.catch(() => undefined);
  const [embedded, { startOn }] = await Promise.all([
    wantsEmbedded(config) ? startEmbedded(config, log, stops, halt) : undefined,
    import('./server/start.ts'),
  ]);
  halt.throwIfAborted();
  await startOn(embedded, { config, log, reports, stops, halt });
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

nameSourceLines();
const config = configOrExit();
// What has been compiled is kept for the next start. Where the folder cannot be written, or is not whole, everything is compiled anew.
enableCompileCache(join(config.dataDir, 'compile-cache'));
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

if (await started) {
  // Once it has nothing better to do: a process that is killed would keep nothing for the next.
  setTimeout(flushCompileCache, keptAfterMs).unref();
} else {
  await stopAll(stops, log);
  process.exitCode = 1;
}
