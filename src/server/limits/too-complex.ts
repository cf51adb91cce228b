import { DomainError } from '../../errors.ts';

/** An operation that is larger than any honest one: told with the limit and what was found. */
export class TooComplex extends DomainError {
  readonly code = 'TOO_COMPLEX';
  constructor(
    readonly limit: string,
    readonly most: number,
    readonly found: number,
    what: string,
  ) {
    // What is beyond all counting is told as such.
    super(`${what}: ${Number.isFinite(found) ? found : 'too many'}, and at most ${most} are accepted`);
  }
  override get details() {
    return { limit: this.limit, most: this.most, found: Number.isFinite(this.found) ? this.found : null };
  }
}
