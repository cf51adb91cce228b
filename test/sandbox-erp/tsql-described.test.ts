import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { arrangeEngine, faultOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
  await sandbox.engine.installScript(
    sandbox.database,
    `CREATE SCHEMA kartoteka
     GO
     CREATE TABLE dbo.[Doc Header] (kind int NOT NULL, no int NOT NULL, who varchar(20) NOT NULL, amount money NULL,
       PRIMARY KEY (kind, no DESC))
     CREATE INDEX by_who ON dbo.[Doc Header] (who, no DESC) INCLUDE (amount)
     CREATE UNIQUE INDEX one_amount ON dbo.[Doc Header] (amount) WHERE amount IS NOT NULL
     CREATE TABLE dbo.heap (a int NULL UNIQUE)
     GO
     CREATE VIEW kartoteka.inner_view AS SELECT h.kind, h.no AS number, h.who + 'x' AS made, h.who FROM dbo.[Doc Header] AS h
     GO
     CREATE VIEW kartoteka.outer_view AS
     SELECT number AS id, v.made, CAST(v.kind AS int) AS kind, 0 AS zero, v.who AS debtor, r.who AS other
     FROM kartoteka.inner_view AS v LEFT JOIN dbo.[Doc Header] AS r ON r.no = v.number`,
  );
});

afterAll(() => sandbox.close());

const origins = (query: string) =>
  sandbox.rows(
    `SELECT d.name, d.source_schema, d.source_table, d.source_column, d.is_computed_column
     FROM sys.dm_exec_describe_first_result_set(N'${query}', NULL, 1) AS d WHERE d.is_hidden = 0 ORDER BY d.column_ordinal`,
  );
const header = (name: string, column: string) => [name, 'dbo', 'Doc Header', column, '0'];
const nothing = (name: string) => [name, null, null, null, null];

describe('sys.dm_exec_describe_first_result_set in browse mode 1', () => {
  it('tells the base table’s column through views, and none for what is made', async () => {
    expect(await origins('SELECT * FROM kartoteka.outer_view')).toEqual([
      header('id', 'no'),
      nothing('made'),
      nothing('kind'),
      nothing('zero'),
      header('debtor', 'who'),
      header('other', 'who'),
    ]);
  });

  it('tells a column by the name it is given, out of derived and common tables', async () => {
    expect(
      await origins(
        'WITH c (x) AS (SELECT h.no FROM dbo.[Doc Header] AS h) SELECT q.y AS z, p.[x] FROM (SELECT c.x AS y FROM c) AS q, c AS p',
      ),
    ).toEqual([header('z', 'no'), header('x', 'no')]);
  });

  it.each([
    'SELECT DISTINCT h.no FROM dbo.[Doc Header] AS h',
    'SELECT h.no FROM dbo.[Doc Header] AS h GROUP BY h.no',
    'SELECT h.no FROM dbo.[Doc Header] AS h UNION ALL SELECT a FROM dbo.heap',
    'SELECT v.no FROM (VALUES (1)) AS v (no)',
    'SELECT o.object_id AS no FROM sys.objects AS o',
  ])('tells no column for %s', async (query) => {
    expect(await origins(query)).toEqual([nothing('no')]);
  });

  it('names the database', async () => {
    expect(
      await sandbox.rows(
        "SELECT source_database FROM sys.dm_exec_describe_first_result_set(N'SELECT a FROM dbo.heap', NULL, 1) AS d",
      ),
    ).toEqual([[sandbox.database]]);
  });

  it.each([
    ['a FROM dbo.missing', '208'],
    ['b FROM dbo.heap', '207'],
  ])('answers with the error of what cannot be described: %s', async (query, number) => {
    expect(
      await sandbox.rows(
        `SELECT d.name, d.error_number FROM sys.dm_exec_describe_first_result_set(N'SELECT ${query}', NULL, 1) AS d`,
      ),
    ).toEqual([[null, number]]);
  });

  it.each([
    ["sys.dm_exec_describe_first_result_set(N'SELECT 1', NULL, 2)", 'other arguments'],
    ['sys.dm_exec_describe_first_result_set(@q, NULL, 1)', 'not written out'],
    ["sys.fn_my_permissions(NULL, 'DATABASE')", 'sys.fn_my_permissions in FROM'],
  ])('refuses %s', async (source, words) => {
    const { number, message } = await faultOf(
      sandbox.ask(`DECLARE @q nvarchar(20) = N'SELECT 1'; SELECT 1 AS x FROM ${source} AS d`),
    );
    expect(number).toBe(40000);
    expect(message).toContain(words);
  });
});

