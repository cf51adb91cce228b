/**
 * ERPs to be read by the real driver: databases of the sandbox with the contract's own tables, filled by each test, and a
 * door to them. Statements are counted on the wire.
 */
import { fullAccess } from '../../src/access/access.ts';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot, type CompanyConfig } from '../../src/config.ts';
import type { ErpAccountKey } from '../../src/erp/accounts.ts';
import { createErpDoor, type DoorSettings, type ErpDoor } from '../../src/erp/guard/erp-door.ts';
import type { Log } from '../../src/log.ts';
import type { RequestContext } from '../../src/request.ts';
import { startSandboxServer, type SandboxServer } from '../../src/sandbox-erp/server.ts';
import { createPostgresEngine, type PostgresEngine } from '../../src/sandbox-erp/tsql/engine.ts';

const login = { user: 'reader', password: 'p@ss:word/' } as const;
const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Keys of documents and customers: numbers, as the contract's example has them, or columns of another type. */
const keyTypes = {
  numbers: 'int',
  decimals: 'decimal(19, 2)',
  guids: 'uniqueidentifier',
  texts: 'varchar(20)',
  padded: 'nchar(12)',
} as const;
export type KeyKind = keyof typeof keyTypes;
export const keyKinds = [
  'decimals',
  'guids',
  'numbers',
  'padded',
  'texts',
] as const satisfies readonly KeyKind[];

const keyColumn = /^(\s*(?:\w+_type|customer_id|recipient_id|\w+_id)\s+)int\b/gm;

async function contractScript(keys: KeyKind): Promise<string> {
  const script = await readFile(join(packageRoot, 'erp', 'contract.sql'), 'utf8');
  // invoice_order has two columns a line.
  const spread = script.replaceAll(/NOT NULL, (invoice_id|order_id) {3}int/g, 'NOT NULL,\n  $1 int');
  return keys === 'numbers' ? script : spread.replaceAll(keyColumn, `$1${keyTypes[keys]}`);
}

export interface Erp {
  readonly server: SandboxServer;
  readonly engine: PostgresEngine;
  /** A company over a new, empty ERP; `fill` is T-SQL. */
  company(
    key: string,
    options?: { keys?: KeyKind; fill?: string; without?: readonly string[] },
  ): Promise<CompanyConfig>;
  fill(key: string, script: string): Promise<void>;
  /** Closed with the rest. */
  door(companies: readonly CompanyConfig[], options?: Partial<DoorSettings>): ErpDoor;
  /** The door's statements since the last call, its look at the catalogue left out. */
  statements(): readonly string[];
  close(): Promise<void>;
}

export async function startErp(): Promise<Erp> {
  const serverUrl = process.env['KARTOTEKA_TEST_POSTGRES'];
  if (serverUrl === undefined)
    throw new Error('The shared test server is not running: run the tests with jest.');
  const databasePrefix = `erp_${randomBytes(6).toString('hex')}_`;
  const engine = createPostgresEngine({ serverUrl, databasePrefix, readOnlyUsers: [login.user] });
  const server = await startSandboxServer({ engine, port: 0, logins: [login], defaultDatabase: 'master' });
  const doors: ErpDoor[] = [];
  const url = (database: string) =>
    `mssql://${login.user}:${encodeURIComponent(login.password)}@127.0.0.1:${server.port}/${database}?encrypt=false`;
  return {
    server,
    engine,
    async company(key, { keys = 'numbers', fill, without = [] } = {}) {
      await engine.createDatabase(key);
      await engine.installScript(key, await contractScript(keys));
      if (fill !== undefined) await engine.installScript(key, fill);
      for (const view of without) await engine.installScript(key, `DROP TABLE kartoteka.${view};`);
      return { key, name: `Company ${key}`, url: url(key), schema: 'kartoteka', timeZone: 'Europe/Warsaw' };
    },
    fill: (key, script) => engine.installScript(key, script),
    door(companies, options = {}) {
      const door = createErpDoor({ companies, timeoutMs: 15_000, log: silent, ...options });
      doors.push(door);
      return door;
    },
    statements() {
      const seen = server.statements.list().map(({ text }) => text);
      server.statements.clear();
      return seen.filter((text) => !text.includes('sys.columns'));
    },
    async close() {
      await Promise.all(doors.map((door) => door.close()));
      const databases = await engine.databases();
      await server.close();
      for (const database of databases) await engine.dropDatabase(database);
      await engine.close();
    },
  };
}

/** A request of its own, so that nothing is batched with or remembered from another. */
export function request(signal: AbortSignal = new AbortController().signal): RequestContext {
  return { requestId: 'test', actor: { id: 'test', name: 'Test', access: fullAccess }, signal };
}

/** Clients whose id says which accounts they have: `main:1` or `main:1,export:DE-1`. */
export const accountsInId = (_context: RequestContext, clientId: string): Promise<readonly ErpAccountKey[]> =>
  Promise.resolve(
    clientId.split(',').flatMap((account) => {
      const [companyKey = '', customerId = ''] = account.split(':');
      return account === '' ? [] : [{ companyKey, customerId }];
    }),
  );
