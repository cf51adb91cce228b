import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type sql from 'mssql';
import type { Column, SqlType, SqlValue } from '../../src/sandbox-erp/engine.ts';
import { answering, arrange } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';

let sandbox: Arranged;
let pool: sql.ConnectionPool;

beforeAll(async () => {
  sandbox = await arrange();
  pool = await sandbox.pool();
});

afterAll(() => sandbox.close());

const instant = (text: string): Date => new Date(`${text}Z`);

/** Canonical text, and what the driver makes of it. */
const outgoing: readonly (readonly [SqlType, string, unknown])[] = [
  [{ name: 'bit' }, '1', true],
  [{ name: 'bit' }, '0', false],
  [{ name: 'tinyint' }, '255', 255],
  [{ name: 'smallint' }, '-32768', -32768],
  [{ name: 'int' }, '-2147483648', -2147483648],
  [{ name: 'bigint' }, '9223372036854775807', '9223372036854775807'],
  [{ name: 'bigint' }, '-9223372036854775808', '-9223372036854775808'],
  [{ name: 'float' }, '0.1', 0.1],
  [{ name: 'float' }, '-1.7976931348623157e+308', -Number.MAX_VALUE],
  [{ name: 'real' }, '1.5', 1.5],
  [{ name: 'decimal', precision: 9, scale: 2 }, '-9999999.99', -9999999.99],
  [{ name: 'decimal', precision: 19, scale: 4 }, '99999999999.9999', 99999999999.9999],
  [{ name: 'decimal', precision: 19, scale: 4 }, '0.0001', 0.0001],
  [{ name: 'decimal', precision: 28, scale: 0 }, '4503599627370496', 4503599627370496],
  [{ name: 'decimal', precision: 38, scale: 0 }, '-36893488147419103232', -36893488147419103232],
  [{ name: 'money' }, '-922337203685.4775', -922337203685.4775],
  [{ name: 'money' }, '0.0001', 0.0001],
  [{ name: 'date' }, '2026-11-23', instant('2026-11-23T00:00:00')],
  [{ name: 'date' }, '1582-10-15', instant('1582-10-15T00:00:00')],
  [{ name: 'date' }, '9999-12-31', instant('9999-12-31T00:00:00')],
  [{ name: 'time', scale: 0 }, '23:59:59', instant('1970-01-01T23:59:59')],
  [{ name: 'time', scale: 7 }, '07:08:09.1230000', instant('1970-01-01T07:08:09.123')],
  [{ name: 'datetime2', scale: 0 }, '2026-02-28 23:59:59', instant('2026-02-28T23:59:59')],
  [{ name: 'datetime2', scale: 3 }, '2024-02-29 12:00:00.001', instant('2024-02-29T12:00:00.001')],
  [{ name: 'datetime2', scale: 7 }, '1900-03-01 00:00:00', instant('1900-03-01T00:00:00')],
  [{ name: 'datetime' }, '2026-11-23 14:15:16.997', instant('2026-11-23T14:15:16.997')],
  [{ name: 'datetime' }, '1753-01-01 00:00:00', instant('1753-01-01T00:00:00')],
  [{ name: 'datetime' }, '2025-12-31 23:59:59.9990000', instant('2026-01-01T00:00:00')],
  [{ name: 'smalldatetime' }, '2026-11-23 14:15:00', instant('2026-11-23T14:15:00')],
  [
    { name: 'uniqueidentifier' },
    '00112233-4455-6677-8899-aabbccddeeff',
    '00112233-4455-6677-8899-AABBCCDDEEFF',
  ],
  [{ name: 'char', length: 3 }, 'zł', 'zł '],
  [{ name: 'varchar', length: 40 }, 'Zażółć gęślą jaźń ŻÓŁW €„”', 'Zażółć gęślą jaźń ŻÓŁW €„”'],
  [{ name: 'varchar', length: 5 }, 'д😀', '???'],
  [{ name: 'varchar', length: -1 }, 'ł'.repeat(20_000), 'ł'.repeat(20_000)],
  [{ name: 'varchar', length: 10 }, '', ''],
  [{ name: 'nchar', length: 4 }, 'ab', 'ab  '],
  [{ name: 'nvarchar', length: 20 }, 'дом 😀 ść', 'дом 😀 ść'],
  [{ name: 'nvarchar', length: -1 }, 'ść'.repeat(50_000), 'ść'.repeat(50_000)],
  [{ name: 'nvarchar', length: -1 }, '', ''],
  [{ name: 'varbinary', length: 4 }, '00ff10', Buffer.from([0, 255, 16])],
  [{ name: 'varbinary', length: -1 }, 'ab'.repeat(9000), Buffer.alloc(9000, 0xab)],
];

