/**
 * One statement's rows handed on as they come: no more of them are here than two portions, and whoever reads slowly slows the server
 * down. Ends at the server as soon as its signal aborts or nobody reads any more.
 */
import { setImmediate } from 'node:timers/promises';
import type mssql from 'mssql';
import { driver } from './pool-driver.ts';

/** By the driver's names. */
const typeNames = {
  Bit: 'bit',
  TinyInt: 'int',
  SmallInt: 'int',
  Int: 'int',
  BigInt: 'bigint',
  Decimal: 'decimal',
  Numeric: 'decimal',
  Money: 'money',
  SmallMoney: 'money',
  Float: 'float',
  Real: 'real',
  Date: 'date',
  Time: 'time',
  DateTime: 'datetime',
  SmallDateTime: 'datetime',
  DateTime2: 'datetime',
  DateTimeOffset: 'datetimeoffset',
  UniqueIdentifier: 'uniqueidentifier',
  Char: 'text',
  VarChar: 'text',
  Text: 'text',
  NChar: 'text',
  NVarChar: 'text',
  NText: 'text',
  Xml: 'text',
} as const;

/** undefined: bytes, variants and whatever else has no text of its own. */
type StreamedType = (typeof typeNames)[keyof typeof typeNames] | undefined;

let byType: ReadonlyMap<unknown, StreamedType> | undefined;

function nameOfType(type: unknown): StreamedType {
  const { TYPES } = driver();
  const names = Object.entries(typeNames);
  byType ??= new Map(names.map(([key, name]) => [TYPES[key as keyof typeof typeNames], name]));
  return byType.get(type);
}

export interface StreamedColumn {
  readonly name: string;
  readonly type: StreamedType;
  /** Of decimals and moments. */
  readonly scale: number;
}

export type StreamedRow = readonly unknown[];

export interface RowStream {
  readonly columns: readonly StreamedColumn[];
  /** The next portion; undefined when there are no more. Rejects with why they ended early. */
  next(): Promise<readonly StreamedRow[] | undefined>;
  /** Ends it at the server where it has not ended; settles when the connection is free for others. */
  close(): Promise<void>;
  /** Settles, without rejecting, when the connection is free for others: with why the rows ended early, unless it was closed. */
  readonly finished: Promise<unknown>;
}

/** Rows that come together; twice as many may wait here. */
const portion = 500;

export interface StreamSettings {
  readonly signal: AbortSignal;
  /** How long the server may take to stop before it is no longer waited for. */
  readonly graceMs: number;
  /** What a fault of the driver's is to be told as. */
  told(error: unknown, rowsSeen: number): unknown;
}

/** Once the first row is there, or it is known that there is none. Rejects with what `told` makes of a fault before that. */
export function openRowStream(
  request: mssql.Request,
  text: string,
  settings: StreamSettings,
): Promise<RowStream> {
  return new DriverStream(request, settings).open(text);
}

class DriverStream implements RowStream {
  columns: readonly StreamedColumn[] = [];
  readonly finished: Promise<unknown>;
  private readonly finish: (fault: unknown) => void;
  private waiting: StreamedRow[] = [];
  private seen = 0;
  private over = false;
  private cancelled = false;
  private closed = false;
  private fault: { readonly error: unknown } | undefined;
  private why: { readonly told: unknown } | undefined;
  private impatience: NodeJS.Timeout | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly request: mssql.Request,
    private readonly settings: StreamSettings,
  ) {
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.finished = promise;
    this.finish = resolve;
  }

  async open(text: string): Promise<RowStream> {
    const { request } = this;
    request.stream = true;
    request.arrayRowMode = true;
    request.on('recordset', (columns: unknown) => (this.columns = columnsOf(columns)));
    request.on('row', (row: StreamedRow) => this.take(row));
    request.on('error', (error: unknown) => this.fail(error));
    request.on('done', () => this.end());
    this.settings.signal.addEventListener('abort', this.cancel, { once: true });
    // Streaming, the driver tells faults by the event; only what it cannot even begin comes this way.
    request.query(text).catch((error: unknown) => {
      this.fail(error);
      this.end();
    });
    if (this.settings.signal.aborted) this.cancel();
    while (this.seen === 0 && !this.over) await this.change();
    if (this.seen === 0 && this.fault) throw this.reason();
    return this;
  }

  async next(): Promise<readonly StreamedRow[] | undefined> {
    while (this.waiting.length === 0 && !this.over && !this.cancelled) await this.change();
    // What has arrived comes as one portion, rather than row by row to whoever is quick.
    if (this.waiting.length < portion && !this.over) await setImmediate();
    if (this.closed) return undefined;
    // Whoever reads is told at once, and the connection has its time to become free.
    if (this.fault ?? this.cancelled) throw this.reason();
    if (this.waiting.length === 0) return undefined;
    const rows = this.waiting;
    this.waiting = [];
    if (!this.over) this.request.resume();
    return rows;
  }

  async close(): Promise<void> {
    this.closed = true;
    if (!this.over) this.cancel();
    await this.finished;
  }

  private readonly cancel = (): void => {
    this.cancelled = true;
    this.waiting = [];
    this.request.cancel();
    // A request that is cancelled says so by an error; paused, it would read none.
    this.request.resume();
    this.endSoon();
    this.wake();
  };

  private take(row: StreamedRow): void {
    // What still comes of one that is cancelled; pausing for it would keep the connection for good.
    if (this.cancelled) return;
    this.seen += 1;
    this.waiting.push(row);
    if (this.waiting.length >= portion) this.request.pause();
    if (this.waiting.length === 1 || this.waiting.length >= portion) this.wake();
  }

  private fail(error: unknown): void {
    this.fault ??= { error };
    this.endSoon();
  }

  private endSoon(): void {
    if (!this.over) this.impatience ??= setTimeout(() => this.end(), this.settings.graceMs);
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.impatience);
    // A server that never said that it stopped has not told all its rows either.
    if (this.cancelled) this.fail(new Error('cancelled'));
    this.settings.signal.removeEventListener('abort', this.cancel);
    this.finish(this.fault && !this.closed ? this.reason() : undefined);
    this.wake();
  }

  private change(): Promise<void> {
    return new Promise((resolve) => (this.wake = resolve));
  }

  private reason(): unknown {
    const error = this.fault?.error ?? new Error('cancelled');
    this.why ??= { told: this.settings.told(error, this.seen) };
    return this.why.told;
  }
}

interface DriverColumn {
  readonly name: string;
  readonly type: unknown;
  readonly scale?: number;
}

const columnsOf = (columns: unknown): readonly StreamedColumn[] =>
  (columns as readonly DriverColumn[]).map(({ name, type, scale }) => ({
    name,
    type: nameOfType(type),
    scale: scale ?? 0,
  }));
