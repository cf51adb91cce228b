/** What ends a run: its limits of rows, size and time, and whoever asked going away; and that it reads no faster than it is read. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { silentLog } from '../../../src/log.ts';
import { ReportDatabase, ReportTooSlow } from '../../../src/crm-database/report-database.ts';
import { ErpTimeout, ErpUnavailable } from '../../../src/erp/erp-errors.ts';
import type { ErpDoor } from '../../../src/erp/guard/erp-door.ts';
import {
  SqlReportRunner,
  type RunQuestion,
  type RunTarget,
} from '../../../src/reports/sql-reports/running/sql-runner.ts';
import { createTestDatabase, type TestDatabase } from '../../arrange/postgres.ts';
import { answerOf, asked, faultOf, rowsOf } from '../../arrange/report-runs.ts';
import { until } from '../../arrange/signing-in.ts';
import { migratedTemplate } from '../../arrange/template.ts';
import { startErp, type Erp } from '../../erp/arrange-erp.ts';

let erp: Erp;
let door: ErpDoor;
let database: TestDatabase;
let crm: ReportDatabase;
let runner: SqlReportRunner;
let observer: pg.Client;
const company = () => door.companies.reach('main');

beforeAll(async () => {
  erp = await startErp();
  const digits = '(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))';
  const config = await erp.company('main', {
    fill: `CREATE TABLE dbo.digit (d int NOT NULL PRIMARY KEY); INSERT INTO dbo.digit (d) SELECT v.d FROM ${digits} AS v (d);`,
  });
  door = erp.door([config]);
  database = await createTestDatabase(migratedTemplate);
  crm = new ReportDatabase({ url: database.url, timeoutMs: 10_000, log: silentLog });
  runner = new SqlReportRunner(crm);
  observer = new pg.Client({ connectionString: database.url });
  await observer.connect();
});

afterAll(async () => {
  await runner.close();
  await crm.close();
  await observer.end();
  await database.drop();
  await erp.close();
});

/** As many rows as there are numbers of so many digits. */
const manyRows = (places: number): string => {
  const names = Array.from({ length: places }, (_, place) => `d${place}`);
  const number = names.map((name, place) => `CAST(${name}.d AS bigint) * ${10 ** place}`).join(' + ');
  const [first, ...others] = names;
  return `SELECT ${number} AS n FROM dbo.digit AS ${first} ${others.map((name) => `CROSS JOIN dbo.digit AS ${name}`).join(' ')}`;
};

/** Few of them fill what lies between the server and its reader. */
const wideRows = `SELECT n, '${'x'.repeat(2_000)}' AS filler FROM (${manyRows(6)}) AS q`;

interface Engine {
  readonly name: string;
  readonly target: () => RunTarget;
  readonly rows: (count: 1_000 | 100_000) => string;
  /** Never ends by itself, and answers no row. */
  readonly runaway: string;
  /** Begins to answer, and never ends. */
  readonly endless: string;
  /** Reports at the server just now. */
  readonly running: () => Promise<number>;
  readonly tooSlow: abstract new (...given: never[]) => Error;
}

const engines: readonly Engine[] = [
  {
    name: 'SQL Server',
    target: () => ({ on: 'ERP', company: company() }),
    rows: (count) => manyRows(Math.log10(count)),
    runaway: `SELECT COUNT_BIG(*) AS n FROM (${manyRows(8)}) AS q`,
    endless: wideRows,
    running: () => Promise.resolve(door.status()[0]?.running ?? 0),
    tooSlow: ErpTimeout,
  },
  {
    name: 'PostgreSQL',
    target: () => ({ on: 'CRM' }),
    rows: (count) => `SELECT n FROM generate_series(1, ${count}) AS n`,
    runaway:
      'SELECT count(*) AS n FROM generate_series(1, 100000000) AS a CROSS JOIN generate_series(1, 100000) AS b',
    endless: `SELECT generate_series(1, 1000000000) AS n, '${'x'.repeat(2_000)}' AS filler`,
    async running() {
      const { rows } = await observer.query(
        "SELECT FROM pg_stat_activity WHERE application_name = 'kartoteka-report' AND datname = current_database()",
      );
      return rows.length;
    },
    tooSlow: ReportTooSlow,
  },
];

