/**
 * Statements whose rows are handed on as they come: somebody's own SQL, which may run long. Few run at a time, so that cards find places
 * beside them; each has a limit of its own that counts from the asking, waiting and slow reading included, and ends at the server
 * with it.
 */
import { Turns } from '../../crm-database/turns.ts';
import { ErpTimeout } from '../erp-errors.ts';
import type { RowStream } from '../pool-stream.ts';
import type { CompanyPool } from '../pool.ts';
import type { Statement } from '../statement.ts';
import type { Admission } from './admission.ts';

/** Of the places that a company has. */
const atOnce = 3;

interface StreamEnd {
  readonly rows: number;
  readonly ms: number;
  readonly fault: unknown;
}

export interface StreamParts {
  readonly company: string;
  readonly pool: CompanyPool;
  readonly admission: Admission;
  onAnswer(): void;
  onEnd(statement: Statement, end: StreamEnd): void;
}

export class StatementStreams {
  private readonly turns = new Turns(atOnce);

  constructor(private readonly parts: StreamParts) {}

  async open(statement: Statement, signal: AbortSignal, limitMs: number): Promise<RowStream> {
    const { company, pool, admission } = this.parts;
    const started = performance.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new ErpTimeout(company, 'REPORT')), limitMs);
    const over = AbortSignal.any([signal, late.signal]);
    let leave = (): void => undefined;
    const end = (rows: number, fault: unknown): void => {
      clearTimeout(timer);
      leave();
      this.parts.onEnd(statement, { rows, fault, ms: performance.now() - started });
    };
    try {
      leave = await this.turn(over);
      const stream = await admission.hold(over, (until) => pool.stream(statement, until, limitMs));
      this.parts.onAnswer();
      return watched(stream, end);
    } catch (fault) {
      end(0, fault);
      throw fault;
    }
  }

  private async turn(over: AbortSignal): Promise<() => void> {
    const { company } = this.parts;
    try {
      return await this.turns.enter(company, over);
    } catch (reason) {
      throw reason instanceof ErpTimeout ? reason : new ErpTimeout(company, 'CALLER', reason);
    }
  }
}

/** The same rows, counted; `end` is told once, when the connection is free. */
function watched(stream: RowStream, end: (rows: number, fault: unknown) => void): RowStream {
  let count = 0;
  void stream.finished.then((fault) => end(count, fault));
  return {
    columns: stream.columns,
    finished: stream.finished,
    close: () => stream.close(),
    async next() {
      const rows = await stream.next();
      count += rows?.length ?? 0;
      return rows;
    },
  };
}
