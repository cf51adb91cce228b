import sql from 'mssql';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import type {
  Batch,
  Column,
  Engine,
  EngineSession,
  ResultSink,
  SqlValue,
} from '../../src/sandbox-erp/engine.ts';
import { startSandboxServer } from '../../src/sandbox-erp/server.ts';
import type { SandboxServer, SandboxServerOptions } from '../../src/sandbox-erp/server.ts';
import { PASSWORD, RawClient, USER } from './arrange-wire-client.ts';

export type Answer = (
  batch: Batch,
  sink: ResultSink,
  signal: AbortSignal,
  session: ScriptedSession,
) => void | Promise<void>;

/** Answers each text as the test says; the wire in front of it is what is tried. */
class ScriptedSession implements EngineSession {
  transactionDepth = 0;
  resets = 0;
  closed = false;
  readonly isolationLevels: string[] = [];
  readonly #engine: ScriptedEngine;
  database: string;

  constructor(engine: ScriptedEngine, database: string) {
    this.#engine = engine;
    this.database = database;
  }

  async run(batch: Batch, sink: ResultSink, signal: AbortSignal): Promise<void> {
    const isolation = /^set transaction isolation level (.*)$/i.exec(batch.text)?.[1];
    if (isolation !== undefined) this.isolationLevels.push(isolation);
    if (/^set /i.test(batch.text)) {
      sink.done(null);
      return;
    }
    this.#engine.received.push(batch);
    const answer = this.#engine.answers.get(batch.text);
    if (answer === undefined) throw new SqlServerError(208, `Invalid object name '${batch.text}'.`, 16, 1, 3);
    await answer(batch, sink, signal, this);
  }

  begin(): Promise<void> {
    this.transactionDepth += 1;
    return Promise.resolve();
  }

  commit(): Promise<void> {
    this.transactionDepth -= 1;
    return Promise.resolve();
  }

  rollback(): Promise<void> {
    this.transactionDepth = 0;
    return Promise.resolve();
  }

  reset(): Promise<void> {
    this.resets += 1;
    this.transactionDepth = 0;
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

class ScriptedEngine implements Engine {
  readonly answers = new Map<string, Answer>([['SELECT 1;', answering([intColumn('')], [['1']])]]);
  readonly received: Batch[] = [];
  readonly sessions: ScriptedSession[] = [];

  open({ database }: { readonly user: string; readonly database: string }): Promise<EngineSession> {
    if (database === 'missing') {
      return Promise.reject(
        new SqlServerError(4060, `Cannot open database "${database}" requested by the login.`, 11),
      );
    }
    const session = new ScriptedSession(this, database);
    this.sessions.push(session);
    return Promise.resolve(session);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

export function intColumn(name: string): Column {
  return { name, type: { name: 'int' }, nullable: false };
}

/** One result set. */
export function answering(columns: readonly Column[], rows: readonly (readonly SqlValue[])[]): Answer {
  return (_batch, sink) => {
    sink.columns(columns);
    for (const row of rows) sink.row(row);
    sink.done(rows.length);
  };
}

export interface Arranged {
  readonly engine: ScriptedEngine;
  readonly server: SandboxServer;
  pool(config?: Partial<sql.config>): Promise<sql.ConnectionPool>;
  stranger(): Promise<RawClient>;
  client(): Promise<RawClient>;
  close(): Promise<void>;
}

export const arrange = async (options: Partial<SandboxServerOptions> = {}): Promise<Arranged> => {
  const engine = new ScriptedEngine();
  const logins = [{ user: USER, password: PASSWORD }];
  const server = await startSandboxServer({ engine, port: 0, logins, defaultDatabase: 'erp', ...options });
  const pools: sql.ConnectionPool[] = [];
  const clients: RawClient[] = [];
  const stranger = async (): Promise<RawClient> => {
    const client = await RawClient.connect(server.port);
    clients.push(client);
    return client;
  };
  return {
    engine,
    server,
    stranger,
    client: async () => {
      const client = await stranger();
      await client.logIn();
      return client;
    },
    pool: async (config = {}) => {
      const pool = new sql.ConnectionPool(poolConfig(server.port, config));
      pools.push(pool);
      // Lines that are cut on purpose are reported here too; the requests tell what came of it.
      pool.on('error', () => undefined);
      return pool.connect();
    },
    close: async () => {
      await Promise.all(pools.map((pool) => pool.close()));
      for (const client of clients) client.hangUp();
      await server.close();
    },
  };
};

const poolConfig = (port: number, config: Partial<sql.config> = {}): sql.config => ({
  server: '127.0.0.1',
  port,
  user: USER,
  password: PASSWORD,
  database: 'erp',
  ...config,
  options: { encrypt: false, useUTC: true, ...config.options },
});

/** Turns of the event loop until it holds; the test's own time limit bounds them. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise(setImmediate);
};

/** Rows as they come, then the error if one came. */
export const streamed = async (
  pool: sql.ConnectionPool,
  text: string,
): Promise<{ readonly rows: readonly unknown[]; readonly error: unknown }> => {
  const request = pool.request();
  request.stream = true;
  const rows: unknown[] = [];
  let error: unknown;
  request.on('row', (row) => rows.push(row));
  request.on('error', (reason: unknown) => (error = reason));
  const done = new Promise((resolve) => request.once('done', resolve));
  void request.query(text);
  await done;
  return { rows, error };
};
