/**
 * Follows the feed for one reader: tells what comes after a position, change by change, and waits at its end. It reads a page at a time and
 * only when the last one has been taken, so that a slow reader costs nothing but its place: what it has not taken stays in the database.
 */
import { InputRejected } from '../errors.ts';
import type { Actor } from '../request.ts';
import { keyOf } from '../values/record-id.ts';
import type { ChangeFeed, ChangeRow } from './change-feed.reader.ts';
import type { FeedBell } from './feed-bell.ts';
import type { RecordType } from './record-type.ts';

export interface FollowQuestion {
  readonly after?: string | null | undefined;
  readonly recordTypes?: readonly RecordType[] | null | undefined;
  readonly clientId?: string | null | undefined;
}

/** Ends at once when it is returned, also while it waits. */
export interface Following extends AsyncIterableIterator<ChangeRow, undefined> {
  return(): Promise<IteratorResult<ChangeRow, undefined>>;
  throw(fault: unknown): Promise<IteratorResult<ChangeRow, undefined>>;
}

const pageSize = 100;

export class Follower {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly bell: FeedBell,
  ) {}

  /**
   * Which cards are seen is asked anew for each page. Throws InputRejected for a cursor of another list or beyond the
   * end, and for a card's id that is none.
   */
  async follow(
    { after, recordTypes, clientId }: FollowQuestion,
    actor: Actor,
    signal: AbortSignal,
  ): Promise<Following> {
    const clientKey = clientId == null ? undefined : keyOf('client', clientId, 'clientId');
    const end = await this.bell.end();
    const begin = after == null ? end : this.feed.positionOf(after);
    if (begin > end) throw beyondTheEnd();
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const changes = this.changes(begin, { recordTypes, clientKey }, actor, either);
    const following: Following = {
      next: () => changes.next(),
      throw: (fault) => changes.throw(fault),
      // A generator that waits would wait on.
      return: () => {
        over.abort();
        return changes.return(undefined);
      },
      [Symbol.asyncIterator]: () => following,
    };
    return following;
  }

  private async *changes(
    begin: bigint,
    question: {
      readonly recordTypes: readonly RecordType[] | null | undefined;
      readonly clientKey: string | undefined;
    },
    actor: Actor,
    signal: AbortSignal,
  ): AsyncGenerator<ChangeRow, undefined> {
    let after = begin;
    while (!signal.aborted) {
      // Read before the page: what is numbered in between is told by the next one.
      const end = await this.bell.end();
      const rows = await this.feed.following({
        ...question,
        after,
        until: end,
        size: pageSize,
        actor,
      });
      for (const row of rows) {
        if (signal.aborted) return undefined;
        yield row;
        after = BigInt(row.position);
      }
      if (rows.length === pageSize) continue;
      if (end > after) after = end;
      await this.bell.beyond(after, signal);
    }
    return undefined;
  }
}

const beyondTheEnd = (): InputRejected =>
  new InputRejected([{ path: 'after', code: 'CURSOR', message: 'is beyond the end of the feed' }]);
