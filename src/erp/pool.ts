/**
 * The connections to one company's SQL Server, and the only place that knows the driver. Promises: a statement goes out over a
 * connection that was encrypted as asked before the password left, with the session set as it relies on; when its signal
 * aborts the server is told to stop; a server that lets nobody in is asked once for all who wait, and a broken
 * connection is replaced. How many are sent, when, and what a failure means for the next one it leaves to the guard.
 */
import { readFileSync } from 'node:fs';
import mssql from 'mssql';
import type { CompanyConfig } from '../company-config.ts';
import type { Log } from '../log.ts';
import { ErpBrokenOff, ErpTimeout, ErpUnavailable, type OutOfTime } from './erp-errors.ts';
import { connectGuarded } from './pool-address.ts';
import { readAddress } from '../values/server-address.ts';
import { connectError, driverFault, statementError } from './pool-errors.ts';
import { readRows } from './pool-rows.ts';
import { openRowStream, type RowStream } from './pool-stream.ts';
import type { Answer, SqlType, Statement } from './statement.ts';

const connectTimeoutMs = 5_000;
/** How long a server may take to stop a statement before its connection is dropped. */
const cancelTimeoutMs = 2_000;

export interface PoolSettings {
  readonly connections: number;
  /** What a statement may take; ends its waiting for locks, too. */
  readonly timeoutMs: number;
  readonly log: Log;
}

export interface CompanyPool {
  /** Throws ErpUnavailable and its kinds, ErpTimeout or ErpContract. */
  send(statement: Statement, signal: AbortSignal): Promise<Answer>;
  /** Rows as they come, once there is a first one; `limitMs` is the driver's own patience. Throws as `send` does, and so do the rows. */
  stream(statement: Statement, signal: AbortSignal, limitMs: number): Promise<RowStream>;
  readonly connections: { readonly open: number; readonly idle: number };
  /** Waits for running statements. */
  close(): Promise<void>;
}

export function openPool(company: CompanyConfig, settings: PoolSettings): CompanyPool {
  return new DriverPool(company, settings);
}

class DriverPool implements CompanyPool {
  private readonly prefix: string;
  private pool: mssql.ConnectionPool | undefined;
  private connecting: Promise<mssql.ConnectionPool> | undefined;
  private closed = false;

  constructor(
    private readonly company: CompanyConfig,
    private readonly settings: PoolSettings,
  ) {
    this.prefix = sessionSettings(settings.timeoutMs);
  }

  get connections() {
    return { open: this.pool?.size ?? 0, idle: this.pool?.available ?? 0 };
  }

  async send(statement: Statement, signal: AbortSignal): Promise<Answer> {
    const pool = await this.connected();
    if (signal.aborted) throw new ErpTimeout(this.company.key, outOfTime(signal));
    const request = withParameters(pool.request(), statement);
    const cancel = () => request.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    const { rows, fault } = await readRows(request, this.prefix + statement.text, cancelTimeoutMs);
    signal.removeEventListener('abort', cancel);
    if (!fault) return { rows, state: 'LIVE', asOf: new Date().toISOString() };
    if (signal.aborted) throw new ErpTimeout(this.company.key, outOfTime(signal), fault.error);
    throw this.told(pool, fault.error, rows.length);
  }

  async stream(statement: Statement, signal: AbortSignal, limitMs: number): Promise<RowStream> {
    const pool = await this.connected();
    const request = withParameters(patientRequest(pool, limitMs + cancelTimeoutMs), statement);
    const told = (error: unknown, rowsSeen: number): unknown => {
      if (!signal.aborted) return this.told(pool, error, rowsSeen);
      return signal.reason instanceof ErpTimeout
        ? signal.reason
        : new ErpTimeout(this.company.key, outOfTime(signal), error);
    };
    return openRowStream(request, this.prefix + statement.text, {
      signal,
      graceMs: cancelTimeoutMs,
      told,
    });
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.connecting?.catch(() => undefined);
    await this.pool?.close();
    this.pool = undefined;
  }

  private told(pool: mssql.ConnectionPool, error: unknown, rowsSeen: number): unknown {
    if (error instanceof mssql.RequestError) return statementError(this.company.key, error, rowsSeen);
    const noConnection = error instanceof mssql.ConnectionError || isAcquireTimeout(error);
    // One more connection could not be had, while others work: that is no reason to let go of those.
    if (noConnection && this.pool === pool && pool.available + pool.borrowed > 0)
      return new ErpBrokenOff(this.company.key, error);
    // Let go of together with the pool, while waiting for one of its connections.
    return noConnection || this.pool !== pool ? this.lost(pool, error) : error;
  }

