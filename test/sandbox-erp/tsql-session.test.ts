import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import type { EngineSession, ResultSink, SqlValue } from '../../src/sandbox-erp/engine.ts';
import { arrangeEngine, askOf, faultOf, parameter, postgresUrl } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;
let one: EngineSession;
let other: EngineSession;

beforeAll(async () => {
  sandbox = await arrangeEngine({ readOnlyUsers: ['reader'] });
  await sandbox.engine.installScript(
    sandbox.database,
    'CREATE TABLE dbo.box (id int NOT NULL PRIMARY KEY, n int NOT NULL)',
  );
});

afterAll(() => sandbox.close());

beforeEach(async () => {
  await sandbox.ask('DELETE FROM dbo.box; INSERT INTO dbo.box VALUES (1, 10), (2, 20)');
  [one, other] = await Promise.all([sandbox.open(), sandbox.open()]);
});

afterEach(() => Promise.all([one.close(), other.close()]));

async function rowsOf(session: EngineSession, text: string): Promise<unknown> {
  return (await askOf(session, text))[0]?.rows;
}

it('fails the statement of whoever cannot take a row, and goes on', async () => {
  const sink: ResultSink = {
    columns: () => undefined,
    row: () => {
      throw new SqlServerError(8152, 'too long');
    },
    done: () => undefined,
  };
  const { signal } = new AbortController();
  const running = one.run({ text: 'SELECT id FROM dbo.box', parameters: [] }, sink, signal);

  expect(await faultOf(running)).toEqual({ number: 8152, message: 'too long' });
  expect(await rowsOf(one, 'SELECT n FROM dbo.box WHERE id = 1')).toEqual([['10']]);
});

interface Told {
  readonly kind: 'columns' | 'row' | 'done';
  readonly value: unknown;
}

function recorder(told: Told[]): ResultSink {
  return {
    columns: (columns) => told.push({ kind: 'columns', value: columns.map((column) => column.name) }),
    row: (values) => told.push({ kind: 'row', value: values }),
    done: (count) => told.push({ kind: 'done', value: count }),
  };
}

describe('a batch', () => {
  it('gives every statement its own answer, in order, with and without semicolons', async () => {
    const told: Told[] = [];
    const text =
      'SELECT 1 AS a SELECT 2 AS b; UPDATE dbo.box SET n = n + 1 DELETE FROM dbo.box WHERE id = 2 SELECT n FROM dbo.box';
    await one.run({ text, parameters: [] }, recorder(told), new AbortController().signal);
    expect(told.map(({ kind, value }) => [kind, value])).toEqual([
      ['columns', ['a']],
      ['row', ['1']],
      ['done', 1],
      ['columns', ['b']],
      ['row', ['2']],
      ['done', 1],
      ['done', 2],
      ['done', 1],
      ['columns', ['n']],
      ['row', ['11']],
      ['done', 1],
    ]);
  });

  it('tells no counts under NOCOUNT, but knows them', async () => {
    const told: Told[] = [];
    const text = 'SET NOCOUNT ON; UPDATE dbo.box SET n = 0; SELECT @@ROWCOUNT';
    await one.run({ text, parameters: [] }, recorder(told), new AbortController().signal);
    expect(told.filter(({ kind }) => kind !== 'columns').map(({ value }) => value)).toEqual([
      null,
      ['2'],
      null,
    ]);
  });

  it('accepts what drivers set when they connect', async () => {
    const settings = `set ansi_nulls on\nset ansi_null_dflt_on on\nset ansi_padding on\nset ansi_warnings on\nset arithabort on
set concat_null_yields_null on\nset cursor_close_on_commit off\nset datefirst 7\nset dateformat mdy\nset implicit_transactions off
set language us_english\nset numeric_roundabort off\nset quoted_identifier on\nset textsize 2147483647
set transaction isolation level read committed\nset xact_abort off`;
    expect(
      await rowsOf(one, `${settings}\nSET LOCK_TIMEOUT 5000; SET DEADLOCK_PRIORITY LOW; SELECT 1`),
    ).toEqual([['1']]);
  });

  it('has variables', async () => {
    const text = `
      DECLARE @a int = 2, @b decimal(9,2), @c varchar(3) = 'abcdef'
      SET @b = @a * 1.5
      SELECT @a = n FROM dbo.box WHERE id = 2
      SELECT @a, @b, @c, @p`;
    const [answer] = await askOf(one, text, [parameter('@P', { name: 'int' }, '9')]);
    expect(answer?.rows).toEqual([['20', '3.00', 'abc', '9']]);
    expect((await faultOf(askOf(one, 'SELECT @a'))).number).toBe(137);
  });

  it('goes one way or the other at an IF', async () => {
    const text = `
      IF EXISTS (SELECT 1 FROM dbo.box WHERE n > 15) BEGIN SELECT 'big' AS t; SELECT 2 END ELSE SELECT 'small'
      IF OBJECT_ID('dbo.missing', 'U') IS NOT NULL DROP TABLE dbo.missing
      IF 1 = 2 SELECT 3 ELSE IF 1 = 1 SELECT 4`;
    expect((await askOf(one, text)).map((answer) => answer.rows)).toEqual([[['big']], [['2']], [['4']]]);
  });

  it('ends at its first error', async () => {
    expect((await faultOf(askOf(one, 'SELECT 1 / 0; DELETE FROM dbo.box'))).number).toBe(8134);
    expect(await rowsOf(one, 'SELECT COUNT(*), @@ERROR FROM dbo.box')).toEqual([['2', '8134']]);
  });

  it('stays in its database', async () => {
    expect(await askOf(one, `USE [${sandbox.database}]; PRINT 'ignored'`)).toEqual([]);
    expect((await faultOf(askOf(one, 'USE elsewhere'))).number).toBe(40000);
    expect((await faultOf(sandbox.engine.open({ user: 'sa', database: 'nowhere' }))).number).toBe(4060);
  });
});

