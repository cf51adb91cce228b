import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ReadDatabase } from '../../src/crm-database/read-database.ts';
import { createTestDatabase } from '../arrange/postgres.ts';
import { migratedTemplate } from '../arrange/template.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let administrator: pg.Client;
let reads: ReadDatabase;

beforeAll(async () => {
  database = await createTestDatabase(migratedTemplate);
  administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
});
afterAll(async () => {
  await administrator.end();
  await database.drop();
});
beforeEach(() => {
  reads = new ReadDatabase({ url: database.url, statementTimeoutMs: 300, log: silent });
});
afterEach(() => reads.close());

const ask = <Row>(text: string, values: readonly unknown[] = [], name = ''): Promise<Row[]> =>
  reads.run<Row>({ name, text, values });
const add = (number: number): Promise<{ sum: number }[]> =>
  ask('SELECT $1::int + 1 AS sum', [number], 'addition');

/** The server processes of the connections that read. */
const readers = async (): Promise<number[]> => {
  const text = "SELECT pid FROM pg_stat_activity WHERE application_name = 'kartoteka-read' AND datname = $1";
  const { rows } = await administrator.query<{ pid: number }>(text, [administrator.database]);
  return rows.map(({ pid }) => pid);
};
const endAll = async (): Promise<void> => {
  const pids = await readers();
  expect(pids.length).toBeGreaterThan(0);
  await administrator.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [pids]);
};
const sums = (count: number): Promise<{ sum: number }[][]> =>
  Promise.all(Array.from({ length: count }, (_, index) => add(index)));
const expectedSums = (count: number) => Array.from({ length: count }, (_, index) => [{ sum: index + 1 }]);

describe('after its connections were cut', () => {
  it('answers what is asked then', async () => {
    expect(await sums(9)).toEqual(expectedSums(9));
    for (let round = 0; round < 3; round += 1) {
      await endAll();
      expect(await sums(9)).toEqual(expectedSums(9));
    }
  });

  it('answers what was running', async () => {
    await sums(3);
    const slow = Promise.all(
      [1, 2, 3].map((number) => ask('SELECT pg_sleep(0.1), $1::int AS number', [number])),
    );
    const waiting = sums(30);
    await endAll();
    expect(await slow).toMatchObject([[{ number: 1 }], [{ number: 2 }], [{ number: 3 }]]);
    expect(await waiting).toEqual(expectedSums(30));
  });

  it('keeps to as many connections as before', async () => {
    await sums(9);
    await endAll();
    await sums(50);
    expect((await readers()).length).toBeLessThanOrEqual(3);
  });
});

describe('a statement that fails', () => {
  it('for taking too long fails alone', async () => {
    const tooLong = ask('SELECT pg_sleep(5)');
    const others = sums(30);
    await expect(tooLong).rejects.toMatchObject({ code: '57014' });
    expect(await others).toEqual(expectedSums(30));
  });

  it('fails alone among those on the same connection, as often as it is asked', async () => {
    const wrong = () => ask('SELECT $1::int / 0', [1], 'division');
    const results = await Promise.allSettled([...Array.from({ length: 12 }, wrong), sums(12)]);
    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 12 }, () => 'rejected'),
      'fulfilled',
    ]);
  });

  it('for not being SQL does not spoil its name', async () => {
    const text = 'SELECT later FROM not_yet';
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => ask(text, [], 'not-yet')));
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    await administrator.query('CREATE TABLE not_yet (later int)');
    expect(await ask(text, [], 'not-yet')).toEqual([]);
  });
});

describe('it only reads', () => {
  it.each([
    "INSERT INTO user_account VALUES (gen_random_uuid(), 'x', NULL, true)",
    'DELETE FROM client',
    'CREATE TABLE x (y int)',
  ])('and refuses %s', async (text) => {
    await expect(ask(text)).rejects.toMatchObject({ code: '25006' });
  });

  it('whatever options its address brings along, which hold too', async () => {
    const url = new URL(database.url);
    url.searchParams.set('options', '-c TimeZone=Europe/Warsaw -c work_mem=5MB');
    const other = new ReadDatabase({ url: url.href, statementTimeoutMs: 1_000, log: silent });
    try {
      const text = `SELECT current_setting('work_mem') AS memory, current_setting('TimeZone') AS zone,
        current_setting('default_transaction_read_only') AS only, '2026-07-01T00:00:00.5+02:00'::timestamptz AS instant`;
      expect(await other.run({ name: '', text, values: [] })).toEqual([
        { memory: '5MB', zone: 'UTC', only: 'on', instant: '2026-06-30T22:00:00.500Z' },
      ]);
    } finally {
      await other.close();
    }
  });
});

it('gives instants, days and exact numbers as text, and integers as numbers', async () => {
  const text = `SELECT '2026-03-29T02:30:00+01:00'::timestamptz AS instant, '2026-02-28'::date AS day,
    99999999999.9999::numeric AS amount, 9007199254740993::bigint AS big, 7::int AS small, NULL::date AS none`;
  expect(await ask(text)).toEqual([
    {
      instant: '2026-03-29T01:30:00.000Z',
      day: '2026-02-28',
      amount: '99999999999.9999',
      big: '9007199254740993',
      small: 7,
      none: null,
    },
  ]);
});

it('fails at once when the server cannot be reached, and works when it can', async () => {
  const elsewhere = new URL(database.url);
  elsewhere.port = '1';
  const unreachable = new ReadDatabase({ url: elsewhere.href, statementTimeoutMs: 300, log: silent });
  await expect(unreachable.run({ name: '', text: 'SELECT 1', values: [] })).rejects.toThrow('ECONNREFUSED');
  await unreachable.close();
});
