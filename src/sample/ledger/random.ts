import { createHash } from 'node:crypto';

/** A sequence of numbers that is the same for the same name: SHA-256 over the name and a counter. */
export class Random {
  readonly #name: string;
  #drawn = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** A whole number from 0 up to, and without, `limit` (at most a million or so: beyond, the remainder would not be even). */
  below(limit: number): number {
    return Number.parseInt(this.hex(12), 16) % limit;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** True in `percent` of a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    const chosen = from[this.below(from.length)];
    return chosen === undefined ? from[0] : chosen;
  }

  hex(digits: number): string {
    this.#drawn += 1;
    return createHash('sha256').update(`${this.#name}:${this.#drawn}`).digest('hex').slice(0, digits);
  }
}
