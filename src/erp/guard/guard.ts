/**
 * What stands between the readers and one company's server, so that neither harms the other. A question that was answered a
 * short, configured time ago is answered from what was kept; one that is just being asked is not asked again; the rest go
 * where admission lets them. When the ERP then fails, the last answer it gave to that very question may serve, marked STALE
 * with its time. Every statement is counted, and a slow one logged, by its shape and never with a value.
 */
import { hash } from 'node:crypto';
import type { CompanyConfig } from '../../company-config.ts';
import type { Log } from '../../log.ts';
import { ErpContract, ErpNotAsked, ErpTimeout, ErpUnavailable, type OutOfTime } from '../erp-errors.ts';
import { driverFault } from '../pool-errors.ts';
import type { RowStream } from '../pool-stream.ts';
import { openPool, type CompanyPool } from '../pool.ts';
import type { Answer, Statement } from '../statement.ts';
import { Admission } from './admission.ts';
import type { AnswerCache } from './answer-cache.ts';
import type { BreakerState, DoorMeter, DoorStatus, StatementOutcome } from './meter.ts';
import { SingleFlight } from './single-flight.ts';
import { StatementStreams } from './statement-streams.ts';

/** Statements of one company at its server at a time, and so connections to it. */
const places = 8;

export interface GuardSettings {
  /** What one statement may take, its waiting included. */
  readonly timeoutMs: number;
  /** How long an answer counts as fresh; 0: not at all. */
  readonly cacheMs: number;
  /** How long the last answer may serve when the ERP fails; 0: not at all. */
  readonly staleMs: number;
  /** A statement that takes longer is logged. */
  readonly slowMs: number;
  readonly cache: AnswerCache;
  readonly meter: DoorMeter;
  readonly log: Log;
}

export class CompanyGuard {
  private readonly pool: CompanyPool;
  private readonly admission: Admission;
  private readonly flights = new SingleFlight<Answer>();
  private readonly streams: StatementStreams;
  private readonly company: string;
  private answeredAt: string | undefined;

  constructor(
    config: CompanyConfig,
    private readonly settings: GuardSettings,
  ) {
    const { timeoutMs, meter, log } = settings;
    this.company = config.key;
    this.pool = openPool(config, { connections: places, timeoutMs, log });
    this.admission = new Admission({
      company: config.key,
      places,
      limitMs: timeoutMs,
      onBreaker: (state) => this.tellBreaker(state),
      onRetry: () => meter.retried(config.key),
    });
    this.streams = new StatementStreams({
      company: config.key,
      pool: this.pool,
      admission: this.admission,
      onAnswer: () => (this.answeredAt = new Date().toISOString()),
      onEnd: (statement, { rows, ms, fault }) => {
        if (fault === undefined) this.tellRows(statement, rows, ms);
        else this.tellFault(statement, fault, ms);
      },
    });
  }

  get status(): DoorStatus {
    const { open, idle } = this.pool.connections;
    const { state, running, queued } = this.admission;
    return {
      company: this.company,
      breaker: state,
      running,
      queued,
      openConnections: open,
      idleConnections: idle,
    };
  }

  /** When the server last answered anything, RFC 3339 in UTC. */
  get lastAnswer(): string | undefined {
    return this.answeredAt;
  }

  close(): Promise<void> {
    return this.pool.close();
  }

  /** The answer, asked now or kept. Throws ErpUnavailable, ErpTimeout or ErpContract. */
  async ask(statement: Statement, signal: AbortSignal): Promise<Answer> {
    const { cacheMs, staleMs, meter } = this.settings;
    const key = this.keyOf(statement);
    const kept = cacheMs + staleMs === 0 ? undefined : await this.lookUp(key);
    if (kept && ageOf(kept) < cacheMs) {
      meter.lookup(this.company, 'fresh');
      return { ...kept, state: 'CACHED' };
    }
    try {
      return await this.askOnce(key, statement, signal);
    } catch (error) {
      // A caller who went away is served nothing, and an answer that came meanwhile to another is as good as the one looked up.
      if (staleMs === 0 || signal.aborted || !isFailure(error)) throw error;
      const last = await this.lookUp(key);
      if (!last || ageOf(last) >= staleMs) throw error;
      meter.lookup(this.company, 'stale');
      return { ...last, state: 'STALE' };
    }
  }

