import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
});

afterAll(() => sandbox.close());

const texts: readonly (readonly [string, string | null, string])[] = [
  ["CONCAT('a', NULL, 5, N'ż')", 'a5ż', 'nvarchar(4000)'],
  ["LEN('abc  ')", '3', 'int'],
  ["LEN('')", '0', 'int'],
  ["LEFT('abcdef', 2)", 'ab', 'varchar(2)'],
  ["RIGHT('abcdef', 2)", 'ef', 'varchar(2)'],
  ["SUBSTRING('abcdef', 2, 3)", 'bcd', 'varchar(3)'],
  ["SUBSTRING('abcdef', 0, 3)", 'ab', 'varchar(3)'],
  ["LTRIM('  a ') + '|'", 'a |', 'varchar(5)'],
  ["RTRIM('  a ') + '|'", '  a|', 'varchar(5)'],
  ["TRIM('  a ') + '|'", 'a|', 'varchar(5)'],
  ["UPPER(N'łódź')", 'ŁÓDŹ', 'nvarchar(4)'],
  ["LOWER(N'ŁÓDŹ')", 'łódź', 'nvarchar(4)'],
  ["REPLACE('a-B-c', 'b', 'x')", 'a-x-c', 'varchar(8000)'],
  ["CHARINDEX('C', 'abcabc')", '3', 'int'],
  ["CHARINDEX('c', 'abcabc', 4)", '6', 'int'],
  ["CHARINDEX('z', 'abc')", '0', 'int'],
  ["REPLICATE('ab', 3)", 'ababab', 'varchar(8000)'],
  ["REVERSE('abc')", 'cba', 'varchar(3)'],
  ["'x' + CHAR(10) + 'y'", 'x\ny', 'varchar(3)'],
];

const dates: readonly (readonly [string, string | null, string])[] = [
  ["DATEADD(day, 3, CAST('2024-02-27' AS date))", '2024-03-01', 'date'],
  ["DATEADD(day, -v.n, CAST('2024-03-01' AS date))", '2024-02-28', 'date'],
  ["DATEADD(month, 1, CAST('2024-01-31' AS date))", '2024-02-29', 'date'],
  ["DATEADD(mm, -1, CAST('2024-03-31' AS date))", '2024-02-29', 'date'],
  ["DATEADD(year, 1, CAST('2024-02-29' AS date))", '2025-02-28', 'date'],
  ["DATEADD(quarter, 1, CAST('2024-01-15' AS date))", '2024-04-15', 'date'],
  ["DATEADD(week, v.n, CAST('2024-01-01' AS date))", '2024-01-15', 'date'],
  ["DATEADD(hour, 25, CAST('2024-01-01' AS datetime2(0)))", '2024-01-02 01:00:00', 'datetime2(0)'],
  ["DATEADD(day, 1, '2024-01-01')", '2024-01-02 00:00:00', 'datetime'],
  ["DATEDIFF(day, '2024-02-28', '2024-03-01')", '2', 'int'],
  // boundaries, not spans
  ["DATEDIFF(year, '2023-12-31', '2024-01-01')", '1', 'int'],
  ["DATEDIFF(month, '2024-01-31', '2024-02-01')", '1', 'int'],
  ["DATEDIFF(month, '2024-01-01', '2024-01-31')", '0', 'int'],
  ["DATEDIFF(quarter, '2024-03-31', '2024-04-01')", '1', 'int'],
  // a week begins on Sunday: 2024-01-06 is a Saturday
  ["DATEDIFF(week, '2024-01-06', '2024-01-07')", '1', 'int'],
  ["DATEDIFF(week, '2024-01-07', '2024-01-13')", '0', 'int'],
  ["DATEDIFF(hour, '2024-01-01 10:59', '2024-01-01 11:00')", '1', 'int'],
  ["DATEDIFF(minute, '2024-01-01 10:59:59', '2024-01-01 11:00:00')", '1', 'int'],
  ["DATEDIFF_BIG(millisecond, '2024-01-01', '2024-02-01')", '2678400000', 'bigint'],
  ["DATEDIFF(day, '2024-03-01', '2024-02-28')", '-2', 'int'],
  ["YEAR('2024-03-05')", '2024', 'int'],
  ["MONTH(CAST('2024-03-05' AS date))", '3', 'int'],
  ["DAY(CAST('2024-03-05' AS date))", '5', 'int'],
  ["DATEPART(quarter, CAST('2024-05-05' AS date))", '2', 'int'],
  ["DATEPART(weekday, CAST('2024-01-07' AS date))", '1', 'int'],
  ["DATEPART(week, CAST('2024-01-07' AS date))", '2', 'int'],
  ["DATEPART(iso_week, CAST('2024-01-07' AS date))", '1', 'int'],
  ["DATEPART(dayofyear, CAST('2024-03-01' AS date))", '61', 'int'],
  ["DATENAME(month, CAST('2024-03-05' AS date))", 'March', 'nvarchar(30)'],
  ['DATEFROMPARTS(2024, 2, 29)', '2024-02-29', 'date'],
  ["EOMONTH('2024-02-10')", '2024-02-29', 'date'],
  ["EOMONTH(CAST('2024-01-31' AS date), 1)", '2024-02-29', 'date'],
];

const session: readonly (readonly [string, string | null, string])[] = [
  ['@@TRANCOUNT', '0', 'int'],
  ['SCHEMA_NAME()', 'dbo', 'nvarchar(3)'],
  ["OBJECT_ID('dbo.missing', 'V')", null, 'int'],
  ["SERVERPROPERTY('ProductVersion')", '16.0.0.0', 'nvarchar(8)'],
  ["HAS_PERMS_BY_NAME('dbo.x', 'OBJECT', 'SELECT')", '1', 'int'],
  ["IS_SRVROLEMEMBER('sysadmin')", '1', 'int'],
];

async function valueAndType(expression: string): Promise<unknown> {
  const [answer] = await sandbox.ask(`SELECT ${expression} AS x FROM (VALUES (2)) AS v(n)`);
  return [answer?.rows[0]?.[0], ...(answer?.columns.map(typeOf) ?? [])];
}

describe('a function', () => {
  it.each([...texts, ...dates, ...session])('%s is %s of type %s', async (expression, value, type) => {
    expect(await valueAndType(expression)).toEqual([value, type]);
  });

  it('knows the database by its name', async () => {
    expect(await sandbox.rows('SELECT DB_NAME()')).toEqual([[sandbox.database]]);
  });

  it('says openly what it is', async () => {
    const [[version] = []] = await sandbox.rows('SELECT @@VERSION');
    expect(version).toContain('not Microsoft SQL Server');
  });

  it('tells the time of the statement, in UTC', async () => {
    const before = Date.now();
    const [[now, precise] = []] = await sandbox.rows('SELECT GETDATE(), SYSUTCDATETIME()');
    for (const told of [now, precise]) {
      const at = Date.parse(`${(told ?? '').replace(' ', 'T')}Z`);
      expect(Math.abs(at - before)).toBeLessThan(5_000);
    }
  });
});
