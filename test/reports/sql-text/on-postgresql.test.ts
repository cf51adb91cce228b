/** What the check and the binding promise for PostgreSQL, held against PostgreSQL itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { bindReportSql } from '../../../src/reports/sql-reports/sql-text/bind.ts';
import { checkReportSql } from '../../../src/reports/sql-reports/sql-text/check.ts';
import { hostileSql } from '../../arrange/hostile-sql.ts';
import { honestSql } from '../../arrange/honest-sql.ts';
import { createTestDatabase } from '../../arrange/postgres.ts';
import type { TestDatabase } from '../../arrange/postgres.ts';

let database: TestDatabase;
let connection: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  connection = new pg.Client({ connectionString: database.url });
  await connection.connect();
  await connection.query(`
    CREATE TABLE client (id int, a int, b int, name text, kind text, data jsonb, tags text[], n int, client_id int, made_on date);
    CREATE TABLE note (LIKE client);
    CREATE TABLE api_key (id int, a int, digest text);
    CREATE FUNCTION evil(value int) RETURNS int LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
    CREATE TABLE item (id int, name text, key uuid, day date);
    INSERT INTO item VALUES (1, 'a', '00000000-0000-0000-0000-000000000001', '2024-01-01'),
      (2, 'b', '00000000-0000-0000-0000-000000000002', '2024-01-02'), (3, NULL, NULL, NULL)`);
});

afterAll(async () => {
  await connection.end();
  await database.drop();
});

const parameters = [{ name: 'k', multiple: true }];

async function idsWhere(condition: string, given: readonly (string | null)[]): Promise<number[]> {
  const values = new Map([['k', given]]);
  const { text, places } = bindReportSql(
    `SELECT id FROM item WHERE ${condition} ORDER BY id`,
    'POSTGRESQL',
    parameters,
    values,
  );
  const answer = await connection.query<{ id: number }>(
    text,
    places.map(({ place }) => given[place] ?? null),
  );
  return answer.rows.map(({ id }) => id);
}

describe('lists of values', () => {
  const second = { id: '2', name: 'b', key: '00000000-0000-0000-0000-000000000002', day: '2024-01-02' };

  it.each(Object.entries(second))('are compared with %s whatever its type', async (column, value) => {
    expect(await idsWhere(`${column} IN (:k)`, [value])).toEqual([2]);
    expect(await idsWhere(`${column} NOT IN (:k) OR ${column} IS NULL`, [value, value])).toEqual([1, 3]);
    expect(await idsWhere(`${column} IN (:k)`, [])).toEqual([]);
    expect(await idsWhere(`${column} NOT IN (:k)`, [])).toEqual([1, 2, 3]);
  });

  it('hold nothing when they are empty, also under NOT, in CASE and in aggregates', async () => {
    expect(await idsWhere('NOT (name IN (:k))', [])).toEqual([1, 2, 3]);
    expect(await idsWhere('NOT name NOT IN (:k)', [])).toEqual([]);
    expect(await idsWhere("CASE WHEN name IN (:k) THEN 'in' ELSE 'out' END = 'out'", [])).toEqual([1, 2, 3]);
    expect(
      await idsWhere('id = 1 + (SELECT sum(CASE WHEN id IN (:k) THEN 1 ELSE 0 END) FROM item)', []),
    ).toEqual([1]);
  });

  it('leave NULL out', async () => {
    expect(await idsWhere('name IN (:k)', [null, 'a'])).toEqual([1]);
    expect(await idsWhere('name NOT IN (:k)', [null, 'a'])).toEqual([2]);
    expect(await idsWhere('name NOT IN (:k)', [null])).toEqual([1, 2, 3]);
  });
});

it.each(honestSql.filter(({ engine }) => engine === 'POSTGRESQL'))(
  'PostgreSQL understands $name',
  async (row) => {
    const values = new Map(row.parameters.map(({ name }) => [name, ['1', '2'].slice(0, 1)] as const));
    const { text } = bindReportSql(row.text, 'POSTGRESQL', row.parameters, values);
    const told = await connection.query(`PREPARE report AS ${text}`).then(
      () => connection.query('DEALLOCATE report').then(() => 'understood'),
      (error: unknown) => (error instanceof pg.DatabaseError ? error.code : String(error)),
    );
    // Without the report's tables PostgreSQL stops where it looks names up, which is after it has understood the text.
    expect(['understood', '42P01', '42703', '42883', '42804', '42P18']).toContain(told);
  },
);

const pieces = [...hostileSql, ...honestSql]
  .filter(({ engine }) => engine === 'POSTGRESQL')
  .map(({ text }) => text.match(/'(?:[^']|'')*'|"[^"]*"|\w+|\s+|[^]/gu) ?? []);
const seeds =
  `evil(a) | evil(1) | evil | client.evil | api_key | FROM api_key | , api_key | "api_key" | JOIN api_key ON true | ( | ) | , | AS | a | (a)
  | FROM client | FROM note | WITH | SELECT | * | ON (a) | DISTINCT | ONLY | LATERAL | JOIN | USING (a) | VALUES | OVER | . | (1) | UNION
  | ROWS FROM | time | first | IS DISTINCT FROM | GROUP BY | AS x(a) | x(a) | :: | '1' | TABLE | GROUPING SETS | FILTER (WHERE true)
  | EXTRACT(year FROM made_on) | TRIM(FROM name) | CASE WHEN true THEN | END | ARRAY[ | ] | [ | : | CAST( | interval | (SELECT 1)
  | WITH ORDINALITY | TABLE api_key | FOR UPDATE`.split(/\s*\|\s*/u);

