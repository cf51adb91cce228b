/**
 * Identical questions asked while one of them is under way are asked once. Each waiter leaves when its own signal aborts; the
 * work is told to stop when the last one has left, and whoever comes after that begins anew.
 */
import { untilAborted } from '../until-aborted.ts';

interface Flight<Value> {
  readonly work: Promise<Value>;
  readonly landing: AbortController;
  waiting: number;
}

export class SingleFlight<Value> {
  private readonly flights = new Map<string, Flight<Value>>();

  has(key: string): boolean {
    return this.flights.has(key);
  }

  /** `start` gets the signal that aborts when nobody waits any more; `left` makes the error of a waiter who leaves. */
  async join(
    key: string,
    signal: AbortSignal,
    start: (signal: AbortSignal) => Promise<Value>,
    left: () => Error,
  ): Promise<Value> {
    if (signal.aborted) throw left();
    const flight = this.flights.get(key) ?? this.begin(key, start);
    flight.waiting += 1;
    try {
      return await untilAborted(flight.work, signal, left);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) this.end(key, flight);
    }
  }

  private begin(key: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
    const landing = new AbortController();
    const flight: Flight<Value> = { work: start(landing.signal), landing, waiting: 0 };
    this.flights.set(key, flight);
    // What is done is no longer under way, even while those who waited have yet to be told.
    const land = () => this.forget(key, flight);
    flight.work.then(land, land);
    return flight;
  }

  private end(key: string, flight: Flight<Value>): void {
    this.forget(key, flight);
    flight.landing.abort(new Error('nobody waits for it any more'));
  }

  private forget(key: string, flight: Flight<Value>): void {
    if (this.flights.get(key) === flight) this.flights.delete(key);
  }
}
