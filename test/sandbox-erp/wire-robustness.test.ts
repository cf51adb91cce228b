import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PacketAssembler } from '../../src/sandbox-erp/wire/packets.ts';
import { answering, arrange, intColumn, until } from './arrange-wire.ts';
import type { Arranged } from './arrange-wire.ts';
import {
  argument,
  lastDone,
  loginContent,
  packets,
  PASSWORD,
  PRELOGIN,
  textArgument,
  USER,
} from './arrange-wire-client.ts';

let sandbox: Arranged;

beforeEach(async () => {
  sandbox = await arrange();
  sandbox.engine.answers.set('one', answering([intColumn('a')], [['1']]));
});

afterEach(() => sandbox.close());

const stillServes = async (): Promise<void> => {
  const client = await sandbox.client();
  client.sendBatch('one');
  expect(lastDone(await client.message()).rows).toBe(1);
};

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
const login = loginContent({ user: USER, password: PASSWORD, database: 'erp', packetSize: 4096 });
const truncatedLogin = packets(0x10, login.subarray(0, 60), 4000, 0);
const pointingOutside = Buffer.from(login);
pointingOutside.writeUInt16LE(60_000, 40);

describe('a stranger', () => {
  it.each([
    ['a greeting of another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a TLS hello', bytes('160301020001')],
    ['a packet shorter than its header', bytes('1201000400000000')],
    ['a packet of 65,535 bytes', bytes('1201ffff00000000')],
    ['an option that points outside', packets(0x12, bytes('0000ff0006ff'), 4000, 0)],
    ['options without an end', packets(0x12, bytes('0000'), 4000, 0)],
    ['an empty greeting', packets(0x12, Buffer.alloc(0), 4000, 0)],
    ['a login before the greeting', packets(0x10, login, 4000, 0)],
    ['a batch before the login', packets(0x01, bytes('0400000041'), 4000, 0)],
    ['an attention before the login', packets(0x06, Buffer.alloc(0), 4000, 0)],
    ['a login cut short', Buffer.concat([packets(0x12, PRELOGIN, 4000, 0), truncatedLogin])],
    [
      'a login pointing outside',
      Buffer.concat([packets(0x12, PRELOGIN, 4000, 0), packets(0x10, pointingOutside, 4000, 0)]),
    ],
    ['a greeting without end', Buffer.concat([packets(0x12, Buffer.alloc(200_000), 30_000, 0)])],
    ['two kinds of packet in one message', bytes('1200000900000000' + '00' + '1001000900000000' + '00')],
  ])('with %s loses the line, and nobody else notices', async (_name, garbage) => {
    const client = await sandbox.stranger();
    client.socket.write(garbage);

    await client.closed();
    await stillServes();
  });

  it('that hangs up after half a packet is forgotten', async () => {
    const client = await sandbox.stranger();
    client.socket.write(bytes('120100ff00'));
    client.hangUp();
    await until(() => sandbox.server.openConnections() === 0);

    await stillServes();
  });

  it('that does not log in in time is sent away', async () => {
    const strict = await arrange({ loginTimeoutMs: 30 });
    const client = await strict.stranger();
    client.send(0x12, PRELOGIN);
    await client.closed();

    await until(() => strict.server.openConnections() === 0);
    await strict.close();
  });
});

describe('a client', () => {
  it.each([
    ['headers longer than the message', 0x01, 'ff000000'],
    ['half a character', 0x01, '0400000041'],
    ['a call without a procedure', 0x03, '04000000'],
    ['a parameter of no known type', 0x03, '04000000' + 'ffff0a00' + '0000' + '0000' + '99'],
    [
      'a value longer than the message',
      0x03,
      '04000000' + 'ffff0a00' + '0000' + '0000' + 'e7401f1504d00000' + 'ff0f',
    ],
    ['a decimal of 200 digits', 0x03, '04000000' + 'ffff0a00' + '0000' + '0000' + '6a11c80011'],
    ['an empty transaction request', 0x0e, '04000000'],
    ['a second login', 0x10, login.toString('hex')],
  ])('that sends %s loses its line only', async (_name, type, content) => {
    const client = await sandbox.client();
    client.send(type, bytes(content));

    await client.closed();
    await stillServes();
  });

  it('sends a call with bytes gone wrong: it is answered, refused or loses its line', async () => {
    const values = Buffer.concat([
      textArgument('one'),
      textArgument('@a decimal(19, 4), @b nvarchar(max), @c datetime2(3), @d uniqueidentifier'),
      argument('@a', '6a0913040901ff7fc6a47e8d0300'),
      argument('@b', 'e7ffff1504d00000feffffffffffffff040000004100420000000000'),
      argument('@c', '2a0307000000004b460b'),
      argument('@d', '241010' + '00'.repeat(16)),
    ]);
    const healthy = await sandbox.client();
    healthy.sendCall('sp_executesql', values);
    expect(lastDone(await healthy.message())).toMatchObject({ token: 0xfe, status: 0 });
    expect(sandbox.engine.received.at(-1)?.parameters).toHaveLength(4);

    const wrongBytes = fc.array(fc.tuple(fc.nat(values.length - 1), fc.nat(255)), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(wrongBytes, async (changes) => {
        const changed = Buffer.from(values);
        for (const [at, byte] of changes) changed.writeUInt8(byte, at);
        const client = await sandbox.client();
        client.sendCall('sp_executesql', changed);
        await Promise.race([client.message(), client.closed()]);
        client.hangUp();
      }),
      { numRuns: 300 },
    );
    await stillServes();
  });

  it('sends whatever it likes after login: the server survives it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0x01, 0x03, 0x06, 0x0e, 0x10, 0x12),
        fc.uint8Array({ maxLength: 200 }),
        async (type, content) => {
          const client = await sandbox.client();
          client.send(type, Buffer.concat([bytes('04000000'), content]));
          client.socket.end();
          await client.closed();
        },
      ),
      { numRuns: 100 },
    );
    await stillServes();
  });
});

describe('messages', () => {
  it('are the same however the network cuts them up', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(0x01, 0x03, 0x0e), fc.uint8Array({ maxLength: 300 })), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.integer({ min: 1, max: 100 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 50 })),
        (messages, packetContent, cuts) => {
          const stream = Buffer.concat(
            messages.map(([type, content]) => packets(type, Buffer.from(content), packetContent, 0)),
          );
          const assembler = new PacketAssembler();
          const received: (readonly [number, string])[] = [];
          let at = 0;
          for (const cut of cuts) {
            if (at >= stream.length) break;
            for (const { type, payload } of assembler.push(stream.subarray(at, at + cut))) {
              received.push([type, payload.toString('hex')]);
            }
            at += cut;
          }

          expect(received).toEqual(
            messages.map(([type, content]) => [type, Buffer.from(content).toString('hex')]),
          );
        },
      ),
    );
  });

  it('of two hundred clients at once are all answered, and close() drops everybody', async () => {
    const clients = await Promise.all(Array.from({ length: 200 }, () => sandbox.client()));
    const rows = await Promise.all(
      clients.map(async (client) => {
        client.sendBatch('one');
        return lastDone(await client.message()).rows;
      }),
    );
    expect(rows).toEqual(clients.map(() => 1));
    expect(sandbox.server.openConnections()).toBe(200);

    await sandbox.server.close();

    await Promise.all(clients.map((client) => client.closed()));
    expect(sandbox.server.openConnections()).toBe(0);
    expect(sandbox.engine.sessions.filter(({ closed }) => !closed)).toHaveLength(0);
  });
});
