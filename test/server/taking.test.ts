/** Readers that hold an answer without taking it. */
import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { watchTaking } from '../../src/server/http/taking.ts';
import { until } from '../arrange/signing-in.ts';

let server: Server;
let reader: Socket;
afterEach(() => {
  reader.destroy();
  server.close();
});

const taking = { everyMs: 50, least: 16_384 };

/** A server that answers so, and a caller who has asked it. */
async function asked(answer: (response: ServerResponse) => void): Promise<ServerResponse> {
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const requested = once(server, 'request');
  reader = connect((server.address() as AddressInfo).port, '127.0.0.1');
  reader.on('error', () => undefined);
  reader.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  const [, response] = (await requested) as [unknown, ServerResponse];
  answer(response);
  return response;
}

const endless = (response: ServerResponse): void => {
  const more = (): void => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
};

describe('a reader', () => {
  it('that takes nothing of what waits is cut off', async () => {
    const response = await asked((one) => {
      watchTaking(one, taking);
      endless(one);
    });
    reader.pause();
    await until(() => (response.destroyed ? true : undefined));
  });

  it('that takes a byte now and then is cut off as well', async () => {
    const response = await asked((one) => {
      watchTaking(one, taking);
      endless(one);
    });
    reader.pause();
    const clock = setInterval(() => void reader.read(1), 5);
    await until(() => (response.destroyed ? true : undefined));
    clearInterval(clock);
  });

  it('that takes what comes is not, nor one that waits for more', async () => {
    let taken = 0;
    const response = await asked((one) => {
      // Longer than what a busy machine may keep both ends from going on.
      watchTaking(one, { ...taking, everyMs: 500 });
      one.write('a');
    });
    reader.on('data', (piece) => (taken += piece.length));
    let rounds = 0;
    await until(() => ((rounds += 1) > 30 ? true : undefined));
    expect([response.destroyed, taken > 0]).toEqual([false, true]);
    endless(response);
    await until(() => (taken > 200_000_000 || response.destroyed ? true : undefined));
    expect(response.destroyed).toBe(false);
  });
});
