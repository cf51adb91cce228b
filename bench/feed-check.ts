/**
 * Writes and reads the feed of changes at the same time, by all the services of one database, and compares: every reader must
 * have met every committed change exactly once, in one and the same order, in which no record's versions change places.
 */
import { feedFaults } from './feed-faults.ts';
import { FeedReader, type FeedProgress } from './feed-readers.ts';
import { FeedSubscriber } from './feed-subscribers.ts';
import { makeRecords, prepare, writeByApi, writeBySql, writeLate, type FeedWork } from './feed-writers.ts';
import { databaseUrl, makeDataDir, startService } from './service.ts';
import type { SoakCheck } from './soak-harness.ts';

export interface FeedPlace {
  /** Where each of the services is asked. */
  readonly urls: readonly string[];
  readonly databaseUrl: string;
}

export interface FeedFinding {
  readonly changes: number;
  /** How often readers were killed. */
  readonly kills: number;
  /** Transactions that committed after later changes had been read. */
  readonly late: number;
  /** What is not as promised, in words; empty when all is well. */
  readonly faults: readonly string[];
}

const hotRecords = 5;
const writersByApi = 4;
/** They take far longer than those by SQL. */
const shareByApi = 0.2;
const writersBySql = 4;
const lateWriters = 3;
/** So many changes pass each reader before a late transaction commits. */
const hold = 40;
/** A reader at the end of the feed waits for so many commits, so that it does not take the writers' time. */
const pause = 40;

export const feedCheck: SoakCheck = {
  name: 'feed',
  what: 'two services, writers of all kinds, transactions committing late, readers who ask and readers who subscribe, killed: each meets every change once, in one order',
  unit: 'commits',
  count: 100_000,
  run: async (count, workplace) => {
    const settings = { ERP_COMPANIES: '[]' };
    const keeper = await startService(workplace, { dataDir: await makeDataDir(workplace), settings });
    const database = await databaseUrl(keeper);
    const other = await startService(workplace, {
      dataDir: await makeDataDir(workplace),
      settings: { ...settings, DATABASE_URL: database },
    });
    const place = { urls: [keeper.url, other.url], databaseUrl: database };
    const { changes, kills, late, faults } = await writeAndReadFeed(place, count);
    await other.stop();
    await keeper.stop();
    const found = `${changes} changes met once by each reader; ${kills} kills, ${late} late commits`;
    return {
      passed: faults.length === 0,
      found: faults.length === 0 ? found : faults.slice(0, 3).join('; '),
    };
  },
};

/** The database must be a fresh one. */
export async function writeAndReadFeed(place: FeedPlace, commits: number): Promise<FeedFinding> {
  const readers = [
    new FeedReader(place.urls, null, 0),
    new FeedReader(place.urls, null, 1),
    new FeedReader(place.urls, ['CLIENT', 'CONTACT'], 2),
    new FeedSubscriber(place.urls, null, 0),
    new FeedSubscriber(place.urls, ['CLIENT', 'CONTACT'], 1),
  ];
  const work = new Work(place, commits, readers);
  await prepare(work, place.urls[0] ?? '');
  const records = await makeRecords(place.databaseUrl, hotRecords + lateWriters);
  const late = Array.from({ length: lateWriters }, (_, index) =>
    writeLate(work, records[hotRecords + index] ?? '', hold),
  );
  const writing = Promise.all([
    ...Array.from({ length: writersByApi }, () => writeByApi(work)),
    ...Array.from({ length: writersBySql }, (_, seed) =>
      writeBySql(work, records.slice(0, hotRecords), seed),
    ),
  ]).then(() => work.finishOthers());
  const written = Promise.all([writing, ...late]).then(() => work.finish());
  await Promise.all([written, ...readers.map((reader) => reader.readAll(work))]);
  return {
    changes: work.committed.size,
    kills: readers.reduce((sum, { kills }) => sum + kills, 0),
    late: work.late,
    faults: feedFaults(work.committed, readers),
  };
}

interface Waiting {
  readonly condition: () => boolean;
  readonly go: () => void;
}

class Work implements FeedWork, FeedProgress {
  readonly urls: readonly string[];
  readonly databaseUrl: string;
  readonly committed = new Set<string>();
  late = 0;
  private readonly readers: readonly (FeedReader | FeedSubscriber)[];
  isOver = false;
  private readonly left: { api: number; sql: number };
  private waiting: Waiting[] = [];
  private othersAreDone = false;

  constructor(
    { urls, databaseUrl }: FeedPlace,
    commits: number,
    readers: readonly (FeedReader | FeedSubscriber)[],
  ) {
    this.readers = readers;
    this.urls = urls;
    this.databaseUrl = databaseUrl;
    const byApi = Math.ceil(commits * shareByApi);
    this.left = { api: byApi, sql: commits - byApi };
  }

  take(by: 'api' | 'sql'): boolean {
    this.left[by] -= 1;
    return this.left[by] >= 0;
  }

  done(changes: readonly string[]): void {
    for (const change of changes) this.committed.add(change);
    this.letGo();
  }

  untilReadersPass(changes: number): Promise<void> {
    const before = this.met();
    return this.until(() => {
      const passed = this.met().every((met, index) => met >= (before[index] ?? 0) + changes);
      if (passed) this.late += 1;
      return passed || this.othersAreDone;
    });
  }

  untilMoreIsCommitted(): Promise<void> {
    const before = this.committed.size;
    return this.until(() => this.committed.size >= before + pause || this.isOver);
  }

  finishOthers(): void {
    this.othersAreDone = true;
    this.letGo();
  }

  finish(): void {
    this.isOver = true;
    this.letGo();
  }

  letGo(): void {
    const gone = this.waiting.filter(({ condition }) => condition());
    this.waiting = this.waiting.filter((one) => !gone.includes(one));
    for (const { go } of gone) go();
  }

  private until(condition: () => boolean): Promise<void> {
    return new Promise((go) => {
      this.waiting.push({ condition, go });
      this.letGo();
    });
  }

  /** By those who read everything. */
  private met(): readonly number[] {
    return this.readers.filter(({ recordTypes }) => recordTypes === null).map(({ met }) => met.length);
  }
}