describe('a transaction', () => {
  it('is seen by others once it is committed, and not before', async () => {
    await askOf(one, 'BEGIN TRAN; UPDATE dbo.box SET n = 99 WHERE id = 1');
    expect(await rowsOf(other, 'SELECT n FROM dbo.box WHERE id = 1')).toEqual([['10']]);
    await askOf(one, 'COMMIT TRANSACTION');
    expect(await rowsOf(other, 'SELECT n FROM dbo.box WHERE id = 1')).toEqual([['99']]);
  });

  it('counts how deep it is, and ends whole at a ROLLBACK', async () => {
    await one.begin();
    await askOf(one, 'BEGIN TRANSACTION; DELETE FROM dbo.box');
    expect(one.transactionDepth).toBe(2);
    expect(await rowsOf(one, 'SELECT @@TRANCOUNT')).toEqual([['2']]);
    await one.rollback();
    expect(await rowsOf(one, 'SELECT @@TRANCOUNT, COUNT(*) FROM dbo.box')).toEqual([['0', '2']]);
    expect((await faultOf(one.commit())).number).toBe(3902);
    expect((await faultOf(askOf(one, 'ROLLBACK'))).number).toBe(3903);
  });

  it('outlives a statement that failed', async () => {
    await askOf(one, 'BEGIN TRAN; UPDATE dbo.box SET n = 11 WHERE id = 1');
    expect((await faultOf(askOf(one, 'INSERT INTO dbo.box VALUES (1, 1)'))).number).toBe(2627);
    await askOf(one, 'COMMIT');
    expect(await rowsOf(other, 'SELECT n FROM dbo.box WHERE id = 1')).toEqual([['11']]);
  });

  it('does not outlive one under XACT_ABORT, nor a conversion that failed', async () => {
    for (const text of [
      'SET XACT_ABORT ON; BEGIN TRAN; DELETE FROM dbo.box; SELECT 1 / 0',
      "SET XACT_ABORT OFF; BEGIN TRAN; DELETE FROM dbo.box; SELECT CAST('x' AS int)",
    ]) {
      await faultOf(askOf(one, text));
      expect(one.transactionDepth).toBe(0);
    }
    expect(await rowsOf(one, 'SELECT COUNT(*) FROM dbo.box')).toEqual([['2']]);
  });

  it('waits no longer for a lock than LOCK_TIMEOUT, then is error 1222 and goes on', async () => {
    await askOf(one, 'BEGIN TRAN; UPDATE dbo.box SET n = 1 WHERE id = 1');
    await askOf(other, 'SET LOCK_TIMEOUT 50; BEGIN TRAN');
    expect((await faultOf(askOf(other, 'UPDATE dbo.box SET n = 2 WHERE id = 1'))).number).toBe(1222);
    expect(await rowsOf(other, 'SELECT @@TRANCOUNT, @@LOCK_TIMEOUT')).toEqual([['1', '50']]);
    await askOf(other, 'ROLLBACK');
    expect((await faultOf(askOf(other, 'UPDATE dbo.box SET n = 2 WHERE id = 1'))).number).toBe(1222);
  });

  it('is chosen as the victim of a deadlock, and is gone then', async () => {
    await askOf(one, 'BEGIN TRAN; UPDATE dbo.box SET n = 1 WHERE id = 1');
    await askOf(other, 'BEGIN TRAN; UPDATE dbo.box SET n = 2 WHERE id = 2');
    const ends = await Promise.allSettled([
      askOf(one, 'UPDATE dbo.box SET n = 1 WHERE id = 2'),
      askOf(other, 'UPDATE dbo.box SET n = 2 WHERE id = 1'),
    ]);
    const [victim, ...more] = ends.filter((end) => end.status === 'rejected');
    expect(victim?.reason).toMatchObject({ number: 1205, severity: 13 });
    expect(more).toEqual([]);
    expect([one.transactionDepth, other.transactionDepth].toSorted()).toEqual([0, 1]);
  });

  it('of SNAPSHOT isolation sees one state throughout', async () => {
    await askOf(one, 'SET TRANSACTION ISOLATION LEVEL SNAPSHOT; BEGIN TRAN; SELECT COUNT(*) FROM dbo.box');
    await askOf(other, 'INSERT INTO dbo.box VALUES (3, 30)');
    expect(await rowsOf(one, 'SELECT COUNT(*) FROM dbo.box')).toEqual([['2']]);
  });

  it('is rolled back by a reset, which restores the settings as well', async () => {
    await askOf(one, 'SET NOCOUNT ON; SET LOCK_TIMEOUT 7; BEGIN TRAN; DELETE FROM dbo.box');
    await one.reset();
    expect(await rowsOf(one, 'SELECT @@TRANCOUNT, @@LOCK_TIMEOUT, COUNT(*) FROM dbo.box')).toEqual([
      ['0', '-1', '2'],
    ]);
  });
});

