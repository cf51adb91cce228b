/** The wall behind the check: what hostile texts can do on PostgreSQL when nobody looks at them first, which is no harm. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import pg from 'pg';
import { silentLog } from '../../../src/log.ts';
import { createDataSource, migrate } from '../../../src/crm-database/data-source.ts';
import { ReportDatabase, ReportTooSlow } from '../../../src/crm-database/report-database.ts';
import { crmReportTables } from '../../../src/crm-database/report-role.ts';
import { ReportRoleMissing } from '../../../src/crm-database/report-stream.ts';
import { InputRejected } from '../../../src/errors.ts';
import { SqlReportRunner } from '../../../src/reports/sql-reports/running/sql-runner.ts';
import { hostileSql } from '../../arrange/hostile-sql.ts';
import { createTestDatabase, type TestDatabase } from '../../arrange/postgres.ts';
import { answerOf, faultOf, type Cells } from '../../arrange/report-runs.ts';
import { until } from '../../arrange/signing-in.ts';
import { migratedTemplate } from '../../arrange/template.ts';

const target = { on: 'CRM' } as const;
const user = '00000000-0000-7000-8000-000000000001';

let database: TestDatabase;
let owner: pg.Client;
let crm: ReportDatabase;
let runner: SqlReportRunner;

beforeAll(async () => {
  database = await createTestDatabase(migratedTemplate);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await owner.query(`
    INSERT INTO user_account (id, name, email, active, issuer, subject) VALUES ('${user}', 'Anna', 'a@example.com', true, 'i', 'a secret subject');
    INSERT INTO api_key (id, version, created_at, created_by, updated_at, updated_by, name, prefix, hash, permissions, maker_id, expires_at)
      VALUES ('${user}', 1, now(), 'A', now(), 'A', 'k', 'a secret prefix', decode(repeat('ab', 32), 'hex'), '{}', '${user}', now());
    INSERT INTO installation_secret VALUES ('x', 'a secret value', now());
    CREATE TABLE victim (id int); INSERT INTO victim VALUES (1);
    CREATE SEQUENCE numbers`);
  crm = new ReportDatabase({ url: database.url, timeoutMs: 5_000, log: silentLog });
  runner = new SqlReportRunner(crm);
});

afterAll(async () => {
  await runner.close();
  await crm.close();
  await owner.end();
  await database.drop();
});

/** Of everything that a report could have changed: rows, relations, functions, rights, large objects, sequences, locks, settings. */
async function state(): Promise<unknown> {
  const { rows } = await owner.query<{ state: unknown }>(`
    SELECT jsonb_build_object(
      'rows', (SELECT jsonb_object_agg(relname, (xpath('/row/c/text()',
          query_to_xml(format('SELECT count(*) AS c FROM public.%I', relname), false, true, '')))[1]::text)
        FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace),
      'relations', (SELECT jsonb_agg(jsonb_build_array(relname, relacl) ORDER BY oid) FROM pg_class WHERE oid > 16383),
      'functions', (SELECT jsonb_agg(proname ORDER BY oid) FROM pg_proc WHERE oid > 16383),
      'objects', (SELECT count(*) FROM pg_largeobject_metadata),
      'numbers', (SELECT jsonb_build_array(last_value, is_called) FROM numbers),
      'settings', (SELECT jsonb_agg(setconfig) FROM pg_db_role_setting),
      'roles', (SELECT jsonb_agg(jsonb_build_array(rolname, rolsuper, rolcanlogin) ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'kartoteka%'),
      'locks', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
    ) AS state`);
  return rows[0]?.state;
}

/** What a text answers; with what words it is refused does not matter here, as long as it is told to be the text's fault. */
async function attempt(sql: string): Promise<readonly Cells[]> {
  try {
    return await answerOf(runner, { target, sql, timeoutMs: 700, maxRows: 10_000, maxBytes: 5_000_000 });
  } catch (fault) {
    if (fault instanceof InputRejected || fault instanceof ReportTooSlow || fault instanceof pg.DatabaseError)
      return [];
    throw fault;
  }
}

