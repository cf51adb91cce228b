/** What the door tells of itself, for figures: counted here, shown elsewhere. Never a value, only the shape of what was asked. */

/** shed: never sent. left: nobody waited for it any more. fault: this service's own. */
export type StatementOutcome =
  'answered' | 'timeout' | 'unavailable' | 'contract' | 'shed' | 'left' | 'fault';

/** fresh and stale came from what was kept; joined waited for the same question under way. */
type Lookup = 'fresh' | 'stale' | 'joined' | 'asked';

interface StatementFacts {
  readonly company: string;
  readonly shape: string;
  readonly outcome: StatementOutcome;
  readonly rows: number;
  /** From being asked to being answered, waiting for a connection included. */
  readonly ms: number;
}

export interface DoorMeter {
  statement(facts: StatementFacts): void;
  lookup(company: string, lookup: Lookup): void;
  retried(company: string): void;
}

export const noMeter: DoorMeter = {
  statement: () => undefined,
  lookup: () => undefined,
  retried: () => undefined,
};

/** CLOSED lets statements through; OPEN none; PROBING one, to see whether the server is back. */
export type BreakerState = 'CLOSED' | 'OPEN' | 'PROBING';

export interface DoorStatus {
  readonly company: string;
  readonly breaker: BreakerState;
  /** Statements that wait for a place. */
  readonly queued: number;
  /** Statements at the server, or on their way. */
  readonly running: number;
  readonly openConnections: number;
  readonly idleConnections: number;
}
