/** One T-SQL statement with its typed parameters: what the readers make and the pool sends. */
import type { Freshness } from './freshness.ts';

/** A SQL Server type as parameters are declared in it. Lengths are in characters. */
export type SqlType =
  | { readonly name: 'tinyint' | 'smallint' | 'int' | 'bigint' | 'date' | 'uniqueidentifier' }
  | { readonly name: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly name: 'bit' | 'datetime2' }
  | { readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar'; readonly length: number };

/** A bit is 0 or 1; a datetime2 is 'YYYY-MM-DDTHH:MM:SS.fff', without a zone. */
export type SqlValue = string | number | null;

export interface StatementParameter {
  /** Without the @. */
  readonly name: string;
  readonly type: SqlType;
  readonly value: SqlValue;
}

export interface Statement {
  /** What is asked, for logs and figures; never a value. */
  readonly shape: string;
  readonly text: string;
  readonly parameters: readonly StatementParameter[];
}

export type RawRow = Readonly<Record<string, unknown>>;

/** Rows may serve several requests: nobody changes them. */
export interface Answer extends Freshness {
  readonly rows: readonly RawRow[];
}

/** Sends a statement to one company. Throws the errors of erp-errors.ts. */
export type Ask = (statement: Statement, signal: AbortSignal) => Promise<Answer>;

/** Collects parameters while a statement's text is put together; each bind answers how the text refers to its value. */
export class Parameters {
  readonly list: StatementParameter[] = [];

  constructor(private readonly prefix = 'p') {}

  bind(type: SqlType, value: SqlValue): string {
    const name = `${this.prefix}${this.list.length}`;
    this.list.push({ name, type, value });
    return type.name === 'decimal'
      ? `CAST(@${name} AS decimal(${type.precision}, ${type.scale}))`
      : `@${name}`;
  }
}

/** A name from the contract or the configuration as an identifier. */
export const bracketed = (name: string): string => `[${name.replaceAll(']', ']]')}]`;

/** Lists travel in these lengths, so that few statement texts fill the server's plan cache. */
export const paddedLengths = [1, 8, 32, 128, 512] as const;

export const paddedLength = (count: number): number =>
  paddedLengths.find((length) => length >= count) ?? paddedLengths[4];
