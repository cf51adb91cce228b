import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { splitBatches } from '../../src/sandbox-erp/tsql/batches.ts';
import { arrangeEngine, askOf, faultOf, typeOf } from './arrange-engine.ts';
import type { ArrangedEngine } from './arrange-engine.ts';

let sandbox: ArrangedEngine;

beforeAll(async () => {
  sandbox = await arrangeEngine();
  await sandbox.engine.installScript(
    sandbox.database,
    `CREATE SCHEMA kartoteka
     GO
     CREATE TABLE dbo.thing (
       id int NOT NULL IDENTITY(1,1) CONSTRAINT PK_thing PRIMARY KEY CLUSTERED,
       a bigint NULL, b smallint NULL, c tinyint NULL, d bit NOT NULL CONSTRAINT DF_d DEFAULT (0),
       e decimal(19,4) NOT NULL DEFAULT 0, f money NULL, g float NULL,
       h char(3) COLLATE Polish_CI_AS NULL, i varchar(5) NULL UNIQUE, j nchar(2) NULL, k nvarchar(10) NULL,
       l nvarchar(max) NULL, m date NULL, n datetime NULL, o datetime2(3) NULL,
       p uniqueidentifier NULL, q varbinary(4) NULL, r numeric(5) NULL, s datetime2 NULL,
       CHECK (e >= 0))
     CREATE TABLE dbo.part (
       kind int NOT NULL, no int NOT NULL, thing_id int NULL REFERENCES dbo.thing (id),
       CONSTRAINT PK_part PRIMARY KEY (kind, no DESC),
       CONSTRAINT UQ_part UNIQUE (thing_id, no))
     CREATE UNIQUE INDEX IX_thing_k ON dbo.thing (k) INCLUDE (a, b) WHERE k IS NOT NULL
     GO
     CREATE VIEW kartoteka.thing AS
     SELECT t.id, t.h AS letters, t.k, t.l, t.q, t.s, t.n, CAST(t.f AS decimal(19,4)) AS f, CONVERT(varchar(40), t.e) AS e,
       0 AS zero, t.a + 1 AS more, N'ą' + t.i AS text, COUNT(*) OVER (PARTITION BY t.d) AS n2, ISNULL(t.b, 0) AS filled
     FROM dbo.thing AS t`,
  );
});

afterAll(() => sandbox.close());