/** A text of the collections with a few pieces put in, taken out, or taken from another. */
const mutated = fc
  .tuple(
    fc.constantFrom(...pieces),
    fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 0.999, noNaN: true }),
        drop: fc.integer({ min: 0, max: 2 }),
        add: fc.oneof(
          fc.constantFrom(...seeds).map((seed) => [seed]),
          fc
            .tuple(fc.constantFrom(...pieces), fc.nat(200), fc.integer({ min: 1, max: 8 }))
            .map(([from, start, count]) => from.slice(start % from.length, (start % from.length) + count)),
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) => {
    const parts = [...text];
    for (const { at, drop, add } of edits)
      parts.splice(Math.floor(at * parts.length), drop, ' ', ...add, ' ');
    return parts
      .join('')
      .replace(/(?<!:):[a-z]\w*/gu, '1')
      .replace(/\b(?:contact|task|deal|stage|entry|client_feature)\b/gu, 'note');
  });

/** Every relation that a plan reads, and every function that it could not have by itself. */
async function reachedBy(text: string): Promise<string[]> {
  const answer = await connection
    .query<{ 'QUERY PLAN': unknown }>(`EXPLAIN (VERBOSE, FORMAT JSON) ${text.replace(/;\s*$/u, '')}`)
    .catch(() => null);
  const plan = JSON.stringify(answer?.rows ?? []);
  const relations = [...plan.matchAll(/"Relation Name":"([^"]+)"/gu)].map(([, name]) => name ?? '');
  const calls = [...plan.matchAll(/\b(evil|pg_\w+|nextval|dblink|lo_\w+)\(/gu)].map(([, name]) => name ?? '');
  const writes = [...plan.matchAll(/"Node Type":"(ModifyTable|LockRows)"/gu)].map(([, type]) => type ?? '');
  return [...relations, ...calls, ...writes];
}

it('PostgreSQL reads, calls and locks nothing else in texts that pass', async () => {
  const tables = new Set(['client', 'note']);
  const rules = { engine: 'POSTGRESQL', parameters: [], tables } as const;
  const texts = fc
    .sample(mutated, { numRuns: 6_000, seed: 7 })
    .filter((text) => checkReportSql(text, rules).length === 0);
  const reached = new Set<string>();
  for (const text of texts) for (const one of await reachedBy(text)) reached.add(one);
  expect([...reached].sort()).toEqual(['client', 'note']);
});
