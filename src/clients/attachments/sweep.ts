/**
 * Removes bytes that no record tells of: of uploads that were cut off by a crash, or whose transaction came to nothing. Only
 * what is older than a safe age is looked at, and whether a record tells of it is asked while no transaction can be about to
 * (bytes-lock.ts). At the start and from time to time; never more than a batch at once, so that nobody waits for long.
 */
import type { DataSource } from 'typeorm';
import type { Log } from '../../log.ts';
import type { Storage } from '../../storage/storage.ts';
import { keepWritersAway } from './bytes-lock.ts';
import { ownerPrefix } from './storage-owner.ts';

const batchSize = 100;
const shortestPauseMs = 1_000;
const longestPauseMs = 3_600_000;

interface SweepParts {
  readonly dataSource: DataSource;
  readonly storage: Storage;
  readonly log: Log;
  /** Bytes younger than this are left alone. */
  readonly safeAgeMs: number;
}

export class Sweep {
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SweepParts) {}

  /** Begins at once, and goes on until `stop`. */
  start(): void {
    this.running = this.runOnce();
  }

  /** Waits for the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  /** One round over all that is stored. Answers how many files were removed. */
  async sweep(): Promise<number> {
    const { storage, safeAgeMs } = this.parts;
    const before = new Date(Date.now() - safeAgeMs);
    let removed = await storage.deleteUnfinished(before);
    let batch: string[] = [];
    for await (const { key, writtenAt } of storage.list()) {
      if (this.stopping.signal.aborted) return removed;
      if (writtenAt < before && !key.startsWith(ownerPrefix)) batch.push(key);
      if (batch.length < batchSize) continue;
      removed += await this.removeUnknown(batch);
      batch = [];
    }
    return removed + (await this.removeUnknown(batch));
  }

  private async runOnce(): Promise<void> {
    const { log, safeAgeMs } = this.parts;
    try {
      const removed = await this.sweep();
      if (removed > 0) log.info({ removed }, 'stored bytes without a record removed');
    } catch (fault) {
      log.warn(
        { fault: fault instanceof Error ? fault.message : String(fault) },
        'sweep of stored bytes put off',
      );
    }
    if (this.stopping.signal.aborted) return;
    const pause = Math.min(Math.max(safeAgeMs, shortestPauseMs), longestPauseMs);
    this.timer = setTimeout(() => this.start(), pause).unref();
  }

  /** First a look that disturbs nobody: nearly all that is stored is known. */
  private async removeUnknown(keys: readonly string[]): Promise<number> {
    const { dataSource, storage } = this.parts;
    const suspects = await unknownOf(dataSource, keys);
    if (suspects.length === 0) return 0;
    return dataSource.transaction(async (manager) => {
      await keepWritersAway(manager);
      const unknown = await unknownOf(manager, suspects);
      for (const key of unknown) await storage.delete(key);
      return unknown.length;
    });
  }
}

async function unknownOf(
  database: Pick<DataSource, 'query'>,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const rows = await database.query<{ key: string }[]>(
    'SELECT key FROM unnest($1::text[]) AS key WHERE NOT EXISTS (SELECT FROM attachment_revision r WHERE r.id::text = key)',
    [keys],
  );
  return rows.map(({ key }) => key);
}
