import { DomainError } from '../../errors.ts';

/** Whoever asks too often, or shows too many credentials that will not do: told with the limit, and when to ask again. */
export class RateLimited extends DomainError {
  readonly code = 'RATE_LIMITED';
  /** Whole seconds, never none. */
  readonly retryAfter: number;
  constructor(
    readonly limit: 'rate' | 'signIns',
    readonly most: number,
    waitMs: number,
  ) {
    const retryAfter = Math.max(1, Math.ceil(waitMs / 1_000));
    const what = limit === 'rate' ? `${most} points` : `${most} refused sign-ins from one address`;
    super(`more than ${what} a minute: ask again in ${retryAfter} s`);
    this.retryAfter = retryAfter;
  }
  override get details() {
    return { limit: this.limit, most: this.most, retryAfter: this.retryAfter };
  }
}
