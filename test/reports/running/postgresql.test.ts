/** Reports on the CRM's PostgreSQL: cells without a digit lost, parameters of their types, columns as the server describes them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { silentLog } from '../../../src/log.ts';
import { ReportDatabase } from '../../../src/crm-database/report-database.ts';
import { InputRejected } from '../../../src/errors.ts';
import { SqlReportRunner } from '../../../src/reports/sql-reports/running/sql-runner.ts';
import type { RunParameter } from '../../../src/reports/sql-reports/running/value-forms.ts';
import { createTestDatabase, type TestDatabase } from '../../arrange/postgres.ts';
import { answerOf, faultOf, one } from '../../arrange/report-runs.ts';
import { migratedTemplate } from '../../arrange/template.ts';

const target = { on: 'CRM' } as const;
const ids = [1, 2, 3].map((number) => `00000000-0000-7000-8000-00000000000${number}`);

let database: TestDatabase;
let crm: ReportDatabase;
let runner: SqlReportRunner;

beforeAll(async () => {
  database = await createTestDatabase(migratedTemplate);
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`INSERT INTO card_type (id, version, created_at, created_by, updated_at, updated_by, key, name, active, branches_share_tax_id)
    SELECT id, 1, ('2026-01-0' || number || ' 10:20:30.5+01')::timestamptz, 'A', now(), 'B', 'k' || number, 'Żółć ' || number, number < 3, false
    FROM unnest('{${ids.join(',')}}'::uuid[]) WITH ORDINALITY AS given (id, number)`);
  await owner.end();
  crm = new ReportDatabase({ url: database.url, timeoutMs: 10_000, log: silentLog });
  runner = new SqlReportRunner(crm);
});

afterAll(async () => {
  await runner.close();
  await crm.close();
  await database.drop();
});

const answer = (
  sql: string,
  parameters: readonly RunParameter[] = [],
  values = new Map<string, (string | null)[]>(),
) => answerOf(runner, { target, sql, parameters, values });

describe('cells', () => {
  it.each([
    [
      '123456789012345678901234567890.0123456789::numeric(60, 10)',
      '123456789012345678901234567890.0123456789',
    ],
    ["'-0.00'::numeric", '0.00'],
    ['9223372036854775807::bigint', '9223372036854775807'],
    ['1e300::float8', `1${'0'.repeat(300)}`],
    ['0.1::float4', '0.1'],
    ['1e-7::float8', '0.0000001'],
    ['true', 'true'],
    ['NULL::int', null],
    ["DATE '2026-03-29'", '2026-03-29'],
    ["TIMESTAMP '2026-03-29 10:20:30'", '2026-03-29T10:20:30.000'],
    ["TIMESTAMPTZ '2026-03-29 10:20:30.123456+02'", '2026-03-29T08:20:30.123456Z'],
    [`'{"a": [1, "x"]}'::jsonb`, '{"a": [1, "x"]}'],
    [`ARRAY['a', NULL, 'b, "c" {d}', 'NULL']`, 'a, b, "c" {d}, NULL'],
    ["ARRAY[TIMESTAMPTZ '2026-03-29 10:20:30+02']", '2026-03-29T08:20:30.000Z'],
    ['ARRAY[]::int[]', ''],
    ["INTERVAL '90 minutes'", '01:30:00'],
  ])('of %s are exact texts', async (sql, text) => {
    expect(await answer(`SELECT ${sql} AS x`)).toEqual([[text]]);
  });

  it('of decimals are exact whatever their size', async () => {
    const decimals = fc
      .tuple(
        fc.constantFrom('', '-'),
        fc.stringMatching(/^[1-9][0-9]{0,60}$/),
        fc.stringMatching(/^[0-9]{1,40}$/),
      )
      .map(([sign, whole, fraction]) => `${sign}${whole}.${fraction}`);
    await fc.assert(
      fc.asyncProperty(fc.array(decimals, { minLength: 1, maxLength: 60 }), async (list) => {
        const rows = list
          .map((text, place) => `SELECT ${text}::numeric AS x, ${place} AS place`)
          .join(' UNION ALL ');
        const cells = (await answer(`SELECT x FROM (${rows}) AS q ORDER BY place`)).flat();
        expect(cells).toEqual(list);
      }),
      { numRuns: 20 },
    );
  });
});

describe('parameters', () => {
  it.each<[RunParameter['type'], string, string, number[]]>([
    ['TEXT', 'key = :x', 'k2', [2]],
    ['TEXT', 'id = :x', ids[2] ?? '', [3]],
    ['INTEGER', 'version = :x', '1', [1, 2, 3]],
    ['DECIMAL', 'version * 0.5 = :x', '0.5', [1, 2, 3]],
    ['DECIMAL', 'version < :x', '1.0000000001', [1, 2, 3]],
    ['BOOLEAN', 'active = :x', 'false', [3]],
    ['DATE', 'created_at::date = CAST(:x AS date) - 1', '2026-01-03', [2]],
    ['DATETIME', 'created_at = :x', '2026-01-02T09:20:30.500Z', [2]],
    ['DATE', ':x IS NULL OR created_at < :x', '2026-01-02', [1]],
  ])('of type %s are compared exactly: %s with %s', async (type, condition, value, numbers) => {
    const sql = `SELECT id FROM card_type WHERE (${condition}) AND id = ANY ('{${ids.join(',')}}') ORDER BY id`;
    const rows = await answer(sql, [one('x', type)], new Map([['x', [value]]]));
    expect(rows.flat()).toEqual(numbers.map((number) => ids[number - 1]));
  });

  it('hold several values and none', async () => {
    const list = { name: 'x', type: 'DATETIME', multiple: true } as const;
    const found = async (given: (string | null)[]) =>
      (
        await answer(
          'SELECT key FROM card_type WHERE created_at IN (:x) ORDER BY key',
          [list],
          new Map([['x', given]]),
        )
      ).flat();
    expect(await found(['2026-01-02T09:20:30.500Z', '2026-01-01T10:20:30.5+01:00'])).toEqual(['k1', 'k2']);
    expect(await found([])).toEqual([]);
  });
});

describe('describing', () => {
  const describedAs = (sql: string, parameters: readonly RunParameter[] = []) =>
    runner.describe(target, sql, parameters, new AbortController().signal);

  it('tells names and types without running the report, whatever its parameters', async () => {
    const sql = `SELECT c.code, c.created_at, count(*) AS "Ile not", max(n.created_at)::date AS day, bool_or(c.active) AS any_active,
        sum(v.number_value) AS total, jsonb_agg(n.id) AS notes, c.shared_with, c.version / (c.version - c.version) AS never
      FROM client AS c LEFT JOIN note AS n ON n.client_id = c.id LEFT JOIN feature_value AS v ON v.record_id = c.id
      WHERE c.id = :client AND c.created_at >= :since AND c.code IN (:codes) AND c.version > :least
      GROUP BY c.id ORDER BY 1`;
    const parameters = [
      one('client', 'TEXT'),
      one('since', 'DATE'),
      one('least', 'INTEGER'),
      { name: 'codes', type: 'TEXT', multiple: true } as const,
    ];
    expect((await describedAs(sql, parameters)).map(({ name, type }) => `${name} ${type}`)).toEqual([
      'code TEXT',
      'created_at DATETIME',
      'Ile not INTEGER',
      'day DATE',
      'any_active BOOLEAN',
      'total DECIMAL',
      'notes TEXT',
      'shared_with TEXT',
      'never INTEGER',
    ]);
  });

  it.each([
    ['SELECT 1, 2 AS a, 3 AS A', ['column 1 has no name: give it one with AS']],
    ['SELECT 2 AS a, 3 AS "A"', ['columns 1 and 2 are both called A']],
    ["SELECT '\\x00'::bytea AS bytes", ['bytes is of type bytea, which has no text of its own']],
    ['SELECT nothing FROM client', ['column "nothing" does not exist']],
    ['SELECT 1 AS x FROM missing', ['relation "missing" does not exist']],
  ])('refuses %s with the reasons', async (sql, messages) => {
    const fault = await faultOf(describedAs(sql));
    expect(fault).toBeInstanceOf(InputRejected);
    expect((fault as InputRejected).problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining(messages),
    );
  });

  it('tells a fault of the query itself, when it is run, as one of the query', async () => {
    const fault = await faultOf(answer('SELECT version / (version - version) AS x FROM card_type'));
    expect((fault as InputRejected).problems).toEqual([
      {
        path: 'sql',
        code: 'SQL_FAILED',
        message: 'the database refuses the report with these values: SQL error 22012',
      },
    ]);
  });
});
