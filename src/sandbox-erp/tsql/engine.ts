import pg from 'pg';
import { SqlServerError } from '../engine.ts';
import type { Engine, ResultSink } from '../engine.ts';
import { splitBatches } from './batches.ts';
import { Catalog } from './catalog.ts';
import { PostgresConnection } from './connection.ts';
import { PostgresSession } from './session.ts';
import type { SessionHost } from './session-catalog.ts';
import { supportSql, supportSchema } from './support.ts';
import { systemViewsSql } from './system-views.ts';

/**
 * The sandbox's SQL engine: T-SQL over PostgreSQL. A batch is split into statements, parsed by @polyglot-sql/sdk, read
 * against an allow-list, translated with SQL Server's types and run on a PostgreSQL database of its own. It promises that
 * what it does not understand is error 40000 with the construct's name, never a wrong answer. The wire is not its concern.
 */
export interface PostgresEngineOptions {
  /** postgres://user:password@host:port/, any database in it is not used. */
  readonly serverUrl: string;
  /** Goes before the name of each database on the server, to keep them apart from others there. */
  readonly databasePrefix?: string;
  /** Logins that may only read: what else they try is error 229. */
  readonly readOnlyUsers?: readonly string[];
}

export interface PostgresEngine extends Engine {
  /** Throws 1801 when it exists. */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  databases(): Promise<string[]>;
  /** Runs T-SQL scripts, their batches parted by GO, as one transaction: all of it or nothing. */
  installScript(database: string, ...scripts: readonly string[]): Promise<void>;
}

export function createPostgresEngine(options: PostgresEngineOptions): PostgresEngine {
  return new OverPostgres(options);
}

/** What a database is made with: one made with another is not this engine's. */
export const engineSql = (): string => supportSql(systemViewsSql());

const silent: ResultSink = {
  columns: () => undefined,
  row: () => undefined,
  done: () => undefined,
};

class OverPostgres implements PostgresEngine {
  private readonly prefix: string;
  private readonly catalogs = new Map<string, Catalog>();
  private readonly sessions = new Set<PostgresSession>();

  constructor(private readonly options: PostgresEngineOptions) {
    this.prefix = options.databasePrefix ?? '';
  }

  private url(stored: string): string {
    const url = new URL(this.options.serverUrl);
    url.pathname = `/${encodeURIComponent(stored)}`;
    return url.href;
  }

  /** On the server's own database: creating, listing, cancelling. */
  private async maintain<Row extends pg.QueryResultRow>(
    text: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url('postgres') });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  async databases(): Promise<string[]> {
    const rows = await this.maintain<{ name: string }>(
      `SELECT substr(datname, length($1) + 1) AS name FROM pg_database
       WHERE starts_with(datname, $1) AND NOT datistemplate AND datname <> 'postgres' ORDER BY 1`,
      [this.prefix],
    );
    return rows.map((row) => row.name);
  }

  private async find(name: string): Promise<string | undefined> {
    return (await this.databases()).find((one) => one.toLowerCase() === name.toLowerCase());
  }

  async createDatabase(name: string): Promise<void> {
    if ((await this.find(name)) !== undefined)
      throw new SqlServerError(1801, `Database '${name}' already exists. Choose a different database name.`);
    this.catalogs.delete(name);
    const stored = `${this.prefix}${name}`;
    await this.maintain(
      `CREATE DATABASE ${pg.escapeIdentifier(stored)} TEMPLATE template0 ENCODING 'UTF8'
       LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C' STRATEGY FILE_COPY`,
    );
    const client = new pg.Client({ connectionString: this.url(stored) });
    await client.connect();
    try {
      await client.query(`BEGIN; ${engineSql()} DROP SCHEMA public; COMMIT`);
      await client.query(`INSERT INTO ${supportSchema}.settings VALUES ('database', $1)`, [name]);
    } finally {
      await client.end();
    }
  }

  async dropDatabase(name: string): Promise<void> {
    const found = (await this.find(name)) ?? name;
    this.catalogs.delete(found);
    const stored = pg.escapeIdentifier(`${this.prefix}${found}`);
    await this.maintain(`DROP DATABASE IF EXISTS ${stored} WITH (FORCE)`);
  }

  async open(login: { readonly user: string; readonly database: string }): Promise<PostgresSession> {
    const name = await this.find(login.database);
    if (name === undefined)
      throw new SqlServerError(
        4060,
        `Cannot open database "${login.database}" requested by the login. The login failed.`,
        11,
      );
    const readOnly = this.options.readOnlyUsers?.includes(login.user) === true;
    const connection = await PostgresConnection.open(this.url(`${this.prefix}${name}`), readOnly);
    if (!this.catalogs.has(name)) this.catalogs.set(name, await Catalog.load(connection.client, name));
    const host = this.hostFor(name, login.user, readOnly);
    const session = new PostgresSession({ ...host, closed: () => this.sessions.delete(session) }, connection);
    this.sessions.add(session);
    return session;
  }

  private hostFor(database: string, user: string, readOnly: boolean): Omit<SessionHost, 'closed'> {
    return {
      database,
      user,
      readOnly,
      catalog: () => {
        const catalog = this.catalogs.get(database);
        if (catalog === undefined) throw new SqlServerError(4060, `The database "${database}" is gone.`, 11);
        return catalog;
      },
      refresh: (catalog) => {
        this.catalogs.set(database, catalog);
      },
      cancel: async (pid) => {
        await this.maintain('SELECT pg_cancel_backend($1)', [pid]);
      },
    };
  }

  async installScript(database: string, ...scripts: readonly string[]): Promise<void> {
    const session = await this.open({ user: 'sa', database });
    const { signal } = new AbortController();
    try {
      await session.begin();
      for (const text of scripts.flatMap(splitBatches))
        await session.run({ text, parameters: [] }, silent, signal);
      await session.commit();
      await session.analyse();
    } finally {
      await session.close();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.sessions].map((session) => session.close()));
  }
}