const typeText = (type: SqlType): string => JSON.stringify(type);

describe('columns', () => {
  it.each(outgoing.map((sample) => [typeText(sample[0]), ...sample] as const))(
    '%s comes through as it is, nullable or not, and so does its NULL',
    async (_text, type, value, expected) => {
      const columns: readonly Column[] = [
        { name: 'required', type, nullable: false },
        { name: 'optional', type, nullable: true },
        { name: 'after', type: { name: 'int' }, nullable: false },
      ];
      sandbox.engine.answers.set(
        'sample',
        answering(columns, [
          [value, value, '1'],
          [value, null, '2'],
        ]),
      );

      const { recordset } = await pool.request().query('sample');

      expect(recordset).toEqual([
        { required: expected, optional: expected, after: 1 },
        { required: expected, optional: null, after: 2 },
      ]);
    },
  );

  it('names, lengths, scales and nullability reach the driver', async () => {
    const columns: readonly Column[] = [
      { name: 'Łączna kwota', type: { name: 'decimal', precision: 19, scale: 4 }, nullable: true },
      { name: 'name', type: { name: 'nvarchar', length: 400 }, nullable: false },
      { name: '', type: { name: 'datetime2', scale: 3 }, nullable: true },
    ];
    sandbox.engine.answers.set('described', answering(columns, []));

    const { recordset } = await pool.request().query('described');

    expect(recordset.columns).toMatchObject({
      'Łączna kwota': { precision: 19, scale: 4, nullable: true, index: 0 },
      name: { length: 800, nullable: false, index: 1 },
      '': { scale: 3, nullable: true, index: 2 },
    });
  });

  it('varchar has every character of Windows-1250', async () => {
    const all = new TextDecoder('windows-1250').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
    const characters = all.replace(/[\u0080-\u009f]/g, '');
    const type: SqlType = { name: 'varchar', length: 256 };
    sandbox.engine.answers.set('page', answering([{ name: 'a', type, nullable: false }], [[characters]]));

    const { recordset } = await pool.request().query<{ a: string }>('page');

    expect(characters).toHaveLength(251);
    expect(recordset[0]?.a).toBe(characters);
  });

  it('a decimal travels as its exact whole number, the last digit included', async () => {
    const type: SqlType = { name: 'decimal', precision: 19, scale: 4 };
    sandbox.engine.answers.set(
      'exact',
      answering([{ name: 'a', type, nullable: true }], [['99999999999.9999']]),
    );
    const client = await sandbox.client();

    client.sendBatch('exact');
    const message = await client.message();

    // ROW, 9 bytes, positive, then 999,999,999,999,999 with its low byte first.
    const magnitude = Buffer.alloc(8);
    magnitude.writeBigUInt64LE(999_999_999_999_999n);
    expect(message.includes(Buffer.concat([Buffer.from([0xd1, 9, 1]), magnitude]))).toBe(true);
  });

  it.each([
    [{ name: 'int' }, '2147483648', 8115],
    [{ name: 'decimal', precision: 5, scale: 2 }, '1000', 8115],
    [{ name: 'decimal', precision: 19, scale: 4 }, '0.00001', 8114],
    [{ name: 'decimal', precision: 19, scale: 4 }, '1e3', 8114],
    [{ name: 'date' }, '2026-02-29', 241],
    [{ name: 'datetime2', scale: 3 }, '2026-01-01 00:00:00.0001', 241],
    [{ name: 'varchar', length: 2 }, 'abc', 8152],
    [{ name: 'uniqueidentifier' }, 'none', 8169],
    [{ name: 'int' }, null, 515],
  ] as const satisfies readonly (readonly [SqlType, SqlValue, number])[])(
    'what %j cannot hold (%s) is error %i, never another value',
    async (type, value, number) => {
      sandbox.engine.answers.set('wrong', answering([{ name: 'a', type, nullable: false }], [[value]]));

      await expect(pool.request().query('wrong')).rejects.toMatchObject({ number });
    },
  );
});
