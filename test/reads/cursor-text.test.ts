/** A cursor made in SQL is the very text that the service makes of the same values. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { cursorText } from '../../src/reads/plans/cursor-text.ts';
import { encodeCursor } from '../../src/values/page.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';

let database: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  database = await createTestDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const term = (sql: string) =>
  ({ sql, type: 'text', nullable: true, direction: 'ASC', nullsFirst: false, joined: false }) as const;

async function inSql(list: string, values: readonly (string | null)[]): Promise<string | undefined> {
  const text = cursorText(
    list,
    values.map((_, place) => term(`t.v${place}`)),
  );
  const columns = values.map((_, place) => `$${place + 1}::text AS v${place}`).join(', ');
  const { rows } = await client.query<{ cursor: string }>(
    `SELECT ${text} AS cursor FROM (SELECT ${columns}) t`,
    [...values],
  );
  return rows[0]?.cursor;
}

it.each([
  ['signs that base64 has in two alphabets', ['???>>>~~~', 'ÿÿÿ', 'Łódź 🦊']],
  ['what JSON escapes', ['"quoted" \\ back', 'a\nb\tc\u0001\u007f\u2028']],
  ['no value', [null, '', null]],
  ['longer than a line of base64', ['x'.repeat(500), 'ż'.repeat(500)]],
])('tells %s', async (_what, values) => {
  expect(await inSql("client:SHORT_NAME ASC'", values)).toBe(encodeCursor("client:SHORT_NAME ASC'", values));
});

it('tells whatever a column can hold', async () => {
  const cell = fc.option(
    fc
      .string({ unit: 'grapheme', maxLength: 30 })
      .filter((text) => text.isWellFormed() && !text.includes('\0')),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 4 }), async (values) => {
      expect(await inSql('a', values)).toBe(encodeCursor('a', values));
    }),
    { numRuns: 200 },
  );
});