describe('sys.dm_exec_describe_first_result_set in browse mode 0', () => {
  const types = (query: string, parameters: string) =>
    sandbox.rows(
      `SELECT d.column_ordinal, d.name, d.system_type_name, d.source_column
       FROM sys.dm_exec_describe_first_result_set(N'${query}', ${parameters}, 0) AS d ORDER BY d.column_ordinal`,
    );

  it('tells names and types, of parameters too, and no base columns', async () => {
    const query = `SELECT h.no, h.amount AS paid, h.who, CAST(@d AS decimal(38, 10)) AS d, @t AS t, @t + 1 AS [and one], @w
      FROM dbo.[Doc Header] AS h WHERE h.no > @t ORDER BY h.no`;
    expect(await types(query, "N'@d decimal(38, 10), @t bigint, @w datetime2(3)'")).toEqual([
      ['1', 'no', 'int', null],
      ['2', 'paid', 'money', null],
      ['3', 'who', 'varchar(20)', null],
      ['4', 'd', 'decimal(38,10)', null],
      ['5', 't', 'bigint', null],
      ['6', 'and one', 'bigint', null],
      ['7', null, 'datetime2(3)', null],
    ]);
  });

  it('answers with the error of a parameter that is not declared', async () => {
    const source = "sys.dm_exec_describe_first_result_set(N'SELECT @nobody AS x', N'@a int', 0)";
    expect(await sandbox.rows(`SELECT d.error_number FROM ${source} AS d`)).toEqual([['137']]);
  });

  it('does not run what it describes', async () => {
    expect(await types('SELECT 1 / 0 AS never', "N''")).toEqual([['1', 'never', 'int', null]]);
  });
});

describe('the catalog of indexes', () => {
  it('tells keys and indexes by table, and the heap where there is no primary key', async () => {
    expect(
      await sandbox.rows(
        `SELECT o.name, i.name, i.index_id, i.type_desc, i.is_unique, i.is_primary_key, i.is_unique_constraint, i.has_filter, i.is_disabled
         FROM sys.indexes AS i JOIN sys.objects AS o ON o.object_id = i.object_id ORDER BY o.name, i.index_id`,
      ),
    ).toEqual([
      ['Doc Header', 'PK__Doc Header', '1', 'CLUSTERED', '1', '1', '0', '0', '0'],
      ['Doc Header', 'by_who', '2', 'NONCLUSTERED', '0', '0', '0', '0', '0'],
      ['Doc Header', 'one_amount', '3', 'NONCLUSTERED', '1', '0', '0', '1', '0'],
      ['heap', null, '0', 'HEAP', '0', '0', '0', '0', '0'],
      ['heap', 'UQ__heap', '2', 'NONCLUSTERED', '1', '0', '1', '0', '0'],
    ]);
  });

  it('tells the columns of an index, its keys in order and with their direction', async () => {
    expect(
      await sandbox.rows(
        `SELECT i.name, c.name, x.key_ordinal, x.is_descending_key, x.is_included_column
         FROM ${sandbox.database}.sys.indexes AS i
         JOIN sys.index_columns AS x ON x.object_id = i.object_id AND x.index_id = i.index_id
         JOIN sys.columns AS c ON c.object_id = x.object_id AND c.column_id = x.column_id
         WHERE i.object_id = OBJECT_ID('dbo.[Doc Header]') ORDER BY i.index_id, x.index_column_id`,
      ),
    ).toEqual([
      ['PK__Doc Header', 'kind', '1', '0', '0'],
      ['PK__Doc Header', 'no', '2', '1', '0'],
      ['by_who', 'who', '1', '0', '0'],
      ['by_who', 'no', '2', '1', '0'],
      ['by_who', 'amount', '0', '0', '1'],
      ['one_amount', 'amount', '1', '0', '0'],
    ]);
  });
});