describe('a table', () => {
  it('keeps values of every type as they were given', async () => {
    await sandbox.ask(`
      INSERT INTO dbo.thing (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s)
      VALUES (9007199254740993, -5, 255, 1, 99999999999.9999, 12.34567, 1.5, 'ab', 'abcde', N'ż', N'Łódź', N'long', '2024-02-29',
        '2024-02-29 10:00:00.125', '2024-02-29 10:00:00.1234', '6F9619FF-8B86-D011-B42D-00C04FC964FF', 0x00FF, 12.5, '2024-01-01')`);
    const [answer] = await sandbox.ask('SELECT * FROM dbo.thing');
    expect(answer?.columns.map(typeOf)).toEqual([
      'int',
      'bigint',
      'smallint',
      'tinyint',
      'bit',
      'decimal(19,4)',
      'money',
      'float',
      'char(3)',
      'varchar(5)',
      'nchar(2)',
      'nvarchar(10)',
      'nvarchar(max)',
      'date',
      'datetime',
      'datetime2(3)',
      'uniqueidentifier',
      'varbinary(4)',
      'decimal(5,0)',
      'datetime2(7)',
    ]);
    expect(answer?.rows).toEqual([
      [
        '1',
        '9007199254740993',
        '-5',
        '255',
        '1',
        '99999999999.9999',
        '12.3457',
        '1.5',
        'ab ',
        'abcde',
        'ż ',
        'Łódź',
        'long',
        '2024-02-29',
        '2024-02-29 10:00:00.127',
        '2024-02-29 10:00:00.123',
        '6f9619ff-8b86-d011-b42d-00c04fc964ff',
        '00ff',
        '13',
        '2024-01-01 00:00:00',
      ],
    ]);
    expect(answer?.columns.map((column) => column.nullable).slice(0, 6)).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it('fills in defaults and identities', async () => {
    const rows = await sandbox.rows(`
      CREATE TABLE dbo.filled (id int IDENTITY(10,5) PRIMARY KEY, at datetime2(0) NOT NULL DEFAULT '2024-01-01', b bit DEFAULT 1)
      INSERT INTO dbo.filled (b) VALUES (DEFAULT), (0)
      INSERT INTO dbo.filled VALUES (DEFAULT, NULL)
      SELECT id, at, b FROM dbo.filled ORDER BY id`);
    expect(rows).toEqual([
      ['10', '2024-01-01 00:00:00', '1'],
      ['15', '2024-01-01 00:00:00', '0'],
      ['20', '2024-01-01 00:00:00', null],
    ]);
  });

  it('takes rows of literals, of expressions and of a query, with and without INTO', async () => {
    const rows = await sandbox.rows(`
      CREATE TABLE dbo.taken (id int NOT NULL PRIMARY KEY, day date NULL, amount decimal(9,2) NULL, name nvarchar(20) NULL)
      INSERT dbo.taken VALUES (1, '2024-02-29', -1.005, N'it''s')
      INSERT INTO dbo.taken (id, day) VALUES (1 + 1, DATEADD(day, 1, '2024-02-28')), (CAST('3' AS int), '20240301')
      INSERT INTO dbo.taken (id, name, amount) SELECT t.id + 10, t.name + N'!', t.id FROM dbo.taken AS t WHERE t.id = 1
      UPDATE dbo.taken SET amount = amount * 2, name = 'x' WHERE amount > 0
      UPDATE taken SET day = DEFAULT WHERE id = 3
      SELECT * FROM dbo.taken ORDER BY id`);
    expect(rows).toEqual([
      ['1', '2024-02-29', '-1.01', "it's"],
      ['2', '2024-02-29', null, null],
      ['3', null, null, null],
      ['11', null, '2.00', 'x'],
    ]);
  });

  it('refuses a day that is none, also among literals', async () => {
    await sandbox.ask('CREATE TABLE dbo.days (day date NULL)');
    expect((await faultOf(sandbox.ask("INSERT INTO dbo.days VALUES ('2023-02-29')"))).number).toBe(241);
  });

  it('takes an explicit identity only when told to', async () => {
    await sandbox.ask('CREATE TABLE dbo.counted (id int IDENTITY PRIMARY KEY)');
    expect((await faultOf(sandbox.ask('INSERT INTO dbo.counted (id) VALUES (7)'))).number).toBe(544);
    await sandbox.ask(
      'SET IDENTITY_INSERT dbo.counted ON; INSERT INTO dbo.counted (id) VALUES (7); SET IDENTITY_INSERT dbo.counted OFF',
    );
    expect(await sandbox.rows('SELECT id FROM dbo.counted')).toEqual([['7']]);
  });
});

const violations: readonly (readonly [string, string, number])[] = [
  ['a primary key twice', 'INSERT INTO dbo.part VALUES (1, 1, NULL), (1, 1, NULL)', 2627],
  ['a unique column twice', "INSERT INTO dbo.thing (i) VALUES ('x'), ('X')", 2627],
  ['NULL twice in a unique column', 'INSERT INTO dbo.part VALUES (2, 1, NULL), (3, 1, NULL)', 2627],
  ['a unique index', "INSERT INTO dbo.thing (i, k) VALUES ('p', N'q'), ('r', N'Q')", 2601],
  ['NULL where none may be', 'INSERT INTO dbo.part (kind) VALUES (1)', 515],
  ['a reference to nothing', 'INSERT INTO dbo.part VALUES (1, 1, 999)', 547],
  ['a check', "INSERT INTO dbo.thing (i, e) VALUES ('n', -1)", 547],
  ['a text that is too long', "INSERT INTO dbo.thing (i) VALUES ('abcdef')", 2628],
  ['a fixed text that is too long', "INSERT INTO dbo.thing (h) VALUES ('abcd')", 2628],
  ['a number that is too big', 'INSERT INTO dbo.thing (c) VALUES (256)', 8115],
  ['a text that is no number', "INSERT INTO dbo.thing (a) VALUES ('x')", 8114],
  ['too few values', 'INSERT INTO dbo.part (kind, no) VALUES (1)', 109],
  ['too many values', 'INSERT INTO dbo.part (kind) VALUES (1, 2)', 110],
  ['a table that is there', 'CREATE TABLE dbo.thing (id int)', 2714],
  ['a view that is there', 'CREATE VIEW kartoteka.thing AS SELECT 1 AS a', 2714],
  ['a schema that is not', 'CREATE TABLE nowhere.thing (id int)', 2760],
  ['a table that is not', 'DROP TABLE dbo.missing', 3701],
  ['a table that others refer to', 'DROP TABLE dbo.thing', 3726],
  ['a view without a column name', 'CREATE VIEW dbo.v AS SELECT 1', 4511],
  ['a view with one twice', 'CREATE VIEW dbo.v AS SELECT 1 AS a, 2 AS A', 4506],
  ['a view with an ORDER BY', 'CREATE VIEW dbo.v AS SELECT id FROM dbo.thing ORDER BY id', 1033],
  ['a view over nothing', 'CREATE VIEW dbo.v AS SELECT id FROM dbo.missing', 208],
  [
    'more rows than 1,000',
    `INSERT INTO dbo.part (kind, no) VALUES ${Array.from({ length: 1001 }, () => '(1, 1)').join(',')}`,
    10738,
  ],
];

describe('what must not be', () => {
  it.each(violations)('%s is refused', async (_, text, number) => {
    expect((await faultOf(sandbox.ask(text))).number).toBe(number);
  });

  it('names the key that was violated, and its value', async () => {
    const fault = await faultOf(sandbox.ask('INSERT INTO dbo.part VALUES (7, 8, 1), (7, 8, 1)'));
    expect(fault.message).toBe(
      "Violation of PRIMARY KEY constraint 'PK_part'. Cannot insert duplicate key in object 'dbo.part'. The duplicate key value is (7, 8).",
    );
  });
});

describe('a view', () => {
  it('can be altered, also under another view', async () => {
    await sandbox.ask('CREATE VIEW dbo.inner_one AS SELECT 1 AS a');
    await sandbox.ask('CREATE OR ALTER VIEW dbo.outer_one (b) AS SELECT i.a + 1 FROM dbo.inner_one AS i');
    expect(await sandbox.rows('SELECT b FROM dbo.outer_one')).toEqual([['2']]);
    await sandbox.ask('ALTER VIEW dbo.inner_one AS SELECT 41 AS a, 2 AS c');
    expect(await sandbox.rows('SELECT b FROM dbo.outer_one')).toEqual([['42']]);
    await sandbox.ask(
      'DROP VIEW dbo.inner_one; DROP VIEW IF EXISTS dbo.outer_one; DROP VIEW IF EXISTS dbo.outer_one',
    );
    expect((await faultOf(sandbox.ask('SELECT * FROM dbo.outer_one'))).number).toBe(208);
  });
});

describe('the catalog', () => {
  it('tells the columns of a view with the types SQL Server gives them', async () => {
    const rows = await sandbox.rows(`
      SELECT c.name, t.name, c.max_length, c.precision, c.scale, c.collation_name, c.is_nullable
      FROM sys.columns AS c JOIN sys.types AS t ON t.user_type_id = c.user_type_id
      WHERE c.object_id = OBJECT_ID('kartoteka.thing', 'V') ORDER BY c.column_id`);
    expect(rows).toEqual([
      ['id', 'int', '4', '10', '0', null, '0'],
      ['letters', 'char', '3', '0', '0', 'Polish_CI_AS', '1'],
      ['k', 'nvarchar', '20', '0', '0', 'Polish_CI_AS', '1'],
      ['l', 'nvarchar', '-1', '0', '0', 'Polish_CI_AS', '1'],
      ['q', 'varbinary', '4', '0', '0', null, '1'],
      ['s', 'datetime2', '8', '27', '7', null, '1'],
      ['n', 'datetime', '8', '23', '3', null, '1'],
      ['f', 'decimal', '9', '19', '4', null, '1'],
      ['e', 'varchar', '40', '0', '0', 'Polish_CI_AS', '1'],
      ['zero', 'int', '4', '10', '0', null, '0'],
      ['more', 'bigint', '8', '19', '0', null, '1'],
      ['text', 'nvarchar', '12', '0', '0', 'Polish_CI_AS', '1'],
      ['n2', 'int', '4', '10', '0', null, '0'],
      ['filled', 'smallint', '2', '5', '0', null, '0'],
    ]);
  });

  it('lists schemas, tables and views', async () => {
    const rows = await sandbox.rows(`
      SELECT s.name, o.name, o.type, o.type_desc FROM sys.objects AS o JOIN sys.schemas AS s ON s.schema_id = o.schema_id
      WHERE o.name IN ('thing', 'part') ORDER BY o.type, s.name, o.name`);
    expect(rows).toEqual([
      ['dbo', 'part', 'U ', 'USER_TABLE'],
      ['dbo', 'thing', 'U ', 'USER_TABLE'],
      ['kartoteka', 'thing', 'V ', 'VIEW'],
    ]);
    expect(await sandbox.rows("SELECT v.name FROM sys.views v WHERE v.name = 'THING'")).toEqual([['thing']]);
    expect(await sandbox.rows("SELECT COUNT(*) FROM sys.tables WHERE name IN ('thing', 'part')")).toEqual([
      ['2'],
    ]);
  });

  it('answers INFORMATION_SCHEMA.COLUMNS and COL_LENGTH', async () => {
    const rows = await sandbox.rows(`
      SELECT COLUMN_NAME, DATA_TYPE, CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE, IS_NULLABLE
      FROM information_schema.columns WHERE table_schema = 'dbo' AND table_name = 'thing' AND column_name IN ('e', 'k', 'l')`);
    expect(rows).toEqual([
      ['e', 'decimal', null, '19', '4', 'NO'],
      ['k', 'nvarchar', '10', null, null, 'YES'],
      ['l', 'nvarchar', '-1', null, null, 'YES'],
    ]);
    expect(
      await sandbox.rows("SELECT COL_LENGTH('dbo.thing', 'k'), COL_LENGTH('[dbo].[thing]', 'none')"),
    ).toEqual([['20', null]]);
  });

  it('names the database and says that its readers do not block', async () => {
    expect(await sandbox.rows('SELECT name, is_read_committed_snapshot_on FROM sys.databases')).toEqual([
      [sandbox.database, '1'],
    ]);
  });

  it('forgets what was created in a transaction that was rolled back', async () => {
    const session = await sandbox.open();
    await askOf(
      session,
      'BEGIN TRANSACTION; CREATE TABLE dbo.brief (id int); INSERT INTO dbo.brief VALUES (1)',
    );
    expect((await askOf(session, 'SELECT id FROM dbo.brief'))[0]?.rows).toEqual([['1']]);
    await askOf(session, 'ROLLBACK');
    expect((await faultOf(askOf(session, 'SELECT id FROM dbo.brief'))).number).toBe(208);
    await session.close();
  });
});

describe('a script', () => {
  it('is parted at GO, but not within texts and comments', () => {
    const script =
      "SELECT 1\nGO\n/* GO\nGO\n*/ SELECT 'a\nGO\nb'\n  go -- twice\n\nGO\nSELECT [GO\nGO\n] -- GO";
    expect(splitBatches(script)).toEqual([
      'SELECT 1',
      "/* GO\nGO\n*/ SELECT 'a\nGO\nb'",
      'SELECT [GO\nGO\n] -- GO',
    ]);
  });

  it('is installed whole or not at all', async () => {
    const script = 'CREATE TABLE dbo.half (id int)\nGO\nSELECT * FROM dbo.missing';
    expect((await faultOf(sandbox.engine.installScript(sandbox.database, script))).number).toBe(208);
    expect(await sandbox.rows("SELECT OBJECT_ID('dbo.half')")).toEqual([[null]]);
  });

  it('tells the line of its fault', async () => {
    const running = sandbox.ask('SELECT 1\n\nSELECT missing');
    await expect(running).rejects.toMatchObject({ number: 207, line: 3 });
  });
});
