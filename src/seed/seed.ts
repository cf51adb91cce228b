/**
 * `npm run seed -- --clients N`: made-up clients, three contacts each, to see how the service behaves when it has many. They go
 * into the database that the service would use: that of DATABASE_URL, or the embedded one under DATA_DIR while no service
 * runs there. Run again it adds what is missing to N and nothing else.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { ConfigFaults, readConfig } from '../config.ts';
import { createDataSource, crmDatabase, migrate } from '../crm-database/data-source.ts';
import { startEmbeddedPostgres } from '../crm-database/embedded/embedded-postgres.ts';
import { progressBar } from '../progress.ts';
import { fill, mostClients } from './fill.ts';

const usage = `usage: npm run seed -- --clients N
  N  how many made-up clients there are to be, from 1 to ${mostClients}`;

/** Undefined where it is not asked as it can be. */
function wantedClients(args: readonly string[]): number | undefined {
  try {
    const { values } = parseArgs({ args: [...args], options: { clients: { type: 'string' } } });
    const wanted = /^\d{1,8}$/.test(values.clients ?? '') ? Number(values.clients) : 0;
    return wanted >= 1 && wanted <= mostClients ? wanted : undefined;
  } catch {
    return undefined;
  }
}

async function migrateAndFill(url: string, wanted: number): Promise<void> {
  const dataSource = await createDataSource(url, []).initialize();
  await migrate(dataSource).finally(() => dataSource.destroy());
  const began = performance.now();
  const made = await fill(url, wanted, progressBar(began));
  const seconds = (performance.now() - began) / 1_000;
  const rate = made > 0 ? `, ${Math.round(made / seconds)} a second` : '';
  process.stderr.write(
    `\n${made} clients made in ${seconds.toFixed(1)} s${rate}; there are ${wanted} or more.\n`,
  );
}

async function seed(wanted: number): Promise<void> {
  const config = readConfig();
  if (config.databaseUrl !== undefined) return migrateAndFill(config.databaseUrl, wanted);
  const embedded = await startEmbeddedPostgres({ dataDir: config.dataDir, log: () => undefined });
  try {
    await embedded.ensureDatabase(crmDatabase);
    await migrateAndFill(embedded.url(crmDatabase), wanted);
  } finally {
    await embedded.stop();
  }
}

const wanted = wantedClients(process.argv.slice(2));
if (wanted === undefined) {
  process.stderr.write(`${usage}\n`);
  process.exitCode = 2;
} else {
  await seed(wanted).catch((fault: unknown) => {
    process.stderr.write(`\n${fault instanceof Error ? fault.message : String(fault)}\n`);
    process.exitCode = fault instanceof ConfigFaults ? 2 : 1;
  });
}
