/** Readers that hold an answer without taking it. */
import { afterEach, describe, expect, it, jest } from '@jest/globals';
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

/** The watch's clock goes when the test says so; all else goes on as ever. */
function holdIntervals(): void {
  const going = ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask'] as const;
  jest.useFakeTimers({
    doNotFake: [...going, 'setImmediate', 'clearImmediate', 'setTimeout', 'clearTimeout'],
  });
}

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
    // The watch's clock alone is ours: a machine that holds both ends up for a while says nothing of the reader.
    holdIntervals();
    try {
      let taken = 0;
      const response = await asked((one) => {
        watchTaking(one, taking);
        one.write('a');
      });
      reader.on('data', (piece) => (taken += piece.length));
      await until(() => (taken > 0 ? true : undefined));
      for (let ticks = 0; ticks < 5; ticks += 1) jest.advanceTimersByTime(taking.everyMs);
      expect(response.destroyed).toBe(false);
      endless(response);
      // Far more between two ticks than the system's buffers hold, so that some of it has gone in that time.
      for (let ticks = 1; ticks <= 10; ticks += 1) {
        await until(() => (taken > ticks * 32_000_000 || response.destroyed ? true : undefined));
        jest.advanceTimersByTime(taking.everyMs);
        expect(response.destroyed).toBe(false);
      }
    } finally {
      jest.useRealTimers();
    }
  });

  it('that takes nothing from one tick to the next is cut off at the second', async () => {
    holdIntervals();
    try {
      const response = await asked((one) => {
        watchTaking(one, taking);
        endless(one);
      });
      reader.pause();
      await until(() => (response.writableNeedDrain ? true : undefined));
      jest.advanceTimersByTime(taking.everyMs);
      const early = response.destroyed;
      await until(() => {
        jest.advanceTimersByTime(taking.everyMs);
        return response.destroyed ? true : undefined;
      });
      expect(early).toBe(false);
    } finally {
      jest.useRealTimers();
    }
  });
});
