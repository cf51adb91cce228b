/** How long a request may take, and the signal that tells the rooms it is over. */
import type { ServerResponse } from 'node:http';

/** The reason of an aborted request's signal. */
export class RequestOver extends Error {
  constructor(readonly why: 'CALLER_GONE' | 'TIME_LIMIT') {
    super(why === 'TIME_LIMIT' ? "the request's time was over" : 'the caller hung up');
  }
}

export interface RequestLifetime {
  /** Aborts with a RequestOver when the caller hangs up or the time limit is reached. */
  readonly signal: AbortSignal;
  /** Rejects with a RequestOver when even the time granted for a partial answer has passed. */
  readonly overdue: Promise<never>;
  /** The time limit counts anew from the end of `over`, which must not reject. */
  pauseUntil(over: Promise<void>): void;
  end(): void;
}

/**
 * At `limitMs` the signal aborts, so that unfinished fields become errors and the rest is still answered; only work that
 * ignores the signal for another `graceMs` makes the request overdue.
 */
export function startLifetime(response: ServerResponse, limitMs: number, graceMs: number): RequestLifetime {
  const controller = new AbortController();
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  // Nobody may be waiting any more when it rejects.
  overdue.catch(() => undefined);
  let ended = false;
  const begin = (): NodeJS.Timeout =>
    setTimeout(() => {
      const over = new RequestOver('TIME_LIMIT');
      controller.abort(over);
      timer = setTimeout(() => reject(over), graceMs);
    }, limitMs);
  let timer = begin();
  const end = (): void => {
    ended = true;
    clearTimeout(timer);
  };
  const hungUp = (): void => {
    end();
    if (response.writableFinished) return;
    const over = new RequestOver('CALLER_GONE');
    controller.abort(over);
    reject(over);
  };
  response.once('close', hungUp);
  return {
    signal: controller.signal,
    overdue,
    pauseUntil: (over) => {
      clearTimeout(timer);
      void over.then(() => {
        if (!ended) timer = begin();
      });
    },
    end,
  };
}
