import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sql from 'mssql';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import { answering, arrange, intColumn, streamed, until } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import { lastDone } from './arrange-wire-client.ts';

let sandbox: Arranged;
let pool: sql.ConnectionPool;

beforeAll(async () => {
  sandbox = await arrange();
  pool = await sandbox.pool({ pool: { max: 1 } });
  sandbox.engine.answers.set('one', answering([intColumn('a')], [['1']]));
});

afterAll(() => sandbox.close());

/** Resolves once the engine has begun; the answer comes only when the client gives up. */
const neverending = (): {
  answer: Parameters<Map<string, ReturnType<typeof answering>>['set']>[1];
  begun: Promise<void>;
} => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  return {
    begun,
    answer: (_batch, sink, signal) => {
      sink.columns([intColumn('a')]);
      sink.row(['1']);
      begin();
      return new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cancelled', { cause: signal.reason })));
      });
    },
  };
};

describe('several statements', () => {
  beforeAll(() => {
    sandbox.engine.answers.set('several', async (batch, sink, signal, session) => {
      await answering([intColumn('a')], [['1'], ['2']])(batch, sink, signal, session);
      sink.done(7);
      sink.done(null);
      await answering([intColumn('b')], [])(batch, sink, signal, session);
      sink.done(3);
    });
  });

  it.each(['query', 'batch'] as const)('by %s give all result sets and counts in order', async (how) => {
    const { recordsets, rowsAffected } = await pool.request()[how]('several');

    expect(recordsets).toEqual([[{ a: 1 }, { a: 2 }], []]);
    expect(rowsAffected).toEqual([2, 7, 0, 3]);
  });

  it('say with each completion whether more follows', async () => {
    const client = await sandbox.client();
    client.sendBatch('several');
    const message = await client.message();

    const statuses = [];
    for (let at = message.indexOf(0xfd); at !== -1; at = message.indexOf(0xfd, at + 13)) {
      statuses.push(message.readUInt16LE(at + 1));
    }
    const [more, count] = [0x01, 0x10];
    expect(statuses).toEqual([more | count, more | count, more, more | count, count]);
  });

  it('that fail midway give what came before, then the error with all it says', async () => {
    sandbox.engine.answers.set('half', (_batch, sink) => {
      sink.columns([intColumn('a')]);
      sink.row(['1']);
      throw new SqlServerError(1205, 'Zakleszczenie.', 13, 45, 12);
    });

    const { rows, error } = await streamed(pool, 'half');

    expect(error).toMatchObject({
      number: 1205,
      message: 'Zakleszczenie.',
      class: 13,
      state: 45,
      lineNumber: 12,
      serverName: 'KARTOTEKA-SANDBOX',
    });
    expect(rows).toEqual([{ a: 1 }]);
    await expect(pool.request().batch('half')).rejects.toMatchObject({ number: 1205 });
    expect((await pool.request().query('one')).recordset).toEqual([{ a: 1 }]);
  });

  it('a fault of the engine itself is an error that says so, and the connection lives on', async () => {
    sandbox.engine.answers.set('broken', (_batch, sink) => sink.row(['1']));

    await expect(pool.request().query('broken')).rejects.toMatchObject({ number: 40000 });
    await expect(pool.request().query('one')).resolves.toBeDefined();
  });
});

describe('a connection', () => {
  it('is reset before the request that asks for it', async () => {
    const client = await sandbox.client();
    client.sendBatch('one', { status: 0x08 });
    const message = await client.message();

    expect(sandbox.engine.sessions.at(-1)?.resets).toBe(1);
    expect(message.subarray(0, 6).toString('hex')).toBe('e30300120000');
    expect(lastDone(message)).toMatchObject({ rows: 1 });
  });

  it('answers a request that its client gave up while sending with one failed completion', async () => {
    const client = await sandbox.client();
    const before = sandbox.engine.received.length;
    client.sendBatch('one', { status: 0x02 });

    expect((await client.message()).toString('hex')).toBe('fd0200000000000000000000' + '00');
    expect(sandbox.engine.received).toHaveLength(before);
  });

  it('runs requests that came at once one after another', async () => {
    const client = await sandbox.client();
    client.sendBatch('one');
    client.sendBatch('several');

    expect(lastDone(await client.message()).rows).toBe(1);
    expect(lastDone(await client.message()).rows).toBe(3);
  });

  it('announces a database that a statement changed', async () => {
    sandbox.engine.answers.set('use second', (_batch, sink, _signal, session) => {
      session.database = 'second';
      sink.done(null);
    });
    const client = await sandbox.client();
    client.sendBatch('use second');

    expect((await client.message()).includes(Buffer.from('second', 'utf16le'))).toBe(true);
    sandbox.server.statements.clear();
    client.sendBatch('one');
    await client.message();
    expect(sandbox.server.statements.list({ database: 'second' })).toHaveLength(1);
  });

  it('that ends closes its session, also while a statement runs', async () => {
    const { answer, begun } = neverending();
    sandbox.engine.answers.set('neverending', answer);
    const client = await sandbox.client();
    const session = sandbox.engine.sessions.at(-1);
    const open = sandbox.server.openConnections();
    client.sendBatch('neverending');
    await begun;

    client.hangUp();
    await until(() => sandbox.server.openConnections() < open);

    expect(session?.closed).toBe(true);
  });
});

