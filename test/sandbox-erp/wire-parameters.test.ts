import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'mssql';
import type { SqlType, SqlValue } from '../../src/sandbox-erp/engine.ts';
import { answering, arrange } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import { argument, lastDone, textArgument } from './arrange-wire-client.ts';

let sandbox: Arranged;
let pool: sql.ConnectionPool;

beforeAll(async () => {
  sandbox = await arrange();
  pool = await sandbox.pool();
});

afterAll(() => sandbox.close());

const day = new Date('2024-02-29T00:00:00Z');
const moment = new Date('2024-02-29T13:14:15.678Z');

/** What a test gives the driver, and what the engine must get. */
const incoming: readonly (readonly [
  string,
  sql.ISqlType | (() => sql.ISqlType),
  unknown,
  SqlType,
  SqlValue,
])[] = [
  ['bit', sql.Bit, true, { name: 'bit' }, '1'],
  ['tinyint', sql.TinyInt, 200, { name: 'tinyint' }, '200'],
  ['smallint', sql.SmallInt, -2, { name: 'smallint' }, '-2'],
  ['int', sql.Int, -2147483648, { name: 'int' }, '-2147483648'],
  ['bigint', sql.BigInt, '9007199254740993', { name: 'bigint' }, '9007199254740993'],
  [
    'decimal',
    sql.Decimal(19, 4),
    99999999999.9999,
    { name: 'decimal', precision: 19, scale: 4 },
    '99999999999.9999',
  ],
  ['small decimal', sql.Decimal(5, 2), -0.05, { name: 'decimal', precision: 5, scale: 2 }, '-0.05'],
  ['large decimal', sql.Decimal(38, 2), 12.5, { name: 'decimal', precision: 38, scale: 2 }, '12.50'],
  ['numeric', sql.Numeric(19, 0), 7, { name: 'decimal', precision: 19, scale: 0 }, '7'],
  ['float', sql.Float, 0.1, { name: 'float' }, '0.1'],
  ['real', sql.Real, 0.1, { name: 'real' }, '0.1'],
  ['smallmoney', sql.SmallMoney, 12.34, { name: 'money' }, '12.3400'],
  ['date', sql.Date, day, { name: 'date' }, '2024-02-29'],
  ['time', sql.Time(3), moment, { name: 'time', scale: 3 }, '13:14:15.678'],
  ['datetime2', sql.DateTime2(7), moment, { name: 'datetime2', scale: 7 }, '2024-02-29 13:14:15.6780000'],
  ['datetime2(0)', sql.DateTime2(1), moment, { name: 'datetime2', scale: 1 }, '2024-02-29 13:14:15.7'],
  ['datetime', sql.DateTime, moment, { name: 'datetime' }, '2024-02-29 13:14:15.677'],
  ['smalldatetime', sql.SmallDateTime, moment, { name: 'smalldatetime' }, '2024-02-29 13:14:00'],
  ['char', sql.Char(3), 'PLN', { name: 'char', length: 3 }, 'PLN'],
  ['varchar', sql.VarChar(30), 'Łódź €', { name: 'varchar', length: 30 }, 'Łódź €'],
  ['varchar(max)', sql.VarChar(sql.MAX), 'ł'.repeat(9000), { name: 'varchar', length: -1 }, 'ł'.repeat(9000)],
  ['nchar', sql.NChar(2), 'дж', { name: 'nchar', length: 2 }, 'дж'],
  ['nvarchar', sql.NVarChar(50), 'дом 😀', { name: 'nvarchar', length: 50 }, 'дом 😀'],
  [
    'nvarchar(max)',
    sql.NVarChar(sql.MAX),
    'ś'.repeat(9000),
    { name: 'nvarchar', length: -1 },
    'ś'.repeat(9000),
  ],
  ['empty nvarchar', sql.NVarChar(5), '', { name: 'nvarchar', length: 5 }, ''],
  ['text', sql.Text, 'stary', { name: 'varchar', length: -1 }, 'stary'],
  [
    'uniqueidentifier',
    sql.UniqueIdentifier,
    '00112233-4455-6677-8899-aabbccddeeff',
    { name: 'uniqueidentifier' },
    '00112233-4455-6677-8899-AABBCCDDEEFF',
  ],
  ['varbinary', sql.VarBinary(10), Buffer.from([0, 255]), { name: 'varbinary', length: 10 }, '00ff'],
];

