import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'mssql';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import { answering, arrange, intColumn } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import { argument, lastDone, textArgument } from './arrange-wire-client.ts';

let sandbox: Arranged;
let pool: sql.ConnectionPool;

beforeAll(async () => {
  sandbox = await arrange();
  pool = await sandbox.pool({ pool: { max: 1 } });
  sandbox.engine.answers.set('one', answering([intColumn('a')], [['1']]));
  sandbox.engine.answers.set('two', answering([intColumn('a')], [['1'], ['2']]));
});

afterAll(() => sandbox.close());

describe('prepared statements', () => {
  it('are prepared once, run many times and given back', async () => {
    sandbox.engine.answers.set('prepared', answering([intColumn('a')], [['5']]));
    sandbox.server.statements.clear();
    const statement = new sql.PreparedStatement(pool);
    statement.input('id', sql.Int);
    statement.input('name', sql.NVarChar(20));
    await statement.prepare('prepared');

    const first = await statement.execute({ id: 1, name: 'łódź' });
    await statement.execute({ id: 2, name: null });
    await statement.unprepare();

    expect(first.recordset).toEqual([{ a: 5 }]);
    expect(
      sandbox.engine.received.slice(-2).map(({ parameters }) => parameters.map(({ value }) => value)),
    ).toEqual([
      ['1', 'łódź'],
      ['2', null],
    ]);
    expect(sandbox.server.statements.list().map(({ kind }) => kind)).toEqual(['prepare', 'call', 'call']);
  });

  it('a handle nobody gave is error 8179, an unknown procedure 2812', async () => {
    const handle = Buffer.from('0000' + '3809000000', 'hex');
    const client = await sandbox.client();
    client.sendCall('sp_execute', handle);
    const unknownHandle = await client.message();
    client.sendCall('sys.sp_who2', Buffer.alloc(0));
    const unknownProcedure = await client.message();

    expect([unknownHandle.readInt32LE(3), unknownProcedure.readInt32LE(3)]).toEqual([8179, 2812]);
    await expect(pool.request().execute('dbo.nothing')).rejects.toMatchObject({
      number: 2812,
      message: "Could not find stored procedure 'dbo.nothing'.",
    });
  });
});

describe('calls', () => {
  /** The handle a RETURNVALUE token carries: an int, named @h. */
  const handleIn = (message: Buffer): number => {
    const at = message.indexOf(Buffer.from('ac0000024000680001000000000100260404', 'hex'));
    return message.readInt32LE(at + 18);
  };

  it('sp_prepexec runs at once and gives a handle for later; sp_unprepare ends that', async () => {
    const client = await sandbox.client();
    const handle = argument('@h', '260400', 1);
    client.sendCall(
      'sp_prepexec',
      Buffer.concat([handle, textArgument('@a int'), textArgument('one'), argument('@a', '3807000000')]),
    );
    const first = await client.message();
    const given = argument('', `38${handleIn(first).toString(16).padStart(2, '0')}000000`);
    client.sendCall('sp_execute', Buffer.concat([given, argument('', '3808000000')]));
    await client.message();
    client.sendCall('sp_unprepare', given);
    const last = await client.message();
    client.sendCall('sp_execute', given);

    expect(
      sandbox.engine.received.slice(-2).map(({ text, parameters }) => [text, parameters[0]?.value]),
    ).toEqual([
      ['one', '7'],
      ['one', '8'],
    ]);
    expect(lastDone(last)).toMatchObject({ token: 0xfe, status: 0 });
    expect((await client.message()).readInt32LE(3)).toBe(8179);
  });

  it('sp_reset_connection resets the session', async () => {
    const client = await sandbox.client();
    client.sendCall('sp_reset_connection', Buffer.alloc(0));

    expect(lastDone(await client.message())).toMatchObject({ token: 0xfe, status: 0 });
    expect(sandbox.engine.sessions.at(-1)?.resets).toBe(1);
  });

  it('several in one message are answered in one, each with its own completion', async () => {
    const client = await sandbox.client();
    const before = sandbox.engine.received.length;
    const executeSql = Buffer.from('ffff0a000000', 'hex');
    client.sendCall(
      'sp_executesql',
      Buffer.concat([textArgument('one'), Buffer.from([0xff]), executeSql, textArgument('two')]),
    );
    const message = await client.message();

    expect(sandbox.engine.received.slice(before).map(({ text }) => text)).toEqual(['one', 'two']);
    expect(message.includes(Buffer.from('7900000000fe0100', 'hex'))).toBe(true);
    expect(lastDone(message)).toMatchObject({ token: 0xfe, status: 0 });
  });
});

describe('transactions', () => {
  it('begin at their isolation level, and end by commit or rollback', async () => {
    const session = () =>
      sandbox.engine.sessions.find(({ isolationLevels }) => isolationLevels.includes('SERIALIZABLE'));
    const transaction = new sql.Transaction(pool);
    await transaction.begin(sql.ISOLATION_LEVEL.SERIALIZABLE);
    await transaction.request().query('one');
    const during = session()?.transactionDepth;
    await transaction.commit();
    const after = session()?.transactionDepth;
    const second = new sql.Transaction(pool);
    await second.begin();
    await second.rollback();

    expect([during, after, session()?.transactionDepth]).toEqual([1, 0, 0]);
  });

  it('that the server itself rolls back are told to the driver', async () => {
    sandbox.engine.answers.set('deadlock', (_batch, _sink, _signal, session) => {
      session.transactionDepth = 0;
      throw new SqlServerError(1205, 'Deadlock.', 13);
    });
    const transaction = new sql.Transaction(pool);
    const aborted = once(transaction, 'rollback');
    await transaction.begin();

    await expect(transaction.request().query('deadlock')).rejects.toMatchObject({ number: 1205 });
    await aborted;

    await expect(transaction.commit()).rejects.toMatchObject({ code: 'EABORT' });
    await expect(pool.request().query('one')).resolves.toBeDefined();
  });

  it('begun and ended by SQL text are told to the driver too', async () => {
    const depths = { 'BEGIN TRAN': 1, COMMIT: 0, 'ROLLBACK TRAN': 0 };
    for (const [text, depth] of Object.entries(depths)) {
      sandbox.engine.answers.set(text, (_batch, sink, _signal, session) => {
        session.transactionDepth = depth;
        sink.done(null);
      });
    }
    const client = await sandbox.client();
    const told: string[] = [];
    for (const text of ['BEGIN TRAN', 'COMMIT', 'BEGIN TRAN', 'ROLLBACK TRAN']) {
      client.sendBatch(text);
      const message = await client.message();
      told.push(message.toString('hex', message.indexOf(0xe3), message.indexOf(0xe3) + 5));
    }

    // ENVCHANGE of 11 bytes: 8 begun (with a new descriptor), 9 committed, 10 rolled back (with the old one).
    expect(told).toEqual(['e30b000808', 'e30b000900', 'e30b000808', 'e30b000a00']);
  });

  it('without a beginning cannot end: 3902 and 3903; savepoints are refused', async () => {
    const client = await sandbox.client();
    const numbers: number[] = [];
    for (const code of ['0700', '0800', '0900']) {
      client.send(0x0e, Buffer.from(`16000000120000000200000000000000000001000000${code}0000`, 'hex'));
      numbers.push((await client.message()).readInt32LE(3));
    }

    expect(numbers).toEqual([3902, 3903, 40000]);
  });
});
