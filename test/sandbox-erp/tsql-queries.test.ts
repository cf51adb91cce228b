import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, faultOf, parameter, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
  await sandbox.engine.installScript(
    sandbox.database,
    `CREATE TABLE dbo.shop (id int NOT NULL PRIMARY KEY, name nvarchar(40) NOT NULL, city varchar(20) NULL)
     CREATE TABLE dbo.sale (
       id int NOT NULL PRIMARY KEY, shop_id int NOT NULL, day date NOT NULL, amount decimal(9,2) NOT NULL, note varchar(20) NULL)
     GO
     INSERT INTO dbo.shop VALUES (1, N'Łódka', 'Łódź'), (2, N'ania', 'Gdynia'), (3, N'Żuk', NULL)
     INSERT INTO dbo.sale VALUES
       (1, 1, '2024-01-01', 10.00, 'a'), (2, 1, '2024-01-02', 20.50, NULL), (3, 2, '2024-01-02', 5.25, 'B'), (4, 1, '2024-01-03', 1.00, 'b')`,
  );
});

afterAll(() => sandbox.close());

const queries: readonly (readonly [string, string, readonly (readonly (string | null)[])[]])[] = [
  ['TOP', 'SELECT TOP 2 id FROM dbo.sale ORDER BY id DESC', [['4'], ['3']]],
  ['TOP in brackets', 'SELECT TOP (1) id FROM sale ORDER BY amount DESC', [['2']]],
  ['DISTINCT', 'SELECT DISTINCT shop_id FROM dbo.sale ORDER BY shop_id', [['1'], ['2']]],
  [
    'bracketed names',
    'SELECT [s].[name] AS [the name] FROM [dbo].[shop] AS [s] WHERE [s].[id] = 2',
    [['ania']],
  ],
  ['an alias before the value', 'SELECT doubled = id * 2 FROM dbo.shop WHERE id = 3', [['6']]],
  ['IN', 'SELECT id FROM dbo.sale WHERE id IN (1, 3) ORDER BY id', [['1'], ['3']]],
  ['NOT IN', 'SELECT id FROM dbo.sale WHERE id NOT IN (1, 3) ORDER BY id', [['2'], ['4']]],
  [
    'IN over a query',
    'SELECT id FROM dbo.shop WHERE id IN (SELECT shop_id FROM dbo.sale) ORDER BY id',
    [['1'], ['2']],
  ],
  [
    'IN over a query of texts, which become numbers',
    "SELECT id FROM dbo.shop WHERE id IN (SELECT N' 3' UNION ALL SELECT N'1' UNION ALL SELECT NULL) ORDER BY id",
    [['1'], ['3']],
  ],
  [
    'NOT IN over a query of texts that answers nothing',
    "SELECT id FROM dbo.shop WHERE id NOT IN (SELECT N'x' WHERE 1 = 0) ORDER BY id",
    [['1'], ['2'], ['3']],
  ],
  [
    'a text IN a query of numbers is a number',
    "SELECT x.n FROM (VALUES ('01'), ('4')) AS x (n) WHERE x.n IN (SELECT id FROM dbo.shop)",
    [['01']],
  ],
  [
    'BETWEEN',
    "SELECT id FROM dbo.sale WHERE day BETWEEN '2024-01-02' AND '2024-01-03' ORDER BY id",
    [['2'], ['3'], ['4']],
  ],
  ['LIKE without regard to case', "SELECT id FROM dbo.shop WHERE name LIKE N'łÓ%'", [['1']]],
  [
    'LIKE with a sign meant as itself',
    "SELECT 1 WHERE '50%' LIKE '50[%]' AND 'a_b' LIKE 'a!_b' ESCAPE '!'",
    [['1']],
  ],
  ['LIKE with a backslash', "SELECT 1 WHERE 'a\\b' LIKE 'a\\_' AND 'a%' NOT LIKE 'b\\%'", [['1']]],
  ['equality without regard to case', "SELECT id FROM dbo.sale WHERE note = 'B' ORDER BY id", [['3'], ['4']]],
  ['equality without regard to blanks at the end', "SELECT 1 WHERE 'ab  ' = 'AB'", [['1']]],
  ['accents told apart', "SELECT 1 WHERE 'Łódź' <> 'Lodz'", [['1']]],
  ['IS NULL', 'SELECT id FROM dbo.shop WHERE city IS NULL', [['3']]],
  [
    'EXISTS',
    'SELECT s.id FROM dbo.shop AS s WHERE NOT EXISTS (SELECT * FROM dbo.sale AS x WHERE x.shop_id = s.id)',
    [['3']],
  ],
  [
    'INNER JOIN',
    'SELECT s.name, x.id FROM dbo.sale x JOIN dbo.shop s ON s.id = x.shop_id WHERE x.id = 3',
    [['ania', '3']],
  ],
  [
    'LEFT JOIN',
    'SELECT s.id, x.id FROM dbo.shop s LEFT JOIN dbo.sale x ON x.shop_id = s.id AND x.amount < 6 ORDER BY s.id',
    [
      ['1', '4'],
      ['2', '3'],
      ['3', null],
    ],
  ],
  [
    'CROSS APPLY',
    'SELECT s.id, x.id FROM dbo.shop s CROSS APPLY (SELECT TOP (1) i.id FROM dbo.sale i WHERE i.shop_id = s.id ORDER BY i.day DESC) x ORDER BY s.id',
    [
      ['1', '4'],
      ['2', '3'],
    ],
  ],
  [
    'OUTER APPLY',
    'SELECT s.id, x.total FROM dbo.shop s OUTER APPLY (SELECT SUM(i.amount) AS total FROM dbo.sale i WHERE i.shop_id = s.id HAVING COUNT(*) > 0) x ORDER BY s.id',
    [
      ['1', '31.50'],
      ['2', '5.25'],
      ['3', null],
    ],
  ],
  ['a derived table', 'SELECT d.n FROM (SELECT id + 1 AS n FROM dbo.shop) AS d WHERE d.n > 3', [['4']]],
  ['VALUES as a table', "SELECT k.b FROM (VALUES (1, 'x'), (2, NULL)) AS k(a, b) WHERE k.a = 2", [[null]]],
  [
    'a common table expression',
    'WITH big AS (SELECT id FROM dbo.sale WHERE amount > 6) SELECT COUNT(*) FROM big',
    [['2']],
  ],
  [
    'two of them after a semicolon',
    ';WITH a AS (SELECT 1 AS n), b (m) AS (SELECT n + 1 FROM a) SELECT a.n, b.m FROM a CROSS JOIN b',
    [['1', '2']],
  ],
  ['UNION ALL', 'SELECT 1 AS n UNION ALL SELECT 2.5 ORDER BY n DESC', [['2.5'], ['1.0']]],
  ['UNION', "SELECT 'a' AS t UNION SELECT 'A'", [['a']]],
  [
    'UNION with NULL on one side',
    'SELECT CAST(NULL AS int) AS n UNION ALL SELECT NULL UNION ALL SELECT 7 ORDER BY 1',
    [[null], [null], ['7']],
  ],
  ['EXCEPT', 'SELECT id FROM dbo.shop EXCEPT SELECT shop_id FROM dbo.sale', [['3']]],
  [
    'GROUP BY',
    'SELECT shop_id, SUM(amount) FROM dbo.sale GROUP BY shop_id ORDER BY shop_id',
    [
      ['1', '31.50'],
      ['2', '5.25'],
    ],
  ],
  [
    'GROUP BY of an expression',
    'SELECT MONTH(day), COUNT(*) FROM dbo.sale GROUP BY MONTH(day)',
    [['1', '4']],
  ],
  [
    'GROUP BY of texts',
    'SELECT COUNT(*) AS n FROM dbo.sale WHERE note IS NOT NULL GROUP BY note ORDER BY n',
    [['1'], ['2']],
  ],
  ['HAVING', 'SELECT shop_id FROM dbo.sale GROUP BY shop_id HAVING COUNT(*) > 1', [['1']]],
  [
    'aggregates',
    'SELECT COUNT(note), COUNT(DISTINCT shop_id), COUNT_BIG(*), MIN(amount), MAX(day) FROM dbo.sale',
    [['3', '2', '4', '1.00', '2024-01-03']],
  ],
  ['AVG of integers', 'SELECT AVG(shop_id) FROM dbo.sale', [['1']]],
  ['AVG of decimals', 'SELECT AVG(amount) FROM dbo.sale', [['9.187500']]],
  [
    'aggregates over nothing',
    'SELECT SUM(amount), COUNT(*), AVG(id) FROM dbo.sale WHERE id > 9',
    [[null, '0', null]],
  ],
  [
    'ROW_NUMBER',
    'SELECT id, ROW_NUMBER() OVER (PARTITION BY shop_id ORDER BY amount DESC) AS n FROM dbo.sale ORDER BY id',
    [
      ['1', '2'],
      ['2', '1'],
      ['3', '1'],
      ['4', '3'],
    ],
  ],
  [
    'a running sum',
    'SELECT id, SUM(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM dbo.sale ORDER BY id',
    [
      ['1', '10.00'],
      ['2', '30.50'],
      ['3', '35.75'],
      ['4', '36.75'],
    ],
  ],
  [
    'an aggregate over a partition',
    'SELECT DISTINCT COUNT(*) OVER (PARTITION BY shop_id) AS n FROM dbo.sale ORDER BY n',
    [['1'], ['3']],
  ],
  [
    'NULL first, and last when turned round',
    'SELECT id FROM dbo.sale ORDER BY note, id',
    [['2'], ['1'], ['3'], ['4']],
  ],
  ['NULL last when turned round', 'SELECT TOP 1 id FROM dbo.sale ORDER BY note DESC, id DESC', [['4']]],
  ['texts in Polish order', 'SELECT name FROM dbo.shop ORDER BY name', [['ania'], ['Łódka'], ['Żuk']]],
  [
    'ORDER BY of an alias',
    'SELECT id AS x, amount * -1 AS amount FROM dbo.sale ORDER BY amount',
    [
      ['2', '-20.50'],
      ['1', '-10.00'],
      ['3', '-5.25'],
      ['4', '-1.00'],
    ],
  ],
  [
    'OFFSET and FETCH',
    'SELECT id FROM dbo.sale ORDER BY id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY',
    [['2'], ['3']],
  ],
  [
    'OFFSET after UNION',
    'SELECT id FROM dbo.shop UNION ALL SELECT id FROM dbo.sale ORDER BY id OFFSET 5 ROWS FETCH NEXT 1 ROWS ONLY',
    [['3']],
  ],
  ['a scalar subquery', 'SELECT (SELECT MAX(amount) FROM dbo.sale) - 0.5', [['20.00']]],
  [
    'a subquery of the row',
    'SELECT s.id, (SELECT COUNT(*) FROM dbo.sale x WHERE x.shop_id = s.id) FROM dbo.shop s ORDER BY 1',
    [
      ['1', '3'],
      ['2', '1'],
      ['3', '0'],
    ],
  ],
  [
    'the star of one table',
    'SELECT s.* FROM dbo.sale x JOIN dbo.shop s ON s.id = x.shop_id WHERE x.id = 3',
    [['2', 'ania', 'Gdynia']],
  ],
  ['names without regard to case', "select ID from DBO.Shop where NAME = N'ŻUK'", [['3']]],
  ['a hint that changes nothing', 'SELECT COUNT(*) FROM dbo.sale WITH (NOLOCK)', [['4']]],
  ['comments', 'SELECT /* a /* nested */ one */ 1 -- and more', [['1']]],
  ['bracketed aliases', "SELECT 1 AS 'quoted name'", [['1']]],
];

