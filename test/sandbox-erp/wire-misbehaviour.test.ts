import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type sql from 'mssql';
import { answering, arrange, intColumn, streamed, until } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';

let sandbox: Arranged;
let pool: sql.ConnectionPool;

beforeEach(async () => {
  sandbox = await arrange();
  sandbox.engine.answers.set('three', answering([intColumn('a')], [['1'], ['2'], ['3']]));
  sandbox.engine.answers.set('other', answering([intColumn('a')], [['9']]));
  sandbox.engine.answers.set('none', (_batch, sink) => sink.done(0));
  pool = await sandbox.pool();
});

afterEach(() => sandbox.close());

describe('misbehaviour to order', () => {
  it.each([1205, 1222, 208, 4060, 50000])(
    'answers error %i as often as told, then behaves',
    async (number) => {
      sandbox.server.misbehave({ kind: 'error', number, times: 2 });

      for (let time = 0; time < 2; time += 1) {
        await expect(pool.request().query('three')).rejects.toMatchObject({ number });
      }
      await expect(pool.request().query('three')).resolves.toBeDefined();
    },
  );

  it('concerns only the statements and the database it is told of', async () => {
    sandbox.server.misbehave({ kind: 'error', number: 1222, text: /thr/, database: 'erp' });
    const second = await sandbox.pool({ database: 'second' });

    await expect(pool.request().query('three')).rejects.toMatchObject({ number: 1222 });
    await expect(pool.request().query('other')).resolves.toBeDefined();
    await expect(second.request().query('three')).resolves.toBeDefined();
  });

  it('ends when it is taken back', async () => {
    const end = sandbox.server.misbehave({ kind: 'error', number: 1222 });
    end();
    sandbox.server.misbehave({ kind: 'error', number: 1205 });
    sandbox.server.behave();

    await expect(pool.request().query('three')).resolves.toBeDefined();
  });

  it.each([
    ['cut-before-first-row', 0],
    ['cut-in-row', 1],
  ] as const)('%s breaks the line after %i rows', async (kind, expected) => {
    sandbox.server.misbehave({ kind, row: 2, times: 1 });

    const { rows, error } = await streamed(pool, 'three');

    expect(rows).toHaveLength(expected);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    await expect(pool.request().query('three')).resolves.toBeDefined();
  });

  it('cuts the line at the end of an answer that has no such row', async () => {
    sandbox.server.misbehave({ kind: 'cut-in-row', row: 2, times: 1 });

    expect((await streamed(pool, 'none')).error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('sends half of a row before it cuts', async () => {
    sandbox.server.misbehave({ kind: 'cut-in-row', row: 2 });
    const client = await sandbox.client();
    client.sendBatch('three');
    await client.closed();

    // After the column: one whole row of an int NOT NULL, then three of the five bytes of the next.
    expect(client.unread.toString('hex')).toMatch(/d101000000d10200$/);
  });

  it('delays an answer, and the delay can be cancelled', async () => {
    sandbox.server.misbehave({ kind: 'delay', milliseconds: 40, times: 1 });
    const start = performance.now();
    await pool.request().query('three');
    const elapsed = performance.now() - start;
    sandbox.server.misbehave({ kind: 'delay', milliseconds: 3_600_000 });
    const request = pool.request();
    const running = request.query('three');
    await until(() => sandbox.server.statements.list({ text: /three/ }).length === 2);
    request.cancel();

    expect(elapsed).toBeGreaterThanOrEqual(39);
    await expect(running).rejects.toMatchObject({ code: 'ECANCEL' });
  });

  it('holds answers back until it is told, and what is held can be cancelled', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    sandbox.server.misbehave({ kind: 'hold', until: promise, times: 2 });
    const request = pool.request();
    const both = [pool.request().query('three'), request.query('three')] as const;
    await until(() => sandbox.server.statements.list({ text: /three/ }).length === 2);
    request.cancel();
    await expect(both[1]).rejects.toMatchObject({ code: 'ECANCEL' });
    let answered = false;
    void both[0].then(() => (answered = true));
    // What is asked later is not held, and is answered meanwhile.
    for (let time = 0; time < 5; time += 1) await pool.request().query('three');
    expect(answered).toBe(false);
    resolve(undefined);

    await expect(both[0]).resolves.toBeDefined();
  });

  it('refuses connections, or takes them and says nothing', async () => {
    sandbox.server.misbehave({ kind: 'refuse-connection', times: 1 });
    await expect(sandbox.pool()).rejects.toMatchObject({ code: 'ESOCKET' });
    sandbox.server.misbehave({ kind: 'stall-connection', times: 1 });
    await expect(sandbox.pool({ connectionTimeout: 50 })).rejects.toMatchObject({ code: 'ETIMEOUT' });

    await expect(sandbox.pool()).resolves.toBeDefined();
    expect(sandbox.server.acceptedConnections()).toBe(4);
  });

  it('goes away and comes back at the same port', async () => {
    const { port } = sandbox.server;
    await sandbox.server.goAway();
    expect(sandbox.server.openConnections()).toBe(0);
    await expect(sandbox.stranger()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(sandbox.pool()).rejects.toMatchObject({ code: 'ESOCKET' });

    await sandbox.server.comeBack();

    expect(sandbox.server.port).toBe(port);
    await expect(pool.request().query('three')).resolves.toBeDefined();
  });
});
