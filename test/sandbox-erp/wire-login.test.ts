import type { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqlServerError } from '../../src/sandbox-erp/engine.ts';
import { arrange } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import { loginContent, PASSWORD, PRELOGIN, USER } from './arrange-wire-client.ts';
import type { RawClient } from './arrange-wire-client.ts';

let sandbox: Arranged;

beforeEach(async () => {
  sandbox = await arrange();
});

afterEach(() => sandbox.close());

/** Numbers, severities and states of the ERROR tokens in a login's answer. */
const errorsIn = (
  message: Buffer,
): readonly { number: number; state: number; severity: number; text: string }[] => {
  const errors = [];
  for (let at = 0; message[at] === 0xaa; at += 3 + message.readUInt16LE(at + 1)) {
    const length = message.readUInt16LE(at + 9);
    errors.push({
      number: message.readInt32LE(at + 3),
      state: message.readUInt8(at + 7),
      severity: message.readUInt8(at + 8),
      text: message.toString('utf16le', at + 11, at + 11 + length * 2),
    });
  }
  return errors;
};

const refusal = async (login: Parameters<RawClient['logIn']>[0]): Promise<ReturnType<typeof errorsIn>> => {
  const client = await sandbox.stranger();
  const errors = errorsIn(await client.logIn(login));
  await client.closed();
  return errors;
};

describe('login', () => {
  it('lets in who knows the password, whatever the case of the name', async () => {
    const pool = await sandbox.pool({ user: USER.toUpperCase() });

    expect(pool.connected).toBe(true);
    expect(sandbox.server.openConnections()).toBe(1);
  });

  it.each([
    { password: 'zażółć' },
    { user: 'somebody' },
    { password: '' },
    { password: PASSWORD.toLowerCase() },
  ])('refuses %j with 18456 and hangs up', async (login) => {
    const errors = await refusal(login);

    expect(errors).toEqual([
      { number: 18456, state: 1, severity: 14, text: `Login failed for user '${login.user ?? USER}'.` },
    ]);
    expect(sandbox.engine.sessions).toHaveLength(0);
  });

  it('tells the driver of a wrong password', async () => {
    await expect(sandbox.pool({ password: 'wrong' })).rejects.toMatchObject({
      code: 'ELOGIN',
      message: `Login failed for user '${USER}'.`,
    });
  });

  it('refuses a missing database with 4060 and then 18456, as SQL Server does', async () => {
    const errors = await refusal({ database: 'missing' });

    expect(errors.map(({ number }) => number)).toEqual([4060, 18456]);
  });

  it('takes the default database where none is named', async () => {
    const client = await sandbox.stranger();
    await client.logIn({ database: '' });

    expect(sandbox.engine.sessions.map((session) => session.database)).toEqual(['erp']);
  });

  it('tells database, language, collation, packet size and what it is', async () => {
    const told: Record<string, unknown> = {};
    const listen = (connection: EventEmitter): void => {
      connection.on('databaseChange', (name: string) => (told['database'] = name));
      connection.on('languageChange', (name: string) => (told['language'] = name));
      connection.on(
        'infoMessage',
        (notice: { number: number; message: string }) => (told[notice.number] = notice.message),
      );
    };

    await sandbox.pool({ database: 'second', beforeConnect: listen });

    expect(told).toEqual({
      database: 'second',
      language: 'us_english',
      5701: "Changed database context to 'second'.",
      5703: 'Changed language setting to us_english.',
    });
  });

  it('says in its acknowledgement that it is not SQL Server', async () => {
    const client = await sandbox.stranger();
    const message = await client.logIn();

    expect(message.includes(Buffer.from('Kartoteka sandbox ERP (not SQL Server)', 'utf16le'))).toBe(true);
  });

  it('splits answers to the packet size that was agreed', async () => {
    const client = await sandbox.stranger();
    await client.logIn({ packetSize: 512 });
    sandbox.engine.answers.set('long', (_batch, sink) => {
      sink.columns([{ name: 'a', type: { name: 'varchar', length: 2000 }, nullable: false }]);
      sink.row(['x'.repeat(2000)]);
      sink.done(1);
    });

    client.sendBatch('long');
    await client.hasReceived(512);

    expect(client.unread.readUInt16BE(2)).toBe(512);
    expect((await client.message()).includes(Buffer.alloc(2000, 'x'))).toBe(true);
  });

  it('answers a client that demands encryption honestly: not supported', async () => {
    const client = await sandbox.stranger();
    const demanding = Buffer.from(PRELOGIN);
    demanding.writeUInt8(3, demanding.length - 1);

    client.send(0x12, demanding);
    const answer = await client.message();

    const at = answer.indexOf(Buffer.from([0x01]), 5);
    expect(answer.readUInt8(at)).toBe(1);
    expect(answer.readUInt8(answer.readUInt16BE(at + 1))).toBe(2);
  });

  it('refuses integrated security and protocols before 7.3B by name', async () => {
    const content = loginContent({ user: USER, password: PASSWORD, database: 'erp', packetSize: 4096 });
    const integrated = Buffer.from(content);
    integrated.writeUInt8(0x80, 25);
    const old = Buffer.from(content);
    old.writeUInt32LE(0x72090002, 4);
    const numbers: number[] = [];
    for (const login of [integrated, old]) {
      const client = await sandbox.stranger();
      client.send(0x12, PRELOGIN);
      await client.message();
      client.send(0x10, login);
      numbers.push(...errorsIn(await client.message()).map(({ number }) => number));
    }

    expect(numbers).toEqual([18452, 40000]);
  });

  it('can be told to refuse logins of one database, a number of times', async () => {
    const error = new SqlServerError(17142, 'SQL Server service has been paused.', 14);
    sandbox.server.misbehave({ kind: 'refuse-login', database: 'erp', times: 2, error });

    expect((await refusal({ database: 'erp' }))[0]?.number).toBe(17142);
    await (await sandbox.stranger()).logIn({ database: 'second' });
    expect((await refusal({}))[0]?.number).toBe(17142);
    await (await sandbox.stranger()).logIn({ database: 'erp' });
    expect(sandbox.engine.sessions.map((session) => session.database)).toEqual(['second', 'erp']);
  });
});