describe.each(engines)('on $name', ({ target, rows, runaway, endless, running, tooSlow }) => {
  const open = (question: Pick<RunQuestion, 'sql'> & Partial<RunQuestion>) =>
    runner.open(asked({ target: target(), ...question }));
  const allGone = () => until(async () => ((await running()) === 0 ? true : undefined));

  it.each([
    [999, 999, true],
    [1_000, 1_000, false],
    [1_001, 1_000, false],
    [0, 0, true],
  ])('at most %i rows are told, and whether there were more', async (maxRows, count, truncated) => {
    const run = await open({ sql: rows(1_000), maxRows });
    expect(await rowsOf(run)).toHaveLength(count);
    expect(run.truncated()).toBe(truncated);
    await allGone();
  });

  it('no more bytes are told than there may be', async () => {
    const run = await open({
      sql: "SELECT 'żółw' AS word, n FROM (" + rows(1_000) + ') AS q',
      maxBytes: 100,
    });
    const told = await rowsOf(run);
    const bytes = told.flat().reduce((sum, cell) => sum + Buffer.byteLength(cell ?? ''), 0);
    expect(bytes).toBeLessThanOrEqual(100);
    expect(bytes).toBeGreaterThan(80);
    expect(run.truncated()).toBe(true);
    await allGone();
  });

  it('a runaway ends at its limit, at the server too', async () => {
    const fault = await faultOf(open({ sql: runaway, timeoutMs: 400 }).then(rowsOf));
    expect(fault).toBeInstanceOf(tooSlow);
    await allGone();
    expect(await answerOf(runner, { target: target(), sql: 'SELECT 1 AS one' })).toEqual([['1']]);
  });

  it('one that goes on answering ends at its limit', async () => {
    const fault = await faultOf(open({ sql: endless, timeoutMs: 800 }).then(rowsOf));
    expect(fault).toBeInstanceOf(tooSlow);
    await allGone();
  });

  it('whoever hangs up while waiting ends it at the server', async () => {
    const caller = new AbortController();
    const waiting = faultOf(open({ sql: runaway, signal: caller.signal }).then(rowsOf));
    await until(async () => ((await running()) > 0 ? true : undefined));
    caller.abort(new Error('gone'));
    await waiting;
    await allGone();
  });

  it('whoever hangs up while reading ends it at the server', async () => {
    const caller = new AbortController();
    const run = await open({ sql: endless, signal: caller.signal });
    await run.rows.next();
    caller.abort(new Error('gone'));
    await allGone();
    await faultOf(rowsOf(run));
  });

  it('whoever wants no more rows, or never any, ends it at the server', async () => {
    const run = await open({ sql: endless });
    for await (const batch of run.rows) if (batch.length > 0) break;
    const unread = await open({ sql: endless });
    await unread.rows.return();
    await allGone();
  });

  it('a slow reader holds it back, and gets every row once', async () => {
    const run = await open({ sql: rows(100_000) });
    const first = await run.rows.next();
    // Meanwhile a server that nothing held back would send all there is.
    for (let round = 0; round < 10; round += 1)
      await answerOf(runner, { target: target(), sql: `SELECT COUNT(*) AS n FROM (${rows(1_000)}) AS q` });
    // The others end a moment after they are answered.
    await until(async () => ((await running()) === 1 ? true : undefined));
    const seen = new Set((first.value ?? []).map(([cell]) => cell));
    for await (const batch of run.rows) {
      expect(batch.length).toBeLessThan(3_000);
      for (const [cell] of batch) seen.add(cell);
    }
    expect(seen.size).toBe(100_000);
    await allGone();
  });
});

describe('at the ERP', () => {
  const report = (sql: string, timeoutMs = 20_000) =>
    runner.open(asked({ target: { on: 'ERP', company: company() }, sql, timeoutMs }));

  it('three run at a time, the others wait, and cards find places', async () => {
    const three = await Promise.all([1, 2, 3].map(() => report(wideRows)));
    const fourth = report('SELECT 4 AS n').then(rowsOf);
    const late = await faultOf(report('SELECT 5 AS n', 300));
    expect(late).toBeInstanceOf(ErpTimeout);
    const { rows } = await company().askNow(
      { shape: 'one', text: 'SELECT 1 AS one', parameters: [] },
      new AbortController().signal,
    );
    expect(rows).toEqual([{ one: 1 }]);
    expect(door.status()[0]?.running).toBe(3);
    await Promise.all(three.map(({ rows: unread }) => unread.return()));
    expect(await fourth).toEqual([['4']]);
  });

  it('reports that take too long leave the breaker shut, however many', async () => {
    for (let round = 0; round < 7; round += 1) {
      const fault = await faultOf(
        report(`SELECT COUNT_BIG(*) AS n FROM (${manyRows(8)}) AS q`, 150).then(rowsOf),
      );
      expect(fault).toBeInstanceOf(ErpTimeout);
      expect((fault as ErpTimeout).code).toBe('ERP_TIMEOUT');
    }
    expect(door.status()[0]?.breaker).toBe('CLOSED');
    expect(await rowsOf(await report('SELECT 1 AS one'))).toEqual([['1']]);
  });

  it('a server that does not stop when it is told to has not answered all', async () => {
    erp.server.misbehave({ kind: 'stall', text: /AS stalled/, times: 1 });
    expect(await faultOf(report('SELECT 1 AS stalled', 200).then(rowsOf))).toBeInstanceOf(ErpTimeout);
    expect(await rowsOf(await report('SELECT 1 AS one'))).toEqual([['1']]);
  });

  it('a line that breaks in mid-row is told, and the next report has another', async () => {
    erp.server.misbehave({ kind: 'cut-in-row', row: 900, text: /AS cut/, times: 1 });
    const run = await report(`SELECT n AS cut FROM (${manyRows(4)}) AS q`);
    expect(await faultOf(rowsOf(run))).toBeInstanceOf(ErpUnavailable);
    expect(await rowsOf(await report('SELECT 1 AS one'))).toEqual([['1']]);
  });

  it('a line that breaks before the columns is tried once more', async () => {
    erp.server.misbehave({ kind: 'cut-before-first-row', text: /AS again/, times: 1 });
    expect(await rowsOf(await report('SELECT 1 AS again'))).toEqual([['1']]);
  });
});
