/**
 * Tells whoever waits at the end of the feed that it has grown, once for all of them: the sequencer's rounds ring it, on every service
 * of the database, as each hears of every commit. A notice that was lost is made up for by the sequencer's own clock.
 */
import type { RunQuery } from '../crm-database/run-query.ts';
import type { Sequencer } from './sequencer.ts';

interface Waiting {
  readonly beyond: bigint;
  readonly go: () => void;
}

export class FeedBell {
  private known = 0n;
  private readonly waiting = new Set<Waiting>();
  private looking: Promise<void> | undefined;
  private lookAgain = false;

  constructor(
    private readonly run: RunQuery,
    sequencer: Pick<Sequencer, 'onRound'>,
  ) {
    sequencer.onRound(() => {
      // Nobody waits: nobody need be told.
      if (this.waiting.size > 0) void this.look().catch(() => undefined);
    });
  }

  /** The last position that there is. */
  async end(): Promise<bigint> {
    await this.look();
    return this.known;
  }

  /** Comes when there is a position beyond that one, or the signal aborts. */
  async beyond(position: bigint, signal: AbortSignal): Promise<void> {
    if (this.known > position || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const waiting = { beyond: position, go: () => resolve(undefined) };
    this.waiting.add(waiting);
    signal.addEventListener('abort', waiting.go, { once: true });
    // What came before anybody waited has rung for nobody.
    void this.look().catch(() => undefined);
    await promise;
    signal.removeEventListener('abort', waiting.go);
    this.waiting.delete(waiting);
  }

  private look(): Promise<void> {
    if (this.looking) {
      // What is being read may be older than what rang.
      this.lookAgain = true;
      return this.looking;
    }
    this.looking = this.read().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async read(): Promise<void> {
    do {
      this.lookAgain = false;
      const [row] = await this.run<{ last: string | null }>({
        name: 'changes end',
        text: 'SELECT max(position) AS "last" FROM change',
        values: [],
      });
      const last = BigInt(row?.last ?? 0);
      if (last > this.known) this.known = last;
      for (const { beyond, go } of this.waiting) if (this.known > beyond) go();
    } while (this.lookAgain);
  }
}
