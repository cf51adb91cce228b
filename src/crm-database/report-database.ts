/**
 * The way into the CRM's database for those who ask much of it: reporting tools and reports. Their statements run one at a time on connections of their
 * own, so that nobody at a card waits behind them; each caller has a part of the connections, and the rest for others. Waiting counts as running. Whoever
 * goes away ends the statement at the server.
 */
import type { Socket } from 'node:net';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import { DomainError } from '../errors.ts';
import type { Log } from '../log.ts';
import { openCursor, type CursorCare, type CursorQuestion, type CursorStream } from './report-stream.ts';
import type { RunQuery } from './run-query.ts';
import { plainInstants, withSessionSettings } from './session-url.ts';
import { Turns } from './turns.ts';
import { valueTypes } from './value-types.ts';

const connections = 6;
const ofOneCaller = 3;

const session = {
  ...plainInstants,
  default_transaction_read_only: 'on',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
};

export interface ReportDatabaseOptions {
  readonly url: string;
  /** From the asking to the last row. */
  readonly timeoutMs: number;
  readonly log: Log;
}

export interface ReportCaller {
  readonly id: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** Takes longer than any may. */
export class ReportTooSlow extends DomainError {
  readonly code = 'TOO_COMPLEX';
  constructor(private readonly timeoutMs: number) {
    super(
      `takes longer than the ${timeoutMs / 1_000} seconds that it may: ask for less at a time, or filter by what has an index`,
    );
  }
  override get details() {
    return { limit: 'time', most: this.timeoutMs / 1_000 };
  }
}

/**
 * What the driver throws while it reads, such as for a cell longer than a text can be, it throws where nobody can catch it. The line breaks
 * then, and with it the statement alone.
 */
function guardReading(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { readonly connection: { readonly stream: Socket } }).connection;
  const emit = stream.emit.bind(stream) as (event: string, ...given: unknown[]) => boolean;
  stream.emit = (event: string, ...given: unknown[]): boolean => {
    if (event !== 'data') return emit(event, ...given);
    try {
      return emit(event, ...given);
    } catch (fault) {
      stream.destroy(new UnreadableAnswer(fault));
      return true;
    }
  };
}

/** Of what the report answered, more in one piece than can be read. */
class UnreadableAnswer extends Error {
  constructor(fault: unknown) {
    super('an answer of the CRM database could not be read', { cause: fault });
  }
}

const isCancelled = (fault: unknown): boolean =>
  isNativeError(fault) && 'code' in fault && fault.code === '57014';

export class ReportDatabase {
  private readonly pool: pg.Pool;
  private readonly turns = new Turns(ofOneCaller);

  constructor(private readonly options: ReportDatabaseOptions) {
    this.pool = new pg.Pool({
      connectionString: withSessionSettings(options.url, session),
      max: connections,
      types: valueTypes,
      keepAlive: true,
      statement_timeout: options.timeoutMs,
      connectionTimeoutMillis: options.timeoutMs,
      idleTimeoutMillis: 60_000,
      application_name: 'kartoteka-report',
    });
    // A line that breaks is told to whoever asks over it; unheard, the event would end the process.
    this.pool.on('connect', (client) => {
      client.on('error', () => undefined);
      guardReading(client);
    });
    this.pool.on('error', (fault) =>
      options.log.warn({ fault: fault.message }, 'a reporting connection to the CRM database broke'),
    );
  }

  /** Statements of one caller. They throw ReportTooSlow, and the signal's reason. */
  of({ id, signal }: ReportCaller): RunQuery {
    return async <Row>(statement: Parameters<RunQuery>[0]): Promise<Row[]> => {
      const late = AbortSignal.timeout(this.options.timeoutMs);
      const over = AbortSignal.any([signal, late]);
      try {
        const leave = await this.turns.enter(id, over);
        try {
          return await this.ask<Row>(statement, over);
        } finally {
          leave();
        }
      } catch (fault) {
        if (signal.aborted) throw signal.reason;
        throw late.aborted || isCancelled(fault) ? new ReportTooSlow(this.options.timeoutMs) : fault;
      }
    };
  }

  /**
   * Rows of one caller's own SQL, as the report role, with a limit from the asking to the last row. Throws as `of` does, and ReportRoleMissing;
   * so do the rows. Whoever has it closes it.
   */
  async stream({ id, signal }: ReportCaller, question: CursorQuestion): Promise<CursorStream> {
    const late = AbortSignal.timeout(question.limitMs);
    const over = AbortSignal.any([signal, late]);
    const told = (fault: unknown): unknown => {
      if (signal.aborted) return signal.reason;
      return late.aborted || isCancelled(fault) ? new ReportTooSlow(question.limitMs) : fault;
    };
    try {
      const leave = await this.turns.enter(id, over);
      try {
        return await this.cursor(question, { signal: over, told, onEnd: leave });
      } catch (fault) {
        leave();
        throw fault;
      }
    } catch (fault) {
      throw told(fault);
    }
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async cursor(question: CursorQuestion, care: Omit<CursorCare, 'cancel'>): Promise<CursorStream> {
    const client = await this.pool.connect();
    const cancel = (): Promise<void> => this.cancel(client);
    return openCursor(client, question, { ...care, cancel });
  }

  private async ask<Row>({ text, values }: Parameters<RunQuery>[0], over: AbortSignal): Promise<Row[]> {
    const client = await this.pool.connect();
    const cancel = (): void => void this.cancel(client);
    try {
      over.throwIfAborted();
      over.addEventListener('abort', cancel, { once: true });
      const { rows } = await client.query({ text, values: [...values] });
      return rows as Row[];
    } finally {
      over.removeEventListener('abort', cancel);
      // What cancels may come late, and is not to meet the next one's statement.
      client.release(over.aborted);
    }
  }

  /** By a connection of its own, as all may be taken. */
  private async cancel(client: pg.PoolClient): Promise<void> {
    const { processID } = client as unknown as { readonly processID: number };
    const other = new pg.Client({ connectionString: this.options.url, application_name: 'kartoteka-cancel' });
    other.on('error', () => undefined);
    try {
      await other.connect();
      await other.query('SELECT pg_cancel_backend($1)', [processID]);
    } catch (fault) {
      this.options.log.warn({ fault: String(fault) }, 'a statement could not be cancelled');
    } finally {
      await other.end().catch(() => undefined);
    }
  }
}
