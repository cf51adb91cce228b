/**
 * What becomes of refused sign-ins: each is in the log by its reason, and in the change log by reason and address, but there only so
 * many a minute for one address and for all together, or whoever has no key could fill the database. What was left out is counted, and
 * told in one line when the minute is over. What is shown is never written down, nor a part of it.
 */
import type { Log } from '../../log.ts';
import type { Refused } from './refused.ts';

/** A refused sign-in as the change log tells it. */
export interface Told {
  readonly by?: { readonly key: string; readonly name: string };
  readonly told: Readonly<Record<string, string>>;
}

interface RefusalsOptions {
  readonly write: (refused: Told) => Promise<void>;
  readonly log: Log;
  /** For whoever slows down those who try often. */
  readonly onRefused?: ((address: string) => void) | undefined;
  readonly minuteMs?: number;
}

const mostOfOneAddress = 5;
const mostTogether = 60;

interface Minute {
  readonly written: Map<string, number>;
  together: number;
  leftOut: number;
  readonly end: NodeJS.Timeout;
}

export class Refusals {
  private minute: Minute | undefined;
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly options: RefusalsOptions) {}

  note({ reason, knownAs }: Refused, address: string, requestId: string): void {
    const { log, onRefused } = this.options;
    log.info({ requestId, reason }, 'sign-in refused');
    onRefused?.(address);
    const minute = (this.minute ??= this.begin());
    const before = minute.written.get(address) ?? 0;
    if (before >= mostOfOneAddress || minute.together >= mostTogether) {
      minute.leftOut += 1;
      return;
    }
    minute.written.set(address, before + 1);
    minute.together += 1;
    const by = knownAs && { by: { key: knownAs.userKey, name: knownAs.name } };
    this.write({ ...by, told: { reason, address } });
  }

  /** Ends the minute, and waits for what is being written. */
  async close(): Promise<void> {
    this.end();
    await Promise.all(this.underWay);
  }

  private begin(): Minute {
    const end = setTimeout(() => this.end(), this.options.minuteMs ?? 60_000).unref();
    return { written: new Map(), together: 0, leftOut: 0, end };
  }

  private end(): void {
    const { minute } = this;
    if (!minute) return;
    clearTimeout(minute.end);
    this.minute = undefined;
    if (minute.leftOut > 0)
      this.write({ told: { reason: 'MORE_LIKE_THESE', count: String(minute.leftOut) } });
  }

  /** Not waited for: whoever is refused learns it at once. */
  private write(refused: Told): void {
    const writing = this.options
      .write(refused)
      .catch(() => this.options.log.error({}, 'a refused sign-in could not be written down'))
      .finally(() => this.underWay.delete(writing));
    this.underWay.add(writing);
  }
}
