import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, faultOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
  await sandbox.ask(
    'CREATE TABLE dbo.t (id int NOT NULL PRIMARY KEY, a varchar(10) NULL, m money NULL, f float NULL)',
  );
});

afterAll(() => sandbox.close());

/** What the parser lets through, drops or garbles, and PostgreSQL would answer somehow: the name of the construct must come back. */
const refused: readonly (readonly [string, string])[] = [
  ['SELECT TOP 1 WITH TIES id FROM dbo.t ORDER BY id', 'with_ties'],
  ['SELECT TOP 10 PERCENT id FROM dbo.t', 'percent'],
  ['SELECT id FROM dbo.t FOR JSON PATH', 'for_json'],
  ['SELECT id FROM dbo.t FOR XML PATH', 'for_xml'],
  ['SELECT id FROM dbo.t OPTION (RECOMPILE)', 'option'],
  ['SELECT id FROM dbo.t WITH (UPDLOCK)', 'UPDLOCK'],
  ['SELECT id INTO dbo.u FROM dbo.t', 'into'],
  ['SELECT id FROM #t', 'temporary'],
  ['SELECT id FROM other.dbo.t', 'other'],
  ['SELECT ALL id FROM dbo.t', 'ALL'],
  ['SELECT +id FROM dbo.t', '+'],
  ['SELECT ~id FROM dbo.t', 'bitwise not'],
  ['SELECT 1 & 2 + 3', '&'],
  ["SELECT 'a' || 'b'", 'concat'],
  ['SELECT id FROM dbo.t WHERE id > ALL (SELECT 1)', 'all'],
  ["SELECT id FROM dbo.t WHERE a LIKE '[a-c]%'", 'set of characters'],
  ['SELECT a COLLATE Latin1_General_BIN FROM dbo.t', 'Latin1_General_BIN'],
  ['SELECT CONVERT(varchar(30), CAST(1.5 AS decimal(3,1)), 1)', 'style 1'],
  ["SELECT CONVERT(varchar(30), CAST('2024-01-01' AS date), 130)", 'style 130'],
  ["SELECT CAST('03/04/2024' AS date)", '03/04/2024'],
  ["SELECT FORMAT(1, 'N')", 'FORMAT'],
  ['SELECT CONVERT(varchar(30), f) FROM dbo.t', 'float'],
  ['SELECT m / 2 FROM dbo.t', 'money'],
  ['SELECT DATEPART(w, GETDATE()), DATEPART(nanosecond, GETDATE())', 'nanosecond'],
  ['SELECT LAG(id) OVER (ORDER BY id) FROM dbo.t', 'lag'],
  ['SELECT SUM(id) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM dbo.t', 'start'],
  ['SELECT COUNT(*) FROM dbo.t GROUP BY ROLLUP (id)', 'ROLLUP'],
  ['SELECT id FROM dbo.t a, dbo.t b RIGHT JOIN dbo.t c ON 1 = 1', 'comma'],
  ['SELECT x.a FROM dbo.f(1) AS x', 'FROM'],
  ['SELECT id FROM dbo.t TABLESAMPLE (10 PERCENT)', 'sample'],
  ['SELECT id FROM dbo.t PIVOT (MAX(id) FOR a IN ([x])) AS p', 'pivot'],
  ['INSERT INTO dbo.t (id) OUTPUT inserted.id VALUES (1)', 'output'],
  ['UPDATE x SET a = 1 FROM dbo.t AS x', 'from_clause'],
  ['DELETE TOP (1) FROM dbo.t', 'top'],
  ['MERGE dbo.t AS t USING dbo.t AS s ON t.id = s.id WHEN MATCHED THEN DELETE;', 'merge'],
  ['EXEC sp_who', 'EXEC'],
  ['WHILE 1 = 1 SELECT 1', 'WHILE'],
  ['BEGIN TRY SELECT 1 END TRY BEGIN CATCH SELECT 2 END CATCH', 'TRY'],
  ['DECLARE @t TABLE (id int)', 'TABLE'],
  ["WAITFOR TIME '10:00'", 'WAITFOR'],
  ['SET STATISTICS IO ON', 'STATISTICS'],
  ['SET ANSI_NULLS OFF', 'ANSI_NULLS'],
  ['SET DATEFIRST 1', 'DATEFIRST'],
  ['ALTER TABLE dbo.t ADD b int NULL', 'ALTER TABLE'],
  ['CREATE TABLE dbo.u (id int, b AS (id + 1))', 'type'],
  ['CREATE TABLE dbo.u (id xml)', 'xml'],
  ['CREATE TABLE dbo.u (a varchar(5) COLLATE Latin1_General_CS_AS)', 'Latin1_General_CS_AS'],
  ['CREATE PROCEDURE dbo.p AS SELECT 1', 'create procedure'],
  ['GRANT SELECT ON dbo.t TO someone', 'grant'],
  ['SELECT @@CONNECTIONS', '@@CONNECTIONS'],
  ["SELECT SERVERPROPERTY('MachineName')", 'machinename'],
  ['ROLLBACK TRANSACTION here', 'ROLLBACK'],
];

describe('what is not on the list', () => {
  it.each(refused)('%s is refused by name', async (text, named) => {
    const fault = await faultOf(sandbox.ask(text));
    expect(fault.number).toBe(40000);
    expect(fault.message.toLowerCase()).toContain(named.toLowerCase());
  });
});
