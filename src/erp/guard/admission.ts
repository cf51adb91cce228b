/**
 * Which statements go to one company's server, and when. Promises: at most `places` of them are there at a time and a
 * bounded number wait; none is sent so late that it could only be cut off; one that was the victim of a deadlock, or whose
 * line broke before anything came, is sent once more; and when the server has failed several times on end, or lets nobody
 * in, nothing is sent but one statement now and then, to see whether it is back, while all others are told at once.
 */
import {
  BrokenCircuitError,
  BulkheadRejectedError,
  CircuitState,
  ConsecutiveBreaker,
  ConstantBackoff,
  bulkhead,
  circuitBreaker,
  handleWhen,
  retry,
  type IBreaker,
} from 'cockatiel';
import { ErpBrokenOff, ErpNotAsked, ErpTimeout, ErpUnavailable, ErpUnreachable } from '../erp-errors.ts';
import { isDeadlock } from '../pool-errors.ts';
import { untilAborted } from '../until-aborted.ts';
import type { BreakerState } from './meter.ts';

const waitingRoom = 400;
/** This many failures without a success between them, and the server is left alone ... */
const failuresOnEnd = 5;
/** ... for so long. */
const leftAloneMs = 1_000;
/** Before a statement is sent again: whoever won the deadlock should be through. */
const pauseMs = 50;
/** What has less than this part of its time left when its turn comes is not sent: it could only trouble the server. */
const leastTimeLeft = 0.25;

export interface AdmissionSettings {
  readonly company: string;
  readonly places: number;
  readonly limitMs: number;
  onBreaker(state: BreakerState): void;
  onRetry(): void;
}

export class Admission {
  private readonly slots;
  private readonly breaker;
  private readonly strikes = new Strikes();
  private leftAloneUntil = 0;
  private readonly again = retry(
    handleWhen((error) => error instanceof ErpBrokenOff && this.state === 'CLOSED'),
    { maxAttempts: 1, backoff: new ConstantBackoff(pauseMs) },
  );

  constructor(private readonly settings: AdmissionSettings) {
    this.slots = bulkhead(settings.places, waitingRoom);
    this.breaker = circuitBreaker(
      handleWhen((error) => this.counts(error)),
      { halfOpenAfter: leftAloneMs, breaker: this.strikes },
    );
    this.breaker.onStateChange(() => {
      if (this.state === 'OPEN') this.leftAloneUntil = performance.now() + leftAloneMs;
      settings.onBreaker(this.state);
    });
    this.again.onRetry(() => settings.onRetry());
  }

  get state(): BreakerState {
    const { state } = this.breaker;
    if (state === CircuitState.Closed) return 'CLOSED';
    return state === CircuitState.HalfOpen ? 'PROBING' : 'OPEN';
  }

  get running(): number {
    return this.settings.places - this.slots.executionSlots;
  }

  get queued(): number {
    return waitingRoom - this.slots.queueSlots;
  }

  /** `send` gets the signal that aborts when `signal` does or the statement's time is over. */
  async admit<Value>(signal: AbortSignal, send: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const { company, limitMs } = this.settings;
    this.shedWhileFailing();
    const lastCall = performance.now() + limitMs * (1 - leastTimeLeft);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
    const turn = new AbortController();
    const tooLate = setTimeout(
      () => turn.abort(new ErpTimeout(company, 'QUEUE')),
      limitMs * (1 - leastTimeLeft),
    );
    // The bulkhead is given no signal: it would stop serving its queue at an aborted waiter.
    const work = this.slots.execute(() => {
      clearTimeout(tooLate);
      if (limited.aborted || performance.now() > lastCall) throw new ErpTimeout(company, 'QUEUE');
      return this.again.execute(() => this.attempt(limited, send));
    });
    try {
      const untilTurn = untilAborted(work, turn.signal, () => new ErpTimeout(company, 'QUEUE'));
      return await untilAborted(untilTurn, limited, () => this.late(signal));
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new ErpNotAsked(company, error) : error;
    } finally {
      clearTimeout(tooLate);
    }
  }

  /**
   * The same for what takes its place for longer: it is answered once `open` has it, and keeps the place until it has finished. Its time is its
   * signal's.
   */
  async hold<Held extends { readonly finished: Promise<unknown> }>(
    signal: AbortSignal,
    open: (signal: AbortSignal) => Promise<Held>,
  ): Promise<Held> {
    this.shedWhileFailing();
    const { promise, resolve, reject } = Promise.withResolvers<Held>();
    const late = () => this.late(signal);
    this.slots
      .execute(async () => {
        if (signal.aborted) throw late();
        const held = await this.again.execute(() => this.attempt(signal, open));
        resolve(held);
        await held.finished;
      })
      .catch((error: unknown) =>
        reject(
          error instanceof BulkheadRejectedError ? new ErpNotAsked(this.settings.company, error) : error,
        ),
      );
    return untilAborted(promise, signal, late);
  }

  /** The caller is told as soon as time is over; the place is kept until the server has really let go. */
  private async attempt<Value>(
    limited: AbortSignal,
    send: (signal: AbortSignal) => Promise<Value>,
  ): Promise<Value> {
    this.shedWhileFailing();
    let sending: Promise<Value> | undefined;
    try {
      return await this.breaker.execute(() => {
        sending = send(limited);
        return untilAborted(sending, limited, () => this.late(limited));
      });
    } catch (error) {
      throw error instanceof BrokenCircuitError ? this.shed() : error;
    } finally {
      await sending?.catch(() => undefined);
    }
  }

  private late({ reason }: AbortSignal): ErpTimeout {
    if (reason instanceof ErpTimeout) return reason;
    const overLimit =
      reason === undefined || (reason instanceof DOMException && reason.name === 'TimeoutError');
    return new ErpTimeout(this.settings.company, overLimit ? 'LIMIT' : 'CALLER', reason);
  }

  /** At once: neither in the queue behind statements that stall, nor, as the library would, until a probe is through. */
  private shedWhileFailing(): void {
    const { state } = this;
    if (state === 'PROBING' || (state === 'OPEN' && performance.now() < this.leftAloneUntil))
      throw this.shed();
  }

  private shed(): Error {
    const { company } = this.settings;
    const { lastFailure } = this.breaker;
    const cause = lastFailure && 'error' in lastFailure ? lastFailure.error : undefined;
    return cause instanceof ErpTimeout
      ? new ErpTimeout(company, 'QUEUE', cause)
      : new ErpNotAsked(company, cause);
  }

  /** What speaks against the server's health. A probe that gave no answer has not shown that it is well. */
  private counts(error: unknown): boolean {
    if (error instanceof ErpUnreachable) this.strikes.out();
    if (error instanceof ErpUnavailable) return !isDeadlock(error);
    if (!(error instanceof ErpTimeout)) return false;
    return error.outOfTime === 'LIMIT' || this.breaker.state === CircuitState.HalfOpen;
  }
}

/** Opens after several failures on end, or after one that leaves no doubt. */
class Strikes implements IBreaker {
  private readonly onEnd = new ConsecutiveBreaker(failuresOnEnd);
  private isOut = false;

  get state(): unknown {
    return this.onEnd.state;
  }

  set state(state: unknown) {
    if (typeof state === 'number') this.onEnd.state = state;
  }

  out(): void {
    this.isOut = true;
  }

  success(): void {
    this.isOut = false;
    this.onEnd.success();
  }

  failure(): boolean {
    const { isOut } = this;
    this.isOut = false;
    return this.onEnd.failure() || isOut;
  }
}