describe('attention', () => {
  it('cancels what runs; the driver learns so and can use the connection again', async () => {
    const { answer, begun } = neverending();
    sandbox.engine.answers.set('neverending', answer);
    const request = pool.request();
    const running = request.query('neverending');
    await begun;
    request.cancel();

    await expect(running).rejects.toMatchObject({ code: 'ECANCEL' });
    expect((await pool.request().query('one')).recordset).toEqual([{ a: 1 }]);
    expect(sandbox.engine.sessions.filter(({ closed }) => !closed).length).toBeGreaterThan(0);
  });

  it('is what a request timeout of the driver comes to', async () => {
    const impatient = await sandbox.pool({ requestTimeout: 50, pool: { max: 1 } });
    sandbox.server.misbehave({ kind: 'stall', text: /^one$/, times: 1 });

    await expect(impatient.request().query('one')).rejects.toMatchObject({ code: 'ETIMEOUT' });
    await expect(impatient.request().query('one')).resolves.toMatchObject({ recordset: [{ a: 1 }] });
  });

  it('is acknowledged in a message of its own, also when nothing runs any more', async () => {
    const { answer, begun } = neverending();
    sandbox.engine.answers.set('neverending', answer);
    const client = await sandbox.client();
    client.sendBatch('neverending');
    await begun;
    client.sendAttention();
    const cancelled = lastDone(await client.message());
    const acknowledged = lastDone(await client.message());
    client.sendBatch('one');
    await client.message();
    client.sendAttention();
    const late = await client.message();

    expect([cancelled.status, acknowledged.status]).toEqual([0x02, 0x20]);
    expect(late.toString('hex')).toBe('fd20000000' + '0000000000000000');
    client.sendBatch('one');
    expect(lastDone(await client.message()).rows).toBe(1);
  });
});

describe('rows', () => {
  it('wait for a client that does not read, instead of piling up in memory', async () => {
    const ROW = 'x'.repeat(8000);
    const ROWS = 5000;
    let produced = 0;
    let waiting = false;
    sandbox.engine.answers.set('big', async (_batch, sink) => {
      sink.columns([{ name: 'a', type: { name: 'varchar', length: 8000 }, nullable: false }]);
      for (; produced < ROWS; produced += 1) {
        sink.row([ROW]);
        waiting = true;
        await sink.ready?.();
        waiting = false;
      }
      sink.done(ROWS);
    });
    const client = await sandbox.client();
    client.socket.pause();
    client.sendBatch('big');
    // Where there is room, waiting ends before anybody else can look.
    await until(() => waiting);

    expect(produced).toBeLessThan(ROWS);
    let received = 0;
    client.socket.removeAllListeners('data');
    client.socket.on('data', (chunk: Buffer) => (received += chunk.length));
    client.socket.resume();
    while (received < ROW.length * ROWS) await once(client.socket, 'data');
    expect(produced).toBe(ROWS);
  });
});

describe('the statement log', () => {
  it('tells texts, parameters without their values, and leaves out what drivers send by themselves', async () => {
    const fresh = await sandbox.pool();
    sandbox.server.statements.clear();
    await fresh.request().input('id', sql.Int, 5).query('one');
    await fresh.request().batch('several');

    expect(sandbox.server.statements.list()).toEqual([
      { kind: 'call', database: 'erp', text: 'one', parameters: [{ name: '@id', type: { name: 'int' } }] },
      { kind: 'batch', database: 'erp', text: 'several', parameters: [] },
    ]);
    expect(sandbox.server.statements.list({ text: /sev/ })).toHaveLength(1);
    const own = sandbox.server.statements.list({ kinds: ['driver'] }).map((statement) => statement.text);
    expect(own.filter((text) => text !== 'SELECT 1;' && !text.startsWith('set ansi_nulls on'))).toEqual([]);
    expect(sandbox.server.statements.total).toBe(2 + own.length);
  });
});
