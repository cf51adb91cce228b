/** What connections hold prepared is bounded: one that holds much is replaced, and nobody notices. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { ReadDatabase } from '../../src/crm-database/read-database.ts';
import { silentLog } from '../../src/log.ts';
import { nameOf, nameOfRepeated } from '../../src/reads/statement-names.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';
import { until } from '../arrange/signing-in.ts';

let database: TestDatabase;
let reads: ReadDatabase;
let looking: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  reads = new ReadDatabase({ url: database.url, statementTimeoutMs: 10_000, log: silentLog });
  looking = new pg.Client({ connectionString: database.url });
  await looking.connect();
});
afterAll(async () => {
  await reads.close();
  await looking.end();
  await database.drop();
});

async function connections(): Promise<number[]> {
  const { rows } = await looking.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kartoteka-read' ORDER BY pid",
  );
  return rows.map(({ pid }) => pid);
}

const ask = (number: number): Promise<{ n: number; pid: number }[]> => {
  const text = `SELECT $1::int AS n, pg_backend_pid() AS pid /* ${String(number).padStart(10_000, '.')} */`;
  return reads.run({ name: nameOf(text), text, values: [number] });
};

it('replaces connections that have prepared much, while statements run on them, and answers each', async () => {
  await Promise.all([1, 2, 3].map(ask));
  const first = await connections();
  expect(first).toHaveLength(3);
  const numbers = Array.from({ length: 300 }, (_, number) => number);
  const answers = await Promise.all(numbers.map(ask));
  expect(answers.map(([row]) => row?.n)).toEqual(numbers);
  await until(async () => {
    const now = await connections();
    return now.length === 3 && !now.some((pid) => first.includes(pid)) ? now : undefined;
  });
});

it('keeps connections that are asked the same again and again', async () => {
  await Promise.all([1, 2, 3].map(ask));
  const before = await connections();
  for (let time = 0; time < 100; time += 1) await Promise.all([1, 2, 3].map(ask));
  expect(await connections()).toEqual(before);
});

it('keeps a connection whose statement the server does not understand, and opens no other', async () => {
  await Promise.all([1, 2, 3].map(ask));
  const before = await connections();
  for (let time = 0; time < 9; time += 1)
    await expect(reads.run({ name: '', text: 'SELECT 1 AS n', values: ['too many'] })).rejects.toMatchObject({
      code: '08P01',
    });
  expect(await connections()).toEqual(before);
});

it('prepares a long statement when it is asked for again', () => {
  const text = 'SELECT a statement of this test alone';
  expect(nameOfRepeated(text)).toBe('');
  expect(nameOfRepeated(text)).toBe(nameOf(text));
});
