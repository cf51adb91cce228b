import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, faultOf, parameter } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
  await sandbox.ask(`CREATE TABLE dbo.shop (id int NOT NULL PRIMARY KEY, name nvarchar(40) NOT NULL)
    CREATE TABLE dbo.sale (id int NOT NULL PRIMARY KEY, amount decimal(9,2) NOT NULL)`);
});

afterAll(() => sandbox.close());

const faults: readonly (readonly [string, number])[] = [
  ['SELECT * FROM dbo.missing', 208],
  ['SELECT missing FROM dbo.shop', 207],
  ['SELECT s.missing FROM dbo.shop s', 207],
  ['SELECT z.id FROM dbo.shop s', 4104],
  ['SELECT id FROM dbo.shop, dbo.sale', 209],
  ['SELECT FROM dbo.shop', 102],
  ['SELECT 1 +', 102],
  ['SELEC 1', 102],
  ["SELECT 'open", 105],
  ['SELECT name, COUNT(*) FROM dbo.shop', 8120],
  ['SELECT DISTINCT name FROM dbo.shop ORDER BY id', 145],
  ['SELECT 1 UNION ALL SELECT 1, 2', 205],
  ['SELECT d.a FROM (SELECT id AS a FROM dbo.shop ORDER BY id) AS d', 1033],
  ['SELECT d.a FROM (SELECT id AS a, id AS A FROM dbo.shop) AS d', 8156],
  ['SELECT 1 WHERE 1', 4145],
  ['SELECT 1 FROM dbo.shop a JOIN dbo.shop a ON 1 = 1', 1012],
];

describe('a query that cannot be', () => {
  it.each(faults)('%s is error %d', async (text, number) => {
    expect((await faultOf(sandbox.ask(text))).number).toBe(number);
  });

  it('has too many parameters with more than 2,100', async () => {
    const parameters = Array.from({ length: 2101 }, (_, at) => parameter(`@p${at}`, { name: 'int' }, '1'));
    expect((await faultOf(sandbox.ask('SELECT @p0', parameters))).number).toBe(8003);
  });
});