  /** Asked now, whatever is kept. */
  async askNow(statement: Statement, signal: AbortSignal): Promise<Answer> {
    const started = performance.now();
    try {
      const answer = await this.admission.admit(signal, (limited) => this.pool.send(statement, limited));
      this.answeredAt = answer.asOf;
      this.tellRows(statement, answer.rows.length, performance.now() - started);
      return answer;
    } catch (error) {
      this.tellFault(statement, error, performance.now() - started);
      throw error;
    }
  }

  /** Rows as they come, never kept. Throws as `ask` does, where its own time is over, too; so do the rows. */
  stream(statement: Statement, signal: AbortSignal, limitMs: number): Promise<RowStream> {
    return this.streams.open(statement, signal, limitMs);
  }

  private askOnce(key: string, statement: Statement, signal: AbortSignal): Promise<Answer> {
    this.settings.meter.lookup(this.company, this.flights.has(key) ? 'joined' : 'asked');
    const start = async (flying: AbortSignal): Promise<Answer> => {
      const answer = await this.askNow(statement, flying);
      await this.keep(key, answer);
      return answer;
    };
    const left = () => new ErpTimeout(this.company, 'CALLER', signal.reason);
    return this.flights.join(key, signal, start, left);
  }

  /** A digest, since a question with five hundred keys is long; whoever shares what is kept learns no values from it either. */
  private keyOf({ text, parameters }: Statement): string {
    const question = JSON.stringify([this.company, text, parameters.map(({ type, value }) => [type, value])]);
    return hash('sha256', question, 'base64');
  }

  /** What is kept is a help: without it the ERP is asked. */
  private async lookUp(key: string): Promise<Answer | undefined> {
    try {
      return await this.settings.cache.get(key);
    } catch (error) {
      this.settings.log.warn({ company: this.company, ...driverFault(error) }, 'erp cache not readable');
      return undefined;
    }
  }

  private async keep(key: string, answer: Answer): Promise<void> {
    const keepMs = Math.max(this.settings.cacheMs, this.settings.staleMs);
    if (keepMs === 0) return;
    try {
      await this.settings.cache.put(key, answer, keepMs);
    } catch (error) {
      this.settings.log.warn({ company: this.company, ...driverFault(error) }, 'erp cache not writable');
    }
  }

  private tellRows({ shape, parameters }: Statement, rows: number, ms: number): void {
    const { meter, log, slowMs } = this.settings;
    const { company } = this;
    meter.statement({ company, shape, outcome: 'answered', rows, ms });
    const facts = { company, shape, ms: Math.round(ms), rows };
    if (ms < slowMs) log.debug(facts, 'erp answered');
    else log.warn({ ...facts, parameters: parameters.length }, 'erp slow');
  }

  private tellFault({ shape }: Statement, error: unknown, ms: number): void {
    const { meter, log } = this.settings;
    const { company } = this;
    const outcome = outcomeOf(error);
    meter.statement({ company, shape, outcome, rows: 0, ms });
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    const facts = { company, shape, ms: Math.round(ms), outcome, ...driverFault(cause) };
    // That the server fails was told when it was found out, not again for everyone who is turned away; who leaves is no fault.
    log[outcome === 'shed' || outcome === 'left' ? 'debug' : 'warn'](facts, 'erp gave no answer');
  }

  private tellBreaker(state: BreakerState): void {
    const { log } = this.settings;
    if (state === 'OPEN') log.warn({ company: this.company }, 'erp failing: left alone for a while');
    if (state === 'CLOSED') log.info({ company: this.company }, 'erp answers again');
  }
}

const ageOf = ({ asOf }: Answer): number => Date.now() - Date.parse(asOf);

/** Of the ERP, which an earlier answer may bridge; not of the contract, which that answer might break, too. */
const isFailure = (error: unknown): boolean => error instanceof ErpUnavailable || error instanceof ErpTimeout;

const outcomeOfTime = {
  LIMIT: 'timeout',
  LOCK: 'timeout',
  QUEUE: 'shed',
  CALLER: 'left',
  REPORT: 'timeout',
} as const satisfies Record<OutOfTime, StatementOutcome>;

function outcomeOf(error: unknown): StatementOutcome {
  if (error instanceof ErpNotAsked) return 'shed';
  if (error instanceof ErpTimeout) return outcomeOfTime[error.outOfTime];
  if (error instanceof ErpUnavailable) return 'unavailable';
  return error instanceof ErpContract ? 'contract' : 'fault';
}
