/**
 * What is measured stands on this. One service, never loaded, keeps the embedded PostgreSQL and the sandbox ERP in a fresh folder, and fills
 * them with the sample. The service that is measured is another, told of both by its settings as in a firm, and whatever it is set beside
 * is told of the same: so none pays in its own process for a database or an ERP.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addBulkLedgers, type LedgerCards } from './bulk-ledgers.ts';
import { startHelper, type HelperProcess } from './helper-process.ts';
import type { SandboxAnswer, SandboxWish } from './sandbox-process.ts';
import type { LoadProcess } from './contest.ts';
import type { LoadJob, LoadResult } from './load-process.ts';
import type { ErpAddress } from './reference-erp.ts';
import { makeDataDir, startService, textOf, type Service } from './service.ts';
import type { Workplace } from './workplace.ts';

/** The sample's companies, and the sandbox's databases that are theirs. */
const sampleCompanies = [
  { key: 'main', database: 'obuwie' },
  { key: 'export', database: 'export' },
] as const;

export interface Kept {
  readonly databaseUrl: string;
  readonly companies: readonly ErpAddress[];
  /** Tells a service of both. */
  readonly settings: Readonly<Record<string, string>>;
}

export async function keepDatabases(workplace: Workplace): Promise<Kept> {
  const keeper = await startService(workplace, { dataDir: await makeDataDir(workplace) });
  const databaseUrl = await databaseOf(keeper);
  const companies = companiesOf(keeper);
  return {
    databaseUrl,
    companies,
    settings: { DATABASE_URL: databaseUrl, ERP_COMPANIES: JSON.stringify(companies.map(asSetting)) },
  };
}

/** What puts the load on, in a process of its own. */
export const startLoad = (workplace: Workplace): Promise<LoadProcess> =>
  startHelper<LoadJob, LoadResult>(workplace, new URL('./load-process.ts', import.meta.url));

export async function databaseOf(keeper: Service): Promise<string> {
  const started = keeper.event('PostgreSQL started');
  const password = (await readFile(join(textOf(started, 'home'), 'server', 'password'), 'utf8')).trim();
  return `postgres://kartoteka:${password}@127.0.0.1:${textOf(started, 'port')}/kartoteka?sslmode=disable`;
}

function companiesOf(keeper: Service): ErpAddress[] {
  const started = keeper.event('sandbox ERP started');
  return sampleCompanies.map(({ key, database }) => ({
    key,
    database,
    server: '127.0.0.1',
    port: Number(textOf(started, 'port')),
    user: textOf(started, 'user'),
    password: textOf(started, 'password'),
    timeZone: 'Europe/Warsaw',
  }));
}

const asSetting = ({ key, server, port, user, password, database, timeZone }: ErpAddress) => ({
  key,
  name: key,
  url: `mssql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${server}:${port}/${database}?encrypt=false`,
  timeZone,
});

/** By which another service reads what this one keeps. */
export const settingsBeside = async (keeper: Service): Promise<Readonly<Record<string, string>>> => ({
  DATABASE_URL: await databaseOf(keeper),
  ERP_COMPANIES: JSON.stringify(companiesOf(keeper).map(asSetting)),
});

export interface LedgerInstallation {
  readonly databaseUrl: string;
  readonly service: Service;
  readonly sandbox: HelperProcess<SandboxWish, SandboxAnswer>;
  readonly cards: readonly LedgerCards[];
}

/** A service over a sandbox of the bench's own, whose companies have a ledger of 300,000 invoices each. `fill` adds what else is wanted before. */
export async function installLedgers(
  workplace: Workplace,
  {
    fill = () => Promise.resolve(),
    settings = {},
  }: {
    readonly fill?: (databaseUrl: string) => Promise<void>;
    readonly settings?: Readonly<Record<string, string>>;
  },
): Promise<LedgerInstallation> {
  const keeper = await startService(workplace, { dataDir: await makeDataDir(workplace) });
  const databaseUrl = await databaseOf(keeper);
  await fill(databaseUrl);
  const urlOf = (database: string): string => {
    const url = new URL(databaseUrl);
    url.pathname = `/${database}`;
    return url.href;
  };
  const cards = await addBulkLedgers(urlOf);
  const sandbox = await startHelper<SandboxWish, SandboxAnswer>(
    workplace,
    new URL('./sandbox-process.ts', import.meta.url),
  );
  const companies = companiesOf(keeper);
  const [first] = companies;
  if (!first) throw new Error('the sandbox has no companies');
  const login = { user: first.user, password: first.password };
  const { port } = await sandbox.ask({ serverUrl: urlOf('postgres'), login, delayMs: 0 });
  const service = await startService(workplace, {
    dataDir: await makeDataDir(workplace),
    settings: {
      DATABASE_URL: databaseUrl,
      ERP_COMPANIES: JSON.stringify(companies.map((company) => asSetting({ ...company, port }))),
      ...settings,
    },
  });
  return { databaseUrl, service, sandbox, cards };
}
