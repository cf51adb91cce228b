import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, faultOf, parameter, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
});

afterAll(() => sandbox.close());

async function valueAndType(expression: string): Promise<[string | null | undefined, string]> {
  const [answer] = await sandbox.ask(`SELECT ${expression}`);
  const column = answer?.columns[0];
  if (answer === undefined || column === undefined) throw new Error('no answer');
  return [answer.rows[0]?.[0], typeOf(column)];
}

/** Each as SQL Server answers it: the value as text, and the type of the column. */
const expected: readonly (readonly [string, string | null, string])[] = [
  // integers divide to integers, cut towards zero
  ['7 / 2', '3', 'int'],
  ['-7 / 2', '-3', 'int'],
  ['-7 % 3', '-1', 'int'],
  ['2147483648', '2147483648', 'decimal(10,0)'],
  ['CAST(7 AS bigint) / 2', '3', 'bigint'],
  // decimals keep every digit of sums and products
  ['1.50 + 2.255', '3.755', 'decimal(5,3)'],
  ['1.50 * 2.255', '3.38250', 'decimal(8,5)'],
  ['CAST(99999999999.9999 AS decimal(19,4)) + 0.0001', '100000000000.0000', 'decimal(20,4)'],
  ['CAST(1 AS decimal(19,4)) * CAST(3 AS decimal(19,4))', '3.0000000', 'decimal(38,7)'],
  // a quotient has six digits at least, and is cut there
  ['1.0 / 3', '0.333333', 'decimal(7,6)'],
  ['2.0 / 3', '0.666666', 'decimal(7,6)'],
  ['10.5 % 3', '1.5', 'decimal(2,1)'],
  ['5 & 3', '1', 'int'],
  ['5 | 3', '7', 'int'],
  ['5 ^ 3', '6', 'int'],
  // a text beside a number is read as one
  ["'5' + 3", '8', 'int'],
  ["'a' + N'ą'", 'aą', 'nvarchar(2)'],
  ["'a' + NULL", null, 'varchar(1)'],
  ["'ab ' + 'c'", 'ab c', 'varchar(4)'],
  ['NULL', null, 'int'],
  ['0x1F', '1f', 'varbinary(1)'],
  ['CAST(1.5 AS float)', '1.5', 'float'],
  // branches share the higher type
  ['CASE WHEN 1 = 1 THEN 1 ELSE 2.50 END', '1.00', 'decimal(12,2)'],
  ["CASE 2 WHEN 1 THEN 'one' WHEN 2 THEN N'two' END", 'two', 'nvarchar(3)'],
  ["IIF(1 > 2, 'yes', 'no')", 'no', 'varchar(3)'],
  ['COALESCE(NULL, 1, 2.5)', '1.0', 'decimal(11,1)'],
  ["ISNULL(CAST(NULL AS varchar(2)), 'abc')", 'ab', 'varchar(2)'],
  ['NULLIF(1, 1)', null, 'int'],
  ["NULLIF('a', 'b')", 'a', 'varchar(1)'],
  ['ABS(-5)', '5', 'int'],
  ['ROUND(2.345, 2)', '2.350', 'decimal(4,3)'],
  ['ROUND(-2.345, 2)', '-2.350', 'decimal(4,3)'],
  ['ROUND(2.349, 2, 1)', '2.340', 'decimal(4,3)'],
  ['ROUND(1250, -2)', '1300', 'int'],
  ['FLOOR(-1.5)', '-2', 'decimal(2,0)'],
  ['CEILING(1.1)', '2', 'decimal(2,0)'],
  ['SIGN(-3)', '-1', 'int'],
];

describe('an expression', () => {
  it.each(expected)('%s is %s of type %s', async (expression, value, type) => {
    expect(await valueAndType(expression)).toEqual([value, type]);
  });

  it('adds ten thousand ten-thousandths to exactly one', async () => {
    await sandbox.ask('CREATE TABLE dbo.small (amount decimal(19,4) NOT NULL)');
    const rows = Array.from({ length: 1000 }, () => '(0.0001)').join(',');
    for (let round = 0; round < 10; round += 1) await sandbox.ask(`INSERT INTO dbo.small VALUES ${rows}`);
    const [answer] = await sandbox.ask('SELECT SUM(amount) AS total FROM dbo.small');
    expect(answer?.rows).toEqual([['1.0000']]);
    expect(answer?.columns.map(typeOf)).toEqual(['decimal(38,4)']);
  });

  it('binds AND closer than OR, NOT closest, and keeps brackets', async () => {
    const rows = await sandbox.rows(`
      SELECT v.n FROM (VALUES (1),(2),(3)) AS v(n)
      WHERE NOT v.n = 1 AND v.n = 2 OR v.n = 3 AND (v.n = 1 OR v.n = 3) ORDER BY v.n`);
    expect(rows).toEqual([['2'], ['3']]);
  });

  it('compares bit with 0 and 1, as columns and as parameters', async () => {
    const rows = await sandbox.rows('SELECT 1 WHERE @b = 1 AND CAST(0 AS bit) = 0', [
      parameter('@b', { name: 'bit' }, '1'),
    ]);
    expect(rows).toEqual([['1']]);
  });
});

const faults: readonly (readonly [string, number])[] = [
  ['1 / 0', 8134],
  ['2147483647 + 1', 8115],
  ['CAST(12345.6 AS decimal(4,1))', 8115],
  ['CAST(300 AS tinyint)', 8115],
  ["CAST('abc' AS int)", 245],
  ["CAST('12.5' AS int)", 245],
  ["CAST('99999999999' AS int)", 248],
  ["CAST('x' AS decimal(5,2))", 8114],
  ["CAST('2024-02-30' AS date)", 241],
  ['CAST(1 AS bit) + CAST(1 AS bit)', 402],
  ['nothing', 207],
  ['@nothing', 137],
  ['(SELECT 1 UNION ALL SELECT 2)', 512],
  ['(SELECT 1, 2)', 116],
];

describe('a failing expression', () => {
  it.each(faults)('%s is error %d', async (expression, number) => {
    expect((await faultOf(sandbox.ask(`SELECT ${expression}`))).number).toBe(number);
  });
});
