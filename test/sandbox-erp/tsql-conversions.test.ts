import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
});

afterAll(() => sandbox.close());

const day = "CAST('2024-03-05' AS date)";
const moment = "CAST('2024-03-05 14:07:09.123' AS datetime2(3))";
const old = "CAST('2024-03-05 14:07:09.123' AS datetime)";

const expected: readonly (readonly [string, string | null, string])[] = [
  [`CONVERT(char(10), ${day}, 23)`, '2024-03-05', 'char(10)'],
  [`CONVERT(varchar(10), ${day}, 104)`, '05.03.2024', 'varchar(10)'],
  [`CONVERT(varchar(8), ${day}, 112)`, '20240305', 'varchar(8)'],
  [`CONVERT(varchar(10), ${day}, 120)`, '2024-03-05', 'varchar(10)'],
  [`CONVERT(varchar(30), ${day})`, '2024-03-05', 'varchar(30)'],
  [`CONVERT(varchar(30), ${moment}, 120)`, '2024-03-05 14:07:09', 'varchar(30)'],
  [`CONVERT(varchar(30), ${moment}, 121)`, '2024-03-05 14:07:09.123', 'varchar(30)'],
  [`CONVERT(varchar(30), ${moment}, 126)`, '2024-03-05T14:07:09.123', 'varchar(30)'],
  [`CONVERT(varchar(19), ${moment}, 126)`, '2024-03-05T14:07:09', 'varchar(19)'],
  [`CONVERT(varchar(21), ${moment}, 121)`, '2024-03-05 14:07:09.1', 'varchar(21)'],
  [`CONVERT(varchar(30), CAST('2024-03-05' AS datetime2(0)), 126)`, '2024-03-05T00:00:00', 'varchar(30)'],
  [`CONVERT(varchar(10), ${moment}, 120)`, '2024-03-05', 'varchar(10)'],
  [`CONVERT(varchar(30), ${moment}, 23)`, '2024-03-05', 'varchar(30)'],
  [`CONVERT(varchar(30), CAST('2024-03-05' AS datetime2))`, '2024-03-05 00:00:00.0000000', 'varchar(30)'],
  // datetime counts in three-hundredths of a second, and prints the old way unless told otherwise
  [`CONVERT(varchar(30), ${old}, 121)`, '2024-03-05 14:07:09.123', 'varchar(30)'],
  [
    `CONVERT(varchar(30), CAST('2024-03-05 14:07:09.125' AS datetime), 121)`,
    '2024-03-05 14:07:09.127',
    'varchar(30)',
  ],
  [`CONVERT(varchar(30), ${old})`, 'Mar  5 2024  2:07PM', 'varchar(30)'],
  [`CAST(${moment} AS date)`, '2024-03-05', 'date'],
  [`CAST(${day} AS datetime2(0))`, '2024-03-05 00:00:00', 'datetime2(0)'],
  ["CONVERT(date, '05.03.2024', 104)", '2024-03-05', 'date'],
  ["CONVERT(date, '20240305', 112)", '2024-03-05', 'date'],
  ["CONVERT(datetime2(3), '2024-03-05T14:07:09.5', 126)", '2024-03-05 14:07:09.5', 'datetime2(3)'],
  ["CAST('20240305' AS date)", '2024-03-05', 'date'],
  // numbers: decimals are rounded half away from zero, integers cut
  ['CAST(2.5 AS decimal(5,0))', '3', 'decimal(5,0)'],
  ['CAST(-2.5 AS decimal(5,0))', '-3', 'decimal(5,0)'],
  ['CAST(1.00005 AS decimal(19,4))', '1.0001', 'decimal(19,4)'],
  ['CAST(2.9 AS int)', '2', 'int'],
  ['CAST(-2.9 AS int)', '-2', 'int'],
  ["CAST(' 42 ' AS int)", '42', 'int'],
  ["CAST('' AS int)", '0', 'int'],
  ["CAST('-12.345' AS decimal(9,2))", '-12.35', 'decimal(9,2)'],
  ['CONVERT(varchar(40), CAST(0.5 AS decimal(19,4)))', '0.5000', 'varchar(40)'],
  ['CONVERT(varchar(40), CAST(99999999999.9999 AS decimal(19,4)))', '99999999999.9999', 'varchar(40)'],
  ['CAST(12345 AS varchar(3))', '*', 'varchar(3)'],
  ['CAST(7 AS nvarchar(10))', '7', 'nvarchar(10)'],
  ["CAST('true' AS bit)", '1', 'bit'],
  ['CAST(17 AS bit)', '1', 'bit'],
  ['CAST(CAST(1 AS bit) AS varchar(5))', '1', 'varchar(5)'],
  ["CAST('abcdef' AS varchar(3))", 'abc', 'varchar(3)'],
  ["CAST('ab' AS char(4))", 'ab  ', 'char(4)'],
  ["CAST('x' AS varchar)", 'x', 'varchar(30)'],
  ["CAST(N'zażółć' AS nvarchar(max))", 'zażółć', 'nvarchar(max)'],
  [
    "CAST('6F9619FF-8B86-D011-B42D-00C04FC964FF' AS uniqueidentifier)",
    '6f9619ff-8b86-d011-b42d-00c04fc964ff',
    'uniqueidentifier',
  ],
  [
    "CONVERT(varchar(36), CAST('6f9619ff-8b86-d011-b42d-00c04fc964ff' AS uniqueidentifier))",
    '6F9619FF-8B86-D011-B42D-00C04FC964FF',
    'varchar(36)',
  ],
  ['CAST(12.34567 AS money)', '12.3457', 'money'],
  // TRY_ gives NULL where the plain form fails
  ["TRY_CAST('abc' AS int)", null, 'int'],
  ["TRY_CAST('12' AS int)", '12', 'int'],
  ["TRY_CONVERT(date, '2024-02-30')", null, 'date'],
  ["TRY_CONVERT(date, '2024-02-29', 23)", '2024-02-29', 'date'],
  ["TRY_CONVERT(decimal(5,2), '12345.6')", null, 'decimal(5,2)'],
  ['TRY_CAST(3000000000 AS int)', null, 'int'],
  ["TRY_CONVERT(uniqueidentifier, 'x')", null, 'uniqueidentifier'],
];

describe('a conversion', () => {
  it.each(expected)('%s is %s of type %s', async (expression, value, type) => {
    const [answer] = await sandbox.ask(`SELECT ${expression} AS x`);
    expect([answer?.rows[0]?.[0], ...(answer?.columns.map(typeOf) ?? [])]).toEqual([value, type]);
  });
});
