import { SqlServerError } from '../engine.ts';
import type { Batch, EngineSession, ResultSink } from '../engine.ts';
import { BatchRun } from './batch-run.ts';
import { BatchVariables } from './batch-variables.ts';
import type { PostgresConnection } from './connection.ts';
import { sqlServerError } from './errors.ts';
import { stepsOf } from './plans.ts';
import { storedName } from './relation.ts';
import { SessionCatalog } from './session-catalog.ts';
import type { SessionHost } from './session-catalog.ts';
import { SessionState } from './session-state.ts';

/**
 * One login's session on a PostgreSQL connection of its own. Batches run step by step and end at the first error. Inside a
 * transaction every statement has a savepoint, because SQL Server's transactions outlive a failed statement.
 */
export class PostgresSession implements EngineSession {
  private readonly state: SessionState;
  private readonly catalog: SessionCatalog;

  constructor(
    private readonly host: SessionHost,
    private readonly connection: PostgresConnection,
  ) {
    this.state = new SessionState(connection);
    this.catalog = new SessionCatalog(host);
  }

  get database(): string {
    return this.host.database;
  }

  get transactionDepth(): number {
    return this.state.depth;
  }

  async run({ text, parameters }: Batch, sink: ResultSink, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    let cancelling: Promise<void> | null = null;
    const cancel = (): void => {
      // Told before more is read: a fast answer would keep everybody busy with rows that nobody wants.
      this.connection.stop();
      cancelling = this.host.cancel(this.connection.pid).finally(() => this.connection.release());
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const variables = new BatchVariables(parameters, (name) => this.sessionValue(name));
      const { state, connection, catalog, database } = this;
      const parts = { text, sink, signal, variables, state, connection, catalog, database };
      await new BatchRun({ ...parts, transactions: this }).run(stepsOf(text));
    } catch (fault) {
      if (signal.aborted) throw signal.reason;
      if (fault instanceof SqlServerError) this.state.error = fault.number;
      throw fault;
    } finally {
      signal.removeEventListener('abort', cancel);
      if (cancelling !== null) await this.settleCancel(cancelling);
    }
  }

  /** The cancellation may come too late for its statement: it must not hit the next one. */
  private async settleCancel(cancelling: Promise<void>): Promise<void> {
    await cancelling;
    try {
      await this.connection.command('SELECT 1');
    } catch (fault) {
      const code = fault instanceof Error && 'code' in fault ? fault.code : null;
      // It hit between two statements of the engine's own: the transaction is past saving.
      if (code === '25P02') await this.rollback();
      else if (code !== '57014') throw fault;
    }
  }

  private sessionValue(name: string): string {
    const values: Readonly<Record<string, string>> = {
      '@@trancount': String(this.state.depth),
      '@@rowcount': String(this.state.rowCount),
      '@@error': String(this.state.error),
      '@@lock_timeout': String(this.state.lockTimeout),
      '@@spid': String(this.connection.pid % 32_768),
      '@@user': this.host.user,
      '@@database': this.host.database,
      '@@readonly': this.host.readOnly ? '1' : '0',
    };
    const value = values[name];
    if (value === undefined) throw new Error(`${name} is not a session value`);
    return value;
  }

  begin(): Promise<void> {
    return this.state.begin();
  }

  async commit(): Promise<void> {
    try {
      await this.state.commit();
    } catch (fault) {
      throw sqlServerError(fault, this.catalog.current, 'COMMIT');
    }
    if (this.state.depth === 0) await this.catalog.committed(this.connection.client);
  }

  async rollback(): Promise<void> {
    this.catalog.forget();
    await this.state.rollback();
  }

  async reset(): Promise<void> {
    if (this.state.depth > 0) await this.rollback();
    await this.state.restoreDefaults();
  }

  /** After much has been written: PostgreSQL plans by what it knows of the tables. */
  async analyse(): Promise<void> {
    const tables = this.catalog.current.tables().map(storedName);
    if (tables.length > 0) await this.connection.command(`ANALYZE ${tables.join(', ')}`);
  }

  async close(): Promise<void> {
    this.host.closed();
    await this.connection.close();
  }
}
