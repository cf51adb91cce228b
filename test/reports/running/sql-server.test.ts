/** Reports on a company's SQL Server: cells without a digit lost, parameters of their types, columns as the server describes them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { silentLog } from '../../../src/log.ts';
import { InputRejected } from '../../../src/errors.ts';
import { ReportDatabase } from '../../../src/crm-database/report-database.ts';
import { SqlReportRunner, type RunTarget } from '../../../src/reports/sql-reports/running/sql-runner.ts';
import type { RunParameter } from '../../../src/reports/sql-reports/running/value-forms.ts';
import { answerOf, faultOf, one } from '../../arrange/report-runs.ts';
import { startErp, type Erp } from '../../erp/arrange-erp.ts';

let erp: Erp;
let crm: ReportDatabase;
let runner: SqlReportRunner;
let target: RunTarget;

beforeAll(async () => {
  erp = await startErp();
  const config = await erp.company('main', {
    fill: `CREATE TABLE dbo.item (id int NOT NULL PRIMARY KEY, name nvarchar(40) NULL, amount decimal(19, 4) NULL, huge decimal(38, 4) NULL,
        paid money NULL, at datetime NULL, day date NULL, open_now bit NULL, big bigint NULL, ratio float NULL, small real NULL,
        key_of uniqueidentifier NULL, precise datetime2(7) NULL, code char(4) NULL, hour time(3) NULL, bytes varbinary(8) NULL);
      INSERT INTO dbo.item (id, name, amount, huge, paid, at, day, open_now, big, ratio, small, key_of, precise, code, hour, bytes) VALUES
        (1, N'Żółć', 12345.6789, 12345678901.2345, -0.0100, '2026-03-29T10:20:30.123', '2026-03-29', 1, 9223372036854775807, 1e300, 0.1,
          'ABCDEF00-0000-4000-8000-000000000001', '2026-03-29T10:20:30.123456', 'AB', '23:59:58.5', 0x01),
        (2, NULL, -0.0001, 123456789012345678.1234, NULL, NULL, NULL, 0, -9223372036854775808, 0.1, -2.5, NULL, NULL, NULL, NULL, NULL);`,
  });
  target = { on: 'ERP', company: erp.door([config]).companies.reach('main') };
  crm = new ReportDatabase({
    url: process.env['KARTOTEKA_TEST_POSTGRES'] ?? '',
    timeoutMs: 10_000,
    log: silentLog,
  });
  runner = new SqlReportRunner(crm);
});

afterAll(async () => {
  await runner.close();
  await crm.close();
  await erp.close();
});

const answer = (
  sql: string,
  parameters: readonly RunParameter[] = [],
  values = new Map<string, (string | null)[]>(),
) => answerOf(runner, { target, sql, parameters, values });

describe('cells', () => {
  it('are exact texts of their types, and null', async () => {
    const columns = 'name, amount, paid, at, day, open_now, big, ratio, small, key_of, precise, hour';
    expect(await answer(`SELECT ${columns} FROM dbo.item ORDER BY id`)).toEqual([
      [
        'Żółć',
        '12345.6789',
        '-0.0100',
        '2026-03-29T10:20:30.123',
        '2026-03-29',
        'true',
        '9223372036854775807',
        `1${'0'.repeat(300)}`,
        '0.1',
        'abcdef00-0000-4000-8000-000000000001',
        '2026-03-29T10:20:30.123456',
        '23:59:58.500',
      ],
      [null, '-0.0001', null, null, null, 'false', '-9223372036854775808', '0.1', '-2.5', null, null, null],
    ]);
  });

  it('of money and decimals are exact up to 15 digits, whatever their sign', async () => {
    const scales = [0, 2, 4, 10] as const;
    const amounts = fc
      .tuple(fc.bigInt({ min: -999_999_999_999_999n, max: 999_999_999_999_999n }), fc.constantFrom(...scales))
      .map(([unscaled, scale]) => ({ text: pointed(unscaled, scale), scale }));
    await fc.assert(
      fc.asyncProperty(fc.array(amounts, { minLength: 1, maxLength: 40 }), async (list) => {
        const cells = list.map(
          ({ text, scale }, place) => `CAST('${text}' AS decimal(38, ${scale})) AS c${place}`,
        );
        expect(await answer(`SELECT ${cells.join(', ')}`)).toEqual([list.map(({ text }) => text)]);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['huge', 'SELECT id, huge FROM dbo.item ORDER BY id'],
    ['most', "SELECT CAST('922337203685477.5807' AS money) AS most"],
  ])('that a double cannot hold are refused, naming the column %s', async (column, sql) => {
    const fault = await faultOf(answer(sql));
    expect(fault).toBeInstanceOf(InputRejected);
    expect((fault as InputRejected).message).toContain(`${column} holds a number of more than 15 digits`);
    expect(fault.message).toContain('CONVERT');
  });

  it('of more digits come through as text', async () => {
    expect(await answer('SELECT CONVERT(varchar(45), huge) AS huge FROM dbo.item WHERE id = 2')).toEqual([
      ['123456789012345678.1234'],
    ]);
  });
});

describe('parameters', () => {
  it.each<[RunParameter['type'], string, string, string[]]>([
    ['TEXT', 'name = @x', 'Żółć', ['1']],
    ['INTEGER', 'big = @x', '9223372036854775807', ['1']],
    ['INTEGER', 'id >= @x', '2', ['2']],
    ['DECIMAL', 'amount = @x', '12345.6789', ['1']],
    ['DECIMAL', 'amount > @x', '-0.00011', ['1', '2']],
    ['DECIMAL', 'huge = @x', '123456789012345678.1234', ['2']],
    ['BOOLEAN', 'open_now = @x', 'false', ['2']],
    ['BOOLEAN', 'open_now = @x', 'true', ['1']],
    ['DATE', 'day = @x', '2026-03-29', ['1']],
    // The night on which clocks go forward in Warsaw is over by then.
    ['DATETIME', 'at = @x', '2026-03-29T08:20:30.123Z', ['1']],
    ['DATETIME', 'at >= @x', '2026-03-29T10:20:31+02:00', []],
  ])('of type %s are compared exactly: %s with %s', async (type, condition, value, ids) => {
    const rows = await answer(
      `SELECT id FROM dbo.item WHERE ${condition} ORDER BY id`,
      [one('x', type)],
      new Map([['x', [value]]]),
    );
    expect(rows.flat()).toEqual(ids);
  });

  it('hold several values, none, and NULL', async () => {
    const list = { name: 'x', type: 'DECIMAL', multiple: true } as const;
    const found = async (given: (string | null)[]) =>
      (
        await answer(
          'SELECT id FROM dbo.item WHERE amount IN (@x) ORDER BY id',
          [list],
          new Map([['x', given]]),
        )
      ).flat();
    expect(await found(['12345.6789', '-0.0001', '7'])).toEqual(['1', '2']);
    expect(await found([])).toEqual([]);
    expect(await found([null, '-0.0001'])).toEqual(['2']);
    const ifGiven = 'SELECT id FROM dbo.item WHERE @d IS NULL OR amount = @d ORDER BY id';
    expect((await answer(ifGiven, [one('d', 'DECIMAL')], new Map([['d', [null]]]))).flat()).toEqual([
      '1',
      '2',
    ]);
  });

  it('never become part of the text', async () => {
    erp.server.statements.clear();
    const hostile = "x'; DROP TABLE dbo.item; --";
    expect(await answer('SELECT @x AS x', [one('x', 'TEXT')], new Map([['x', [hostile]]]))).toEqual([
      [hostile],
    ]);
    expect(erp.server.statements.list().every(({ text }) => !text.includes('DROP'))).toBe(true);
  });

  it.each<[RunParameter['type'], string]>([
    ['INTEGER', '9223372036854775808'],
    ['INTEGER', '1.5'],
    ['DECIMAL', '1e5'],
    ['DECIMAL', '0.12345678901'],
    ['BOOLEAN', '1'],
    ['DATE', '2026-02-30'],
    ['DATETIME', '2026-02-01T10:00:00'],
    ['TEXT', 'x'.repeat(4_001)],
  ])('of type %s refuse %s', async (type, value) => {
    const fault = await faultOf(answer('SELECT @x AS x', [one('x', type)], new Map([['x', [value]]])));
    expect(fault).toBeInstanceOf(InputRejected);
    expect((fault as InputRejected).problems).toMatchObject([{ path: 'x', code: 'VALUE' }]);
  });
});

describe('describing', () => {
  const describedAs = (sql: string, parameters: readonly RunParameter[] = []) =>
    runner.describe(target, sql, parameters, new AbortController().signal);

  it('tells names and types without running the report, whatever its parameters', async () => {
    const parameters: readonly RunParameter[] = [
      one('since', 'DATE'),
      one('at', 'DATETIME'),
      one('least', 'DECIMAL'),
      one('flag', 'BOOLEAN'),
      { name: 'names', type: 'TEXT', multiple: true },
    ];
    const sql = `SELECT id, name AS [Nazwa towaru], amount * 2 AS twice, at, day, open_now, ratio, COUNT_BIG(*) OVER () AS together
      FROM dbo.item WHERE day >= @since AND at < @at AND amount > @least AND open_now = @flag AND name IN (@names) ORDER BY id`;
    expect(await describedAs(sql, parameters)).toEqual([
      { name: 'id', type: 'INTEGER' },
      { name: 'Nazwa towaru', type: 'TEXT' },
      { name: 'twice', type: 'DECIMAL' },
      { name: 'at', type: 'DATETIME' },
      { name: 'day', type: 'DATE' },
      { name: 'open_now', type: 'BOOLEAN' },
      { name: 'ratio', type: 'DECIMAL' },
      { name: 'together', type: 'INTEGER' },
    ]);
  });

  it.each([
    [
      'SELECT id, amount * 2, id AS ID FROM dbo.item',
      ['column 2 has no name: give it one with AS', 'columns 1 and 3 are both called ID'],
    ],
    ['SELECT bytes FROM dbo.item', ['bytes is of type varbinary(8), which has no text of its own']],
    ['SELECT nothing FROM dbo.item', ["Invalid column name 'nothing'."]],
    ['SELECT 1 AS x FROM dbo.missing', ["Invalid object name 'dbo.missing'."]],
  ])('refuses %s with the reasons', async (sql, messages) => {
    const fault = await faultOf(describedAs(sql));
    expect(fault).toBeInstanceOf(InputRejected);
    expect((fault as InputRejected).problems.map(({ message }) => message)).toEqual(messages);
  });
});

const pointed = (unscaled: bigint, scale: number): string => {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};
