/** The database of reporting tools: turns for each caller, waiting that counts, statements that end with those who asked. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import { ReportDatabase, ReportTooSlow } from '../../src/crm-database/report-database.ts';
import { Turns } from '../../src/crm-database/turns.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';
import { until } from '../arrange/signing-in.ts';

const never = new AbortController().signal;
const sleep = (seconds: number) => ({ name: '', text: 'SELECT pg_sleep($1)', values: [seconds] });
const one = { name: '', text: 'SELECT 1 AS one', values: [] };

let database: TestDatabase;
let observer: pg.Client;
let reports: ReportDatabase;

const open = (timeoutMs: number) =>
  (reports = new ReportDatabase({ url: database.url, timeoutMs, log: silentLog }));

beforeEach(async () => {
  database = await createTestDatabase();
  observer = new pg.Client({ connectionString: database.url });
  await observer.connect();
});
afterEach(async () => {
  await reports.close();
  await observer.end();
  await database.drop();
});

const asleep = async (): Promise<number> => {
  const { rows } = await observer.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE application_name = 'kartoteka-report' AND state = 'active' AND query LIKE '%pg_sleep%'`,
  );
  return rows[0]?.count ?? 0;
};
const asleepAre = (count: number) => until(async () => ((await asleep()) === count ? true : undefined));

describe('a statement', () => {
  it('reads, and writes nothing', async () => {
    const run = open(10_000).of({ id: 'a', signal: never });
    expect(await run(one)).toEqual([{ one: 1 }]);
    await expect(run({ name: '', text: 'CREATE TABLE x ()', values: [] })).rejects.toThrow('read-only');
  });

  it('that takes too long ends at the server, and is told to be too much', async () => {
    const run = open(2_000).of({ id: 'a', signal: never });
    const fault: unknown = await run(sleep(60)).catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(ReportTooSlow);
    expect((fault as ReportTooSlow).details).toEqual({ limit: 'time', most: 2 });
    await asleepAre(0);
    expect(await run(one)).toEqual([{ one: 1 }]);
  });

  it('ends at the server as soon as nobody waits for it', async () => {
    const caller = new AbortController();
    const run = open(60_000).of({ id: 'a', signal: caller.signal });
    const asked = run(sleep(60)).catch((error: unknown) => error);
    await asleepAre(1);
    caller.abort(new Error('gone'));
    expect(await asked).toEqual(new Error('gone'));
    await asleepAre(0);
  });
});

describe('a caller', () => {
  it('has three connections, and leaves others theirs; waiting counts as running', async () => {
    open(4_000);
    const mine = reports.of({ id: 'a', signal: never });
    const all = Array.from({ length: 5 }, () => mine(sleep(60)).catch((error: unknown) => error));
    await asleepAre(3);
    expect(await reports.of({ id: 'b', signal: never })(one)).toEqual([{ one: 1 }]);
    expect(await asleep()).toBe(3);
    for (const fault of await Promise.all(all)) expect(fault).toBeInstanceOf(ReportTooSlow);
  });
});

describe('turns', () => {
  it('are taken in the order of coming, and passed on by those who left for good', async () => {
    open(1_000);
    const turns = new Turns(1);
    const order: number[] = [];
    const first = await turns.enter('x', never);
    const tired = new AbortController();
    const second = turns.enter('x', tired.signal).catch((fault: unknown) => fault);
    const others = [3, 4].map(async (number) => {
      const leave = await turns.enter('x', never);
      order.push(number);
      leave();
      leave();
    });
    const elsewhere = await turns.enter('y', never);
    tired.abort(new Error('tired'));
    expect(await second).toEqual(new Error('tired'));
    first();
    await Promise.all(others);
    elsewhere();
    expect(order).toEqual([3, 4]);
    const again = await turns.enter('x', never);
    again();
  });
});