describe('a query with', () => {
  it.each(queries)('%s', async (_, text, rows) => {
    expect(await sandbox.rows(text)).toEqual(rows);
  });

  it('parameters of every type', async () => {
    const [answer] = await sandbox.ask(
      "SELECT @i AS i, @b AS b, @v AS v, @n AS n, @d AS d, @m AS m, @t AS t, @x AS x, @u AS u, @c AS c WHERE @i = 5 AND @v = 'ABC'",
      [
        parameter('@i', { name: 'int' }, '5'),
        parameter('@b', { name: 'bigint' }, '9007199254740993'),
        parameter('@v', { name: 'varchar', length: 10 }, 'abc'),
        parameter('@n', { name: 'nvarchar', length: 10 }, 'ż'),
        parameter('@d', { name: 'date' }, '2024-02-29'),
        parameter('@m', { name: 'decimal', precision: 19, scale: 4 }, '99999999999.9999'),
        parameter('@t', { name: 'datetime2', scale: 3 }, '2024-02-29 01:02:03.004'),
        parameter('@x', { name: 'varbinary', length: 4 }, '00ff'),
        parameter('@u', { name: 'uniqueidentifier' }, null),
        parameter('@c', { name: 'char', length: 4 }, 'ab'),
      ],
    );
    expect(answer?.rows).toEqual([
      [
        '5',
        '9007199254740993',
        'abc',
        'ż',
        '2024-02-29',
        '99999999999.9999',
        '2024-02-29 01:02:03.004',
        '00ff',
        null,
        'ab  ',
      ],
    ]);
    expect(answer?.columns.map(typeOf)).toEqual([
      'int',
      'bigint',
      'varchar(10)',
      'nvarchar(10)',
      'date',
      'decimal(19,4)',
      'datetime2(3)',
      'varbinary(4)',
      'uniqueidentifier',
      'char(4)',
    ]);
  });

  it('a TOP that is a parameter', async () => {
    const top = (value: string | null) => [parameter('@n', { name: 'int' }, value)];
    expect(await sandbox.rows('SELECT TOP (@n) id FROM dbo.sale ORDER BY id', top('2'))).toEqual([
      ['1'],
      ['2'],
    ]);
    const fault = await faultOf(sandbox.ask('SELECT TOP (@n) id FROM dbo.sale ORDER BY id', top(null)));
    expect(fault.number).toBe(1060);
  });

  it('a uniqueidentifier sorts by its last bytes first, as SQL Server sorts it', async () => {
    const rows = await sandbox.rows(`
      SELECT CONVERT(varchar(36), CAST(v.u AS uniqueidentifier)) AS u
      FROM (VALUES ('00000000-0000-0000-0000-020000000000'), ('10000000-0000-0000-0000-010000000000')) AS v(u)
      ORDER BY CAST(v.u AS uniqueidentifier)`);
    expect(rows).toEqual([
      ['10000000-0000-0000-0000-010000000000'],
      ['00000000-0000-0000-0000-020000000000'],
    ]);
  });
});
