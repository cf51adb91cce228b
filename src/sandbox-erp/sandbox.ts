/**
 * The sandbox ERP, whole: a stand-in for SQL Server, filled with what it is given. Promises that a database is either
 * complete and of this very content, or made anew; that it listens on loopback only; and that it says what it is. It knows
 * nothing of the service that reads it: that comes over the wire, with the real driver.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { startSandboxServer, type SandboxServer } from './server.ts';
import { createPostgresEngine, engineSql, type PostgresEngine } from './tsql/engine.ts';

export interface SandboxDatabase {
  readonly name: string;
  /** Paths of T-SQL files, run in this order. */
  readonly scripts: readonly string[];
  /** Further batches, run after the scripts. */
  readonly documents: () => Iterable<string>;
}

export interface SandboxOptions {
  /** The PostgreSQL server underneath; the login must be allowed to make databases. */
  readonly postgresUrl: (database: string) => string;
  readonly databases: readonly SandboxDatabase[];
  /** Before the names of the databases underneath. */
  readonly prefix?: string;
  /** 0: any free one. */
  readonly port: number;
  /** Whether the databases are another's, who has filled them: nothing is made or dropped then, and what is not there is an error. */
  readonly asFound?: boolean;
  readonly log: {
    info(fields: object, event: string): void;
    debug(fields: object, event: string): void;
    warn(fields: object, event: string): void;
  };
}

export interface Sandbox {
  readonly server: SandboxServer;
  readonly engine: PostgresEngine;
  close(): Promise<void>;
}

/** Anybody who reaches loopback may read the made-up data: the password is there so that logging in can be tried, not to keep a secret. */
export const sandboxLogin = { user: 'kartoteka', password: 'sandbox' } as const;

interface Content {
  readonly name: string;
  readonly batches: readonly string[];
  /** Stands in the database's comment once everything is in it. */
  readonly mark: string;
}

async function contentOf({ name, scripts, documents }: SandboxDatabase): Promise<Content> {
  const batches = [...(await Promise.all(scripts.map((path) => readFile(path, 'utf8')))), ...documents()];
  const hash = createHash('sha256').update(engineSql());
  for (const batch of batches) hash.update(batch).update('\0');
  return { name, batches, mark: `sandbox ERP ${hash.digest('hex')}` };
}

async function install(
  engine: PostgresEngine,
  maintenance: pg.Client,
  database: string,
  { name, batches, mark }: Content,
  asFound: boolean,
): Promise<boolean> {
  const { rows } = await maintenance.query<{ mark: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS mark FROM pg_database WHERE datname = $1`,
    [database],
  );
  if (rows[0]?.mark === mark) return false;
  if (asFound) throw new Error(`the sandbox ERP's database ${name} is not ready: try again in a moment`);
  // Of other content, or left half filled by a start that was cut short.
  await maintenance.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(database)} WITH (FORCE)`);
  await engine.createDatabase(name);
  await engine.installScript(name, ...batches);
  await maintenance.query(
    `COMMENT ON DATABASE ${pg.escapeIdentifier(database)} IS ${pg.escapeLiteral(mark)}`,
  );
  return true;
}

export async function startSandbox({
  postgresUrl,
  databases,
  prefix = 'sandbox_',
  port,
  asFound = false,
  log,
}: SandboxOptions): Promise<Sandbox> {
  const began = performance.now();
  const engine = createPostgresEngine({
    serverUrl: postgresUrl('postgres'),
    databasePrefix: prefix,
    readOnlyUsers: [sandboxLogin.user],
  });
  const maintenance = new pg.Client({ connectionString: postgresUrl('postgres') });
  // A connection that breaks fails what it was asked; without a listener it would end the process as well.
  maintenance.on('error', (fault) =>
    log.warn({ fault: fault.message }, 'the sandbox ERP lost its PostgreSQL'),
  );
  await maintenance.connect();
  try {
    const contents = await Promise.all(databases.map(contentOf));
    await Promise.all(
      contents.map(async (content) => {
        if (!(await install(engine, maintenance, `${prefix}${content.name}`, content, asFound))) return;
        log.info(
          { database: content.name, ms: Math.round(performance.now() - began) },
          'sandbox ERP database filled',
        );
      }),
    );
  } finally {
    await maintenance.end();
  }
  const defaultDatabase = databases[0]?.name ?? 'master';
  const server = await startSandboxServer({ engine, port, logins: [sandboxLogin], defaultDatabase, log });
  log.info(
    { port: server.port, ...sandboxLogin, databases: databases.map(({ name }) => name) },
    'sandbox ERP started',
  );
  return {
    server,
    engine,
    close: async () => {
      await server.close();
      await engine.close();
    },
  };
}
