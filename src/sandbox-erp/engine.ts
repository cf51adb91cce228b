/**
 * What the wire (TDS) and the SQL engine of the sandbox agree upon, and nothing else: a session runs one batch of T-SQL
 * with typed parameters and reports columns, rows and completions in order. Values travel between the two as text in one
 * canonical form per type, so that no amount ever becomes a float on the way.
 */

/** A SQL Server type, with the facets that its wire form needs. Lengths are in characters; -1 means (max). */
export type SqlType =
  | {
      readonly name:
        | 'bit'
        | 'tinyint'
        | 'smallint'
        | 'int'
        | 'bigint'
        | 'float'
        | 'real'
        | 'date'
        | 'datetime'
        | 'smalldatetime'
        | 'money'
        | 'uniqueidentifier';
    }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'varbinary'; readonly length: number }
  | { readonly name: 'datetime2' | 'time'; readonly scale: number };

/**
 * Canonical text of a value: bit '0'/'1'; integers and decimals plain digits ('-12.3400'); float as printed by
 * JavaScript; date 'YYYY-MM-DD'; datetime, datetime2 and smalldatetime 'YYYY-MM-DD HH:MM:SS.fffffff' (fraction optional);
 * time 'HH:MM:SS.fffffff'; uniqueidentifier in the 8-4-4-4-12 form; varbinary as hex without 0x; strings as they are.
 */
export type SqlValue = string | null;

export interface Column {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}

export interface Parameter {
  /** With its leading @. */
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

/** Where a session puts what a batch answers. A result set is: columns, row*, done(rows). A statement without rows is done(affected) alone. */
export interface ResultSink {
  columns(columns: readonly Column[]): void;
  row(values: readonly SqlValue[]): void;
  done(rowCount: number | null): void;
  /** Resolves when there is room for more rows; awaited between portions, so that a big result does not pile up in memory. */
  ready?(): Promise<void>;
}

export interface Batch {
  readonly text: string;
  readonly parameters: readonly Parameter[];
}

/** One login's connection: SET options, transaction state and the current database live here. */
export interface EngineSession {
  readonly database: string;
  /** Open transactions, as @@TRANCOUNT tells them. */
  readonly transactionDepth: number;
  /** Rejects with SqlServerError; when `signal` aborts (attention), cancels on the server and rejects with the signal's reason. */
  run(batch: Batch, sink: ResultSink, signal: AbortSignal): Promise<void>;
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** sp_reset_connection: rolls back, restores the session defaults. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export interface Engine {
  /** Rejects with SqlServerError 4060 when there is no such database. */
  open(login: { readonly user: string; readonly database: string }): Promise<EngineSession>;
  close(): Promise<void>;
}

/** An error as SQL Server tells it: number, state, class (severity) and message. */
export class SqlServerError extends Error {
  override readonly name = 'SqlServerError';
  constructor(
    readonly number: number,
    message: string,
    readonly severity = 16,
    readonly state = 1,
    readonly line = 1,
  ) {
    super(message);
  }
}