  /** One attempt serves all who wait for it. */
  private async connected(): Promise<mssql.ConnectionPool> {
    if (this.closed) throw new ErpUnavailable(this.company.key, new Error('the door is closed'));
    if (this.pool) return this.pool;
    this.connecting ??= this.connect().finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async connect(): Promise<mssql.ConnectionPool> {
    const pool = new mssql.ConnectionPool(driverConfig(this.company, this.settings));
    // Connections break while idle, too; the pool replaces them, and without a listener the process would end.
    pool.on('error', (error: unknown) => {
      this.settings.log.debug({ company: this.company.key, ...driverFault(error) }, 'erp connection failed');
    });
    try {
      await pool.connect();
    } catch (error) {
      throw this.unreachable(error);
    }
    this.pool = pool;
    this.settings.log.info({ company: this.company.key }, 'erp connected');
    return pool;
  }

  private unreachable(error: unknown): Error {
    // Nothing was asked yet, so the message holds no values; the operator needs it.
    const reason = error instanceof Error ? error.message : undefined;
    this.settings.log.warn({ company: this.company.key, ...driverFault(error), reason }, 'erp not reachable');
    return connectError(this.company.key, error);
  }

  /** No further connection could be had: the whole pool is let go, so that the next one to ask begins anew. */
  private lost(pool: mssql.ConnectionPool, error: unknown): Error {
    if (this.pool !== pool) return connectError(this.company.key, error);
    this.pool = undefined;
    pool.close().catch((reason: unknown) => {
      this.settings.log.debug({ company: this.company.key, ...driverFault(reason) }, 'erp pool not closed');
    });
    return this.unreachable(error);
  }
}

/** The limit's own signal says TimeoutError; whatever else stops a statement does it for its caller. */
const outOfTime = ({ reason }: AbortSignal): OutOfTime =>
  reason instanceof DOMException && reason.name === 'TimeoutError' ? 'LIMIT' : 'CALLER';

/**
 * Leads every statement, in the same batch: the driver's pool does not reset a session between two uses, so what a use
 * relies on it sets itself, at no round trip. Waiting for locks ends before the time limit, so that the caller learns why.
 */
function sessionSettings(timeoutMs: number): string {
  const lockTimeoutMs = Math.max(50, Math.min(5_000, Math.floor(timeoutMs / 2)));
  return `SET LOCK_TIMEOUT ${lockTimeoutMs}; SET DEADLOCK_PRIORITY LOW; SET TRANSACTION ISOLATION LEVEL READ COMMITTED;\n`;
}

function driverConfig(company: CompanyConfig, { connections, timeoutMs }: PoolSettings): mssql.config {
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
      max: connections,
      idleTimeoutMillis: 30_000,
      createTimeoutMillis: connectTimeoutMs + 1_000,
      acquireTimeoutMillis: connectTimeoutMs + 2_000,
    },
    options: {
      appName: 'kartoteka',
      encrypt: address.encrypt,
      trustServerCertificate: address.trustServerCertificate,
      ...(address.ca === undefined ? {} : { cryptoCredentialsDetails: { ca: readFileSync(address.ca) } }),
      useUTC: true,
      cancelTimeout: cancelTimeoutMs,
      maxRetriesOnTransientErrors: 0,
      connector: () => connectGuarded(address, connectTimeoutMs),
    },
  };
}

function withParameters(request: mssql.Request, { parameters }: Statement): mssql.Request {
  for (const { name, type, value } of parameters)
    request.input(name, driverType(type), driverValue(type, value));
  return request;
}

/** One that the driver waits longer for than for others; its types do not tell of that. */
function patientRequest(pool: mssql.ConnectionPool, requestTimeout: number): mssql.Request {
  const Request = mssql.Request as new (
    pool: mssql.ConnectionPool,
    overrides: { readonly requestTimeout: number },
  ) => mssql.Request;
  return new Request(pool, { requestTimeout });
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
    case 'bit':
      return mssql.Bit();
    case 'datetime2':
      return mssql.DateTime2(3);
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

/** With useUTC a Date at midnight UTC is that day, wherever the machine stands; and a moment without a zone is the same in UTC. */
function driverValue({ name }: SqlType, value: string | number | null): string | number | Date | null {
  if (value === null) return null;
  if (name === 'date') return new Date(`${value}T00:00:00Z`);
  return name === 'datetime2' ? new Date(`${value}Z`) : value;
}
