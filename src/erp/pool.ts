/**
 * The connections to one company's SQL Server, and the only place that knows the driver. Promises: at most
 * `poolSize` statements of one company run at a time and a bounded number wait; nobody waits longer than the time limit, and
 * a caller who gives up is told at once while the server is told to stop; a server that is not there costs the first
 * callers the connect timeout together, later ones next to nothing, and it is found again by itself. Which statements are
 * asked, and what a failure means for the card, it leaves to others.
 */
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import mssql from 'mssql';
import type { CompanyConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { ErpTimeout, ErpUnavailable } from './erp-errors.ts';
import { connectGuarded, readAddress } from './pool-address.ts';
import { connectError, driverFault, statementError } from './pool-errors.ts';
import type { Answer, SqlType, Statement } from './statement.ts';
import { untilAborted } from './until-aborted.ts';

const poolSize = 8;
const waitingRoom = 400;
const connectTimeoutMs = 3_000;
/** How long a server may take to stop a statement before its connection is dropped. */
const cancelTimeoutMs = 2_000;
/** After a failed connect a new one is tried at most this often ... */
const retryAfterMs = 1_000;
/** ... and callers wait only so long for it: enough for a server that is back, little for one that is not. */
const graceMs = 300;

export interface PoolSettings {
  readonly timeoutMs: number;
  readonly log: Log;
}

export interface CompanyPool {
  /** Throws ErpUnavailable, ErpTimeout or ErpContract. */
  ask(statement: Statement, signal: AbortSignal): Promise<Answer>;
  /** Waits for running statements. */
  close(): Promise<void>;
}

export function openPool(company: CompanyConfig, settings: PoolSettings): CompanyPool {
  return new DriverPool(company, settings);
}

interface Failure {
  readonly error: Error;
  readonly at: number;
}

class DriverPool implements CompanyPool {
  private readonly slots = bulkhead(poolSize, waitingRoom);
  private readonly prefix: string;
  private pool: mssql.ConnectionPool | undefined;
  private connecting: Promise<mssql.ConnectionPool> | undefined;
  private failure: Failure | undefined;
  private closed = false;

  constructor(
    private readonly company: CompanyConfig,
    private readonly settings: PoolSettings,
  ) {
    this.prefix = sessionSettings(settings.timeoutMs);
  }

  async ask(statement: Statement, callerSignal: AbortSignal): Promise<Answer> {
    const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(this.settings.timeoutMs)]);
    const started = performance.now();
    try {
      const answer = await untilAborted(
        // The bulkhead is not given the signal: it would stop serving its queue at an aborted waiter.
        this.slots.execute(() => this.send(statement, signal)),
        signal,
        () => new ErpTimeout(this.company.key, signal.reason),
      );
      this.log('debug', statement, started, { rows: answer.rows.length });
      return answer;
    } catch (error) {
      const told =
        error instanceof BulkheadRejectedError
          ? new ErpUnavailable(this.company.key, error)
          : statementError(this.company.key, error);
      // That the server is not reachable was told once; not every caller need repeat it.
      const level = told === this.failure?.error ? 'debug' : 'warn';
      this.log(level, statement, started, driverFault(told instanceof Error ? (told.cause ?? told) : told));
      throw told;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.connecting?.catch(() => undefined);
    await this.pool?.close();
    this.pool = undefined;
  }

  private async send(statement: Statement, signal: AbortSignal): Promise<Answer> {
    signal.throwIfAborted();
    const pool = await this.connected();
    signal.throwIfAborted();
    const request = pool.request();
    for (const { name, type, value } of statement.parameters) {
      request.input(name, driverType(type), type.name === 'date' ? asUtcDate(value) : value);
    }
    const cancel = () => request.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const result = await request.query<Record<string, unknown>>(this.prefix + statement.text);
      return { rows: result.recordset ?? [], asOf: new Date().toISOString() };
    } catch (error) {
      if (error instanceof mssql.RequestError) throw error;
      // Let go of together with the pool, while waiting for one of its connections.
      if (this.pool !== pool && this.failure) throw this.failure.error;
      const noConnection = error instanceof mssql.ConnectionError || isAcquireTimeout(error);
      throw noConnection ? this.lost(pool, error) : error;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** The pool, once the server has let us in. While it does not, callers are told so at once or after a short grace. */
  private async connected(): Promise<mssql.ConnectionPool> {
    if (this.closed) throw new ErpUnavailable(this.company.key, new Error('the door is closed'));
    if (this.pool) return this.pool;
    const { failure } = this;
    if (failure && !this.connecting && Date.now() - failure.at < retryAfterMs) throw failure.error;
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    if (!failure) return this.connecting;
    const grace = AbortSignal.timeout(graceMs);
    return untilAborted(this.connecting, grace, () => failure.error);
  }

  private async connect(): Promise<mssql.ConnectionPool> {
    const pool = new mssql.ConnectionPool(driverConfig(this.company, this.settings.timeoutMs));
    // Connections break while idle, too; the pool replaces them, and without a listener the process would end.
    pool.on('error', (error: unknown) => {
      this.settings.log.debug({ company: this.company.key, ...driverFault(error) }, 'erp connection failed');
    });
    try {
      await pool.connect();
    } catch (error) {
      throw this.failed(error);
    }
    this.failure = undefined;
    this.pool = pool;
    this.settings.log.info({ company: this.company.key }, 'erp connected');
    return pool;
  }

  private failed(error: unknown): Error {
    const told = connectError(this.company.key, error);
    this.failure = { error: told, at: Date.now() };
    // Nothing was asked yet, so the message holds no values; the operator needs it.
    const reason = error instanceof Error ? error.message : undefined;
    this.settings.log.warn({ company: this.company.key, ...driverFault(error), reason }, 'erp not reachable');
    return told;
  }

  /** No further connection could be had: the whole pool is let go, so that one probe, not every caller, finds the server again. */
  private lost(pool: mssql.ConnectionPool, error: unknown): Error {
    const told = this.failed(error);
    if (this.pool === pool) {
      this.pool = undefined;
      pool.close().catch((reason: unknown) => {
        this.settings.log.debug({ company: this.company.key, ...driverFault(reason) }, 'erp pool not closed');
      });
    }
    return told;
  }

  private log(level: 'debug' | 'warn', { shape }: Statement, started: number, fields: object): void {
    const ms = Math.round(performance.now() - started);
    const event = 'rows' in fields ? 'erp answered' : 'erp gave no answer';
    this.settings.log[level]({ company: this.company.key, shape, ms, ...fields }, event);
  }
}

/**
 * Leads every statement, in the same batch: the driver's pool does not reset a session between two uses, so what a use
 * relies on it sets itself, at no round trip. Waiting for locks ends before the time limit, so that the caller learns why.
 */
function sessionSettings(timeoutMs: number): string {
  const lockTimeoutMs = Math.max(50, Math.min(5_000, Math.floor(timeoutMs / 2)));
  return `SET LOCK_TIMEOUT ${lockTimeoutMs}; SET DEADLOCK_PRIORITY LOW; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;\n`;
}

function driverConfig(company: CompanyConfig, timeoutMs: number): mssql.config {
  const address = readAddress(company.url);
  return {
    server: address.server,
    port: address.port,
    user: address.user,
    password: address.password,
    database: address.database,
    connectionTimeout: connectTimeoutMs,
    // Ours fires first: the driver's own limit ends with the first packet, and a stall may come after it.
    requestTimeout: timeoutMs + cancelTimeoutMs,
    // A query per checkout would double the statements; whether the socket is alive is known without one.
    validateConnection: 'socket',
    pool: {
      min: 0,
      max: poolSize,
      idleTimeoutMillis: 30_000,
      createTimeoutMillis: connectTimeoutMs + 1_000,
      acquireTimeoutMillis: connectTimeoutMs + 2_000,
    },
    options: {
      appName: 'kartoteka',
      encrypt: address.encrypt,
      trustServerCertificate: address.trustServerCertificate,
      useUTC: true,
      cancelTimeout: cancelTimeoutMs,
      maxRetriesOnTransientErrors: 0,
      connector: () => connectGuarded(address, connectTimeoutMs),
    },
  };
}

function driverType(type: SqlType): mssql.ISqlType {
  switch (type.name) {
    case 'tinyint':
      return mssql.TinyInt();
    case 'smallint':
      return mssql.SmallInt();
    case 'int':
      return mssql.Int();
    case 'bigint':
      return mssql.BigInt();
    case 'date':
      return mssql.Date();
    case 'uniqueidentifier':
      return mssql.UniqueIdentifier();
    case 'decimal':
      // The driver takes decimals through doubles: they travel as text and are cast where they are compared.
      return mssql.VarChar(40);
    case 'char':
      return mssql.Char(type.length);
    case 'varchar':
      return mssql.VarChar(type.length);
    case 'nchar':
      return mssql.NChar(type.length);
    case 'nvarchar':
      return mssql.NVarChar(type.length);
  }
}

/** Of the library beneath the driver's pool, which the driver does not export. */
const isAcquireTimeout = (error: unknown): boolean =>
  error instanceof Error && error.constructor.name === 'TimeoutError';

/** With useUTC a Date at midnight UTC is that day, wherever the machine stands. */
const asUtcDate = (day: string | number | null): Date | null =>
  day === null ? null : new Date(`${day}T00:00:00Z`);