/** When PostgreSQL is at a WAITFOR of this database's. */
async function sandboxIsWaiting(): Promise<void> {
  const client = new pg.Client({ connectionString: postgresUrl() });
  await client.connect();
  try {
    const database = `tsql_${sandbox.database}`;
    const text = `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND state = 'active' AND query LIKE 'SELECT pg_sleep%'`;
    while ((await client.query(text, [database])).rowCount === 0);
  } finally {
    await client.end();
  }
}

describe('a cancelled batch', () => {
  it('stops at once with the reason, and the session goes on', async () => {
    const attention = new AbortController();
    const reason = new Error('attention');
    const running = askOf(one, "WAITFOR DELAY '00:00:15'; SELECT 1", [], attention.signal);
    await sandboxIsWaiting();
    attention.abort(reason);
    await expect(running).rejects.toBe(reason);
    expect(await rowsOf(one, 'SELECT 5')).toEqual([['5']]);
  });

  it('keeps its transaction', async () => {
    await askOf(one, 'BEGIN TRAN; UPDATE dbo.box SET n = 5 WHERE id = 1');
    const attention = new AbortController();
    const running = askOf(one, "WAITFOR DELAY '00:00:15'", [], attention.signal);
    await sandboxIsWaiting();
    attention.abort(new Error('attention'));
    await expect(running).rejects.toThrow('attention');
    await askOf(one, 'COMMIT');
    expect(await rowsOf(other, 'SELECT n FROM dbo.box WHERE id = 1')).toEqual([['5']]);
  });

  it('is not begun when it was cancelled before', async () => {
    const reason = new Error('too late');
    await expect(askOf(one, 'DELETE FROM dbo.box', [], AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await rowsOf(one, 'SELECT COUNT(*) FROM dbo.box')).toEqual([['2']]);
  });
});

describe('a big answer', () => {
  it('waits for whoever takes it, and comes whole', async () => {
    const digits = '(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
    const text = `SELECT a.n FROM ${digits} AS a(n) CROSS JOIN ${digits} AS b(n) CROSS JOIN ${digits} AS c(n) CROSS JOIN ${digits} AS d(n) CROSS JOIN ${digits} AS e(n)`;
    let rows = 0;
    let waits = 0;
    const sink: ResultSink = {
      columns: () => undefined,
      row: (values: readonly SqlValue[]) => {
        rows += values.length;
      },
      done: () => undefined,
      ready: async () => {
        waits += 1;
        await Promise.resolve();
      },
    };
    await one.run({ text, parameters: [] }, sink, new AbortController().signal);
    expect(rows).toBe(100_000);
    expect(waits).toBeGreaterThan(10);
  });
});

describe('a big answer that nobody takes', () => {
  it('is cancelled all the same', async () => {
    const attention = new AbortController();
    const reason = new Error('attention');
    const digits = '(VALUES (0),(1),(2),(3),(4),(5),(6),(7),(8),(9))';
    const crossed = Array.from({ length: 7 }, (_, at) => `${digits} AS d${at}(n)`).join(' CROSS JOIN ');
    const sink: ResultSink = {
      columns: () => undefined,
      row: () => undefined,
      done: () => undefined,
      ready: () => {
        attention.abort(reason);
        return new Promise(() => undefined);
      },
    };
    const batch = { text: `SELECT d0.n FROM ${crossed}`, parameters: [] };
    await expect(one.run(batch, sink, attention.signal)).rejects.toBe(reason);
    expect(await rowsOf(one, 'SELECT 5')).toEqual([['5']]);
  });
});

describe('a login that may only read', () => {
  it('reads, and is refused everything else with error 229', async () => {
    const reader = await sandbox.open('reader');
    expect(
      await rowsOf(reader, "SELECT COUNT(*), HAS_PERMS_BY_NAME('dbo.box', 'OBJECT', 'INSERT') FROM dbo.box"),
    ).toEqual([['2', '0']]);
    for (const text of [
      'DELETE FROM dbo.box',
      'INSERT INTO dbo.box VALUES (3, 3)',
      'CREATE TABLE dbo.mine (id int)',
    ])
      expect((await faultOf(askOf(reader, text))).number).toBe(229);
    expect(await rowsOf(reader, 'SELECT SUSER_SNAME()')).toEqual([['reader']]);
    await reader.close();
  });
});
