/**
 * The rows of somebody's own SQL over the CRM, read by a cursor: as the report role, in a transaction that only reads, on a connection
 * that nobody has after it. No more rows are here than one portion, so whoever reads slowly slows the server down.
 */
import { isNativeError } from 'node:util/types';
import type pg from 'pg';
import { DomainError } from '../errors.ts';
import { reportRole } from './report-role.ts';

/** The database has no role that reports can be run as, or the service's login may not take it. */
export class ReportRoleMissing extends DomainError {
  readonly code = 'NOT_OFFERED';
  constructor() {
    super(
      `reports on the CRM need the role ${reportRole}, which the service's login could not make: ` +
        `an administrator makes it (CREATE ROLE ${reportRole} NOLOGIN), grants it to that login, and starts the service anew`,
    );
  }
}

export interface CursorColumn {
  readonly name: string;
  /** PostgreSQL's number of the type. */
  readonly type: number;
}

/** As PostgreSQL writes them: ISO dates, UTC. */
type CursorRow = readonly (string | null)[];

export interface CursorStream {
  readonly columns: readonly CursorColumn[];
  /** The next portion; undefined when there are no more. */
  next(): Promise<readonly CursorRow[] | undefined>;
  /** Ends it at the server where it has not ended. */
  close(): Promise<void>;
}

export interface CursorQuestion {
  /** One query; its parameters are $1, $2, … */
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly limitMs: number;
}

const asText: pg.CustomTypesConfig = { getTypeParser: () => (value: string) => value };

const mostRows = 1_000;
/** What a portion should have at most, judged by the rows before it. */
const portionBytes = 1_048_576;

const codeOf = (fault: unknown): unknown =>
  isNativeError(fault) && 'code' in fault ? fault.code : undefined;

export interface CursorCare {
  /** Aborts when nobody waits any more, or time is over. */
  readonly signal: AbortSignal;
  /** What a fault is to be told as. */
  told(fault: unknown): unknown;
  /** Stops at the server what the connection is just doing. */
  cancel(): Promise<void>;
  /** The connection is free for others. */
  onEnd(): void;
}

/** Nothing of the query has run when its columns are there, but for what the planner works out. */
export async function openCursor(
  client: pg.PoolClient,
  question: CursorQuestion,
  care: CursorCare,
): Promise<CursorStream> {
  const cursor = new Cursor(client, care);
  await cursor.open(question);
  return cursor;
}

class Cursor implements CursorStream {
  columns: readonly CursorColumn[] = [];
  private rowsAtOnce = 50;
  private running: Promise<unknown> | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    private readonly client: pg.PoolClient,
    private readonly care: CursorCare,
  ) {}

  async open({ text, values, limitMs }: CursorQuestion): Promise<void> {
    this.care.signal.addEventListener('abort', this.leave, { once: true });
    await this.work(async () => {
      await this.beginAsReport(limitMs);
      // Extended, so that no second statement can hide in the text.
      const statement = { text: `DECLARE report NO SCROLL CURSOR FOR ${text}`, queryMode: 'extended' };
      await this.client.query({ ...statement, values: [...values] });
      const { fields } = await this.client.query({ text: 'FETCH FORWARD 0 FROM report', types: asText });
      this.columns = fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
    });
  }

  async next(): Promise<readonly CursorRow[] | undefined> {
    if (this.closing && !this.care.signal.aborted) return undefined;
    const { rows } = await this.work(() =>
      this.client.query<(string | null)[]>({
        text: `FETCH FORWARD ${this.rowsAtOnce} FROM report`,
        rowMode: 'array',
        types: asText,
      }),
    );
    if (rows.length === 0) {
      await this.close();
      return undefined;
    }
    this.rowsAtOnce = fitting(rows);
    return rows;
  }

  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private readonly leave = (): void => void this.close();

  private async end(): Promise<void> {
    this.care.signal.removeEventListener('abort', this.leave);
    const { running } = this;
    try {
      if (running) {
        await this.care.cancel();
        await running.catch(() => undefined);
      }
    } finally {
      // Whatever the query has done to its session ends with it.
      this.client.release(true);
      this.care.onEnd();
    }
  }

  private async work<Value>(job: () => Promise<Value>): Promise<Value> {
    try {
      this.care.signal.throwIfAborted();
      const running = job();
      this.running = running;
      return await running.finally(() => (this.running = undefined));
    } catch (fault) {
      await this.close();
      throw this.care.told(fault);
    }
  }

  private async beginAsReport(limitMs: number): Promise<void> {
    await this.client.query('BEGIN READ ONLY');
    try {
      await this.client.query(`SET LOCAL ROLE ${reportRole}`);
    } catch (fault) {
      const code = codeOf(fault);
      throw code === '22023' || code === '42501' ? new ReportRoleMissing() : fault;
    }
    // All rows are wanted, so the plan should not be made for the first ones.
    await this.client.query(
      `SET LOCAL search_path = pg_catalog, public, pg_temp; SET LOCAL cursor_tuple_fraction = 1; SET LOCAL statement_timeout = ${Math.ceil(limitMs)}`,
    );
  }
}

function fitting(rows: readonly CursorRow[]): number {
  const bytes = rows.reduce((sum, row) => row.reduce((part, cell) => part + (cell?.length ?? 0), sum), 1);
  return Math.max(1, Math.min(mostRows, Math.floor((portionBytes * rows.length) / bytes)));
}