const attacks: readonly (readonly [string, string])[] = [
  ...hostileSql
    .filter(({ engine, parameters }) => engine === 'POSTGRESQL' && parameters.length === 0)
    .map(({ name, text }) => [name, text] as const),
  [
    'a role undone in mid-query',
    "SELECT set_config('role', 'none', false) AS a, query_to_xml('SELECT * FROM api_key', true, true, '') AS b",
  ],
  [
    'a session undone in mid-query',
    "SELECT set_config('session_authorization', 'default', false) AS a, table_to_xml('installation_secret', true, true, '') AS b",
  ],
  [
    'a transaction made to write',
    "SELECT set_config('transaction_read_only', 'off', false) AS a, nextval('numbers') AS b",
  ],
  ['a second statement', 'SELECT 1 AS a; DROP TABLE victim'],
  ['an ended cursor statement', 'SELECT 1 AS a; COMMIT; DELETE FROM victim; BEGIN'],
  ['a writing common table', 'WITH gone AS (DELETE FROM victim RETURNING id) SELECT id FROM gone'],
  ['rows locked', 'SELECT id FROM client FOR UPDATE'],
  ['keys', 'SELECT prefix AS a FROM api_key'],
  ['secrets', "SELECT convert_from(value, 'UTF8') AS a FROM installation_secret"],
  ['whom the login knows', 'SELECT subject AS a FROM user_account'],
  ['a whole row of users', 'SELECT u::text AS a FROM user_account AS u'],
  [
    'text run by a function',
    "SELECT query_to_xml('SELECT subject FROM user_account', true, true, '')::text AS a",
  ],
  ['statistics of secrets', 'SELECT most_common_vals::text AS a FROM pg_stats'],
  ['passwords', 'SELECT rolpassword AS a FROM pg_authid'],
  ['a file', "SELECT pg_read_file('PG_VERSION') AS a"],
  ['a folder', "SELECT pg_ls_dir('.') AS a"],
  ['a large object', "SELECT lo_from_bytea(0, 'x') AS a"],
  ['a file into an object', "SELECT lo_import('/etc/hostname') AS a"],
  ['a sequence', "SELECT nextval('numbers') AS a"],
  ['a lock that stays', 'SELECT pg_advisory_lock(7423901) IS NULL AS a'],
  [
    'others ended',
    `SELECT pg_terminate_backend(pid) AS a FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  ],
];

describe('without the check', () => {
  it.each(attacks)('does no harm: %s', async (_name, sql) => {
    const before = await state();
    const cells = (await attempt(sql)).flat().join('\n');
    expect(cells).not.toMatch(/a secret|abababab|6120736563726574|^root:|SCRAM-SHA/m);
    expect(cells).not.toContain('postgresql.conf');
    // A cancelled session lets go of what it held a moment after its caller has heard of the end.
    const after = await until(async () => {
      const now = await state();
      return isDeepStrictEqual(now, before) ? now : undefined;
    });
    expect(after).toEqual(before);
  });

  it('leaves nothing running', async () => {
    const { rows } = await owner.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'kartoteka-report' AND state = 'active'",
    );
    expect(rows).toEqual([]);
  });

  it('is asked as many texts as there are', () => {
    expect(attacks.length).toBeGreaterThan(60);
  });
});

describe('the role', () => {
  it('reads what is listed, and only that', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'v', 'm') AND relnamespace = 'public'::regnamespace
         AND has_any_column_privilege('kartoteka_report', oid, 'SELECT')`,
    );
    expect(rows.map(({ name }) => name).sort()).toEqual(
      [...crmReportTables].filter((name) => !name.includes('.')).sort(),
    );
    expect(await answerOf(runner, { target, sql: 'SELECT name FROM user_account' })).toContainEqual(['Anna']);
  });

  it('is made once by databases that start together, and whoever starts anew changes nothing', async () => {
    const names = await Promise.all([1, 2, 3, 4].map(() => createTestDatabase()));
    const sources = await Promise.all(names.map(({ url }) => createDataSource(url, []).initialize()));
    await Promise.all(sources.map(migrate));
    await Promise.all(sources.map(migrate));
    await Promise.all(sources.map((source) => source.destroy()));
    const others = names.map(({ url }) => new ReportDatabase({ url, timeoutMs: 5_000, log: silentLog }));
    for (const other of others)
      expect(
        await answerOf(new SqlReportRunner(other), { target, sql: 'SELECT count(*) AS n FROM client' }),
      ).toEqual([['0']]);
    await Promise.all(others.map((other) => other.close()));
    await Promise.all(names.map(({ drop }) => drop()));
  });

  it('that the login could not make is told, with what an administrator can do; and when he has, reports run', async () => {
    const login = `poor_${randomBytes(6).toString('hex')}`;
    const own = await createTestDatabase();
    const url = new URL(own.url);
    await owner.query(`CREATE ROLE ${login} LOGIN PASSWORD 'poor'`);
    await owner.query(`ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${login}`);
    Object.assign(url, { username: login, password: 'poor' });
    const source = await createDataSource(url.href, []).initialize();
    const poor = new ReportDatabase({ url: url.href, timeoutMs: 5_000, log: silentLog });
    const ask = () =>
      answerOf(new SqlReportRunner(poor), { target, sql: 'SELECT count(*) AS n FROM client' });
    try {
      await migrate(source);
      const fault = await faultOf(ask());
      expect(fault).toBeInstanceOf(ReportRoleMissing);
      expect(fault.message).toContain('CREATE ROLE kartoteka_report');
      await owner.query(`GRANT kartoteka_report TO ${login}`);
      expect(await ask()).toEqual([['0']]);
    } finally {
      await source.destroy();
      await poor.close();
      await own.drop();
      await owner.query(`DROP ROLE ${login}`);
    }
  });
});