describe('parameters', () => {
  beforeAll(() => {
    sandbox.engine.answers.set('take', answering([], []));
  });

  it.each(incoming)(
    '%s arrives exactly, and so does its NULL',
    async (_name, driverType, given, type, value) => {
      await pool
        .request()
        .input('Wartość', driverType, given)
        .input('nothing', driverType, null)
        .query('take');

      expect(sandbox.engine.received.at(-1)).toEqual({
        text: 'take',
        parameters: [
          { name: '@Wartość', type, value },
          { name: '@nothing', type, value: null },
        ],
      });
    },
  );

  /** What mssql does not send but other drivers may: the type, its facets and the value as bytes. */
  it.each([
    ['38' + 'ffffffff', '@p int', '-1'],
    ['34' + '0080', '@p smallint', '-32768'],
    ['30' + 'ff', '@p tinyint', '255'],
    ['7f' + 'ffffffffffffff7f', '@p bigint', '9223372036854775807'],
    ['32' + '01', '@p bit', '1'],
    ['3e' + '000000000000f83f', '@p float', '1.5'],
    ['3b' + '0000c03f', '@p real', '1.5'],
    ['6e0808' + 'ffffffff' + 'ffffffff', '@p money', '-0.0001'],
    ['3c' + 'ffffff7f' + 'ffffffff', '@p money', '922337203685477.5807'],
    ['6f0808' + 'ffffffff' + '00000000', '@p datetime', '1899-12-31 00:00:00.000'],
    ['6c09130409' + '01' + 'ff7fc6a47e8d0300', '@p numeric(19, 4)', '99999999999.9999'],
    ['6a11260011' + '00' + 'ff'.repeat(12) + '00000000', '@p decimal(38)', '-79228162514264337593543950335'],
    ['63' + 'ffffff7f' + '1504d00000' + '04000000' + '7c014101', '@p ntext', 'żŁ'],
    ['23' + 'ffffff7f' + '1504d00000' + '02000000' + 'bfb3', '@p text', 'żł'],
    ['22' + 'ffffff7f' + '02000000' + '00ff', '@p image', '00ff'],
    ['22' + 'ffffff7f' + 'ffffffff', '@p image', null],
    ['ad0400' + '0300' + '0102ff', '@p binary(4)', '0102ff'],
    [
      'a5ffff' + 'feffffffffffffff' + '01000000' + 'ab' + '01000000' + 'cd' + '00000000',
      '@p varbinary(max)',
      'abcd',
    ],
    ['1f', '@p int', null],
    ['26010105', '@p bigint', '5'],
    ['28' + '03' + 'dab937', '@p date', '9999-12-31'],
  ])('bytes %s declared as "%s" are %s', async (bytes, declaration, value) => {
    const client = await sandbox.client();

    client.sendCall(
      'sp_executesql',
      Buffer.concat([textArgument('take'), textArgument(declaration), argument('@p', bytes)]),
    );

    expect(lastDone(await client.message())).toMatchObject({ token: 0xfe, status: 0 });
    expect(sandbox.engine.received.at(-1)?.parameters.map((parameter) => parameter.value)).toEqual([value]);
  });

  it.each([
    ['@p int', argument('@p', '7fffffffffffffff7f'), 206],
    ['@p int', argument('@q', '3801000000'), 8178],
    ['@p int', Buffer.concat([argument('@p', '3801000000'), argument('@q', '3801000000')]), 8144],
    ['@p hierarchyid', argument('@p', '3801000000'), 40000],
    ['p int', argument('@p', '3801000000'), 102],
    ['@p int output', argument('@p', '3801000000'), 40000],
  ])('a value that does not fit its declaration "%s" is an error', async (declaration, values, number) => {
    const client = await sandbox.client();

    client.sendCall(
      'sp_executesql',
      Buffer.concat([textArgument('take'), textArgument(declaration), values]),
    );
    const message = await client.message();

    expect([message.readUInt8(0), message.readInt32LE(3)]).toEqual([0xaa, number]);
    expect(lastDone(message)).toMatchObject({ token: 0xfe, status: 2 });
  });

  it('2,100 of them at once arrive in order', async () => {
    const request = pool.request();
    for (let index = 0; index < 2100; index += 1) request.input(`p${index}`, sql.Int, index);

    await request.query('take');

    const values = sandbox.engine.received.at(-1)?.parameters.map((parameter) => Number(parameter.value));
    expect(values).toEqual(Array.from({ length: 2100 }, (_, index) => index));
  });

  it('a type the sandbox has not is refused by name, and the connection lives on', async () => {
    const refused = pool.request().input('at', sql.DateTimeOffset(7), moment).query('take');

    await expect(refused).rejects.toMatchObject({
      number: 40000,
      message: expect.stringContaining('datetimeoffset'),
    });
    await expect(pool.request().query('take')).resolves.toBeDefined();
  });
});
