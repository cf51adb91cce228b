/**
 * Readers for the check of the feed. Each keeps nothing but what it has dealt with and the cursor of the last of it, and is
 * killed again and again: in the middle of a page, or while its question is under way. It then goes on from that cursor, at another service.
 */
import type { MetBy, MetChange } from './feed-faults.ts';
import { bare, post } from './feed-writers.ts';

const query = `query ($after: String, $first: Int, $recordTypes: [RecordType!]) {
  changes(after: $after, first: $first, recordTypes: $recordTypes) {
    edges { cursor node { position recordType recordId version } } pageInfo { hasNextPage }
  }
}`;

interface FeedPage {
  readonly changes: {
    readonly edges: readonly {
      readonly cursor: string;
      readonly node: {
        readonly position: string;
        readonly recordType: string;
        readonly recordId: string;
        readonly version: number;
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean };
  };
}

export interface FeedProgress {
  /** Whether all that is to be written has been committed. */
  readonly isOver: boolean;
  untilMoreIsCommitted(): Promise<void>;
  /** Looks who has waited for what has been read now. */
  letGo(): void;
}

export class FeedReader implements MetBy {
  /** In the order in which they were dealt with. */
  readonly met: MetChange[] = [];
  kills = 0;
  readonly recordTypes: readonly string[] | null;
  private readonly urls: readonly string[];
  private cursor: string | null = null;
  private turn: number;

  constructor(urls: readonly string[], recordTypes: readonly string[] | null, seed: number) {
    this.urls = urls;
    this.recordTypes = recordTypes;
    this.turn = seed;
  }

  /** Reads until a page is empty that was asked for when writing was over. */
  async readAll(progress: FeedProgress): Promise<void> {
    for (;;) {
      this.turn += 1;
      const { isOver } = progress;
      const page = await this.ask();
      if (page === undefined) continue;
      const { edges, pageInfo } = page.changes;
      this.dealWith(edges);
      progress.letGo();
      if (isOver && edges.length === 0) return;
      if (!isOver && !pageInfo.hasNextPage) await progress.untilMoreIsCommitted();
    }
  }

  private async ask(): Promise<FeedPage | undefined> {
    const url = this.urls[(this.turn + this.kills) % this.urls.length] ?? '';
    const variables = {
      after: this.cursor,
      first: 1 + ((this.turn * 37) % 200),
      recordTypes: this.recordTypes,
    };
    if (this.turn % 11 !== 0) return post<FeedPage>(url, query, variables);
    this.kills += 1;
    const killed = new AbortController();
    const asked = post<FeedPage>(url, query, variables, killed.signal).catch((fault: unknown) => {
      if (!killed.signal.aborted) throw fault;
    });
    setImmediate(() => killed.abort());
    await asked;
    return undefined;
  }

  private dealWith(edges: FeedPage['changes']['edges']): void {
    const killedAfter = this.turn % 5 === 0 ? this.turn % 20 : edges.length;
    if (killedAfter < edges.length) this.kills += 1;
    for (const { cursor, node } of edges.slice(0, killedAfter)) {
      const { recordId, version, recordType, position } = node;
      this.met.push({ change: `${bare(recordId)}:${version}`, recordType, position });
      this.cursor = cursor;
    }
  }
}
