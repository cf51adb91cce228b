import { fullAccess } from '../../src/access/access.ts';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { openDoor } from './arrange-door.ts';
import type { Door, DoorOptions } from './arrange-door.ts';

let door: Door;
const open = async (options: DoorOptions = {}) => (door = await openDoor(options));
afterEach(() => door.close());

const portOf = ({ url }: Door) => Number(new URL(url).port);

describe('the time limit', () => {
  it('ends the fields that listen to it and answers the others', async () => {
    await open({ requestTimeoutMs: 100 });
    const response = await door.post({ query: '{ hello untilAborted }' }, { 'x-request-id': 'r-3' });
    expect([response.status, await response.json()]).toMatchObject([
      200,
      {
        data: { hello: 'Dzień dobry', untilAborted: null },
        errors: [{ path: ['untilAborted'], extensions: { code: 'INTERNAL_SERVER_ERROR', timeLimit: true } }],
      },
    ]);
    expect(door.log).toMatchObject([{ level: 'info', event: 'field given up' }]);
  });

  it('answers 504 when a field does not listen', async () => {
    await open({ requestTimeoutMs: 50, partialAnswerMs: 50 });
    const response = await door.post({ query: '{ hello deaf }' });
    expect(response.status).toBe(504);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
  });
});

describe('a caller who hangs up', () => {
  it('ends what was done for them', async () => {
    const aborted = Promise.withResolvers<unknown>();
    await open({
      makeContext: ({ requestId, signal }) => {
        signal.addEventListener('abort', () => aborted.resolve(signal.reason));
        return { requestId, signal, actor: { id: 'u', name: 'U', access: fullAccess } };
      },
    });
    const caller = new AbortController();
    const answer = fetch(`${door.url}graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ held }"}',
      signal: caller.signal,
    });
    await door.held.begun;
    caller.abort();
    await expect(answer).rejects.toThrow();
    expect(await aborted.promise).toMatchObject({ why: 'CALLER_GONE' });
  });

  it('in the middle of a body disturbs nobody', async () => {
    await open();
    const socket = connect(portOf(door), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n{',
    );
    await once(socket, 'connect');
    socket.destroy();
    expect((await door.post({ query: '{ hello }' })).status).toBe(200);
    expect(door.log).toEqual([]);
  });
});

const refusedConnection = async (): Promise<string> => {
  const socket = connect(portOf(door), '127.0.0.1');
  const [fault] = (await once(socket, 'error').catch((error: unknown) => [error])) as [NodeJS.ErrnoException];
  return fault.code ?? '';
};

describe('a stop', () => {
  it('lets a running request answer whole, over a line that then closes, and takes no new one', async () => {
    await open();
    const running = door.post({ query: '{ hello held }' });
    await door.held.begun;
    const closed = door.server.close(10_000);
    expect(await refusedConnection()).toBe('ECONNREFUSED');
    door.held.release();
    const response = await running;
    expect(response.headers.get('connection')).toBe('close');
    expect(await response.json()).toEqual({ data: { hello: 'Dzień dobry', held: 'released' } });
    expect(await closed).toBe(0);
  });

  it('does not wait for idle lines, nor for those that have not said anything', async () => {
    await open();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) => {
      httpRequest(`${door.url}explorer/page.css`, { agent }, (response) =>
        response.resume().once('end', resolve),
      ).end();
    });
    const silent = connect(portOf(door), '127.0.0.1');
    await once(silent, 'connect');
    // The server has seen the silent line when it answers a later one.
    await fetch(`${door.url}explorer/page.css`, { method: 'HEAD' });
    expect(await door.server.close(60_000)).toBe(0);
    agent.destroy();
    silent.destroy();
  });

  it('cuts off what does not end in time, and says how many that were', async () => {
    await open();
    const running = door.post({ query: '{ held }' });
    running.catch(() => undefined);
    await door.held.begun;
    expect(await door.server.close(50)).toBe(1);
    await expect(running).rejects.toThrow();
  });
});

describe('a line that is kept', () => {
  it('carries several requests', async () => {
    await open();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    for (let count = 0; count < 3; count += 1) {
      await new Promise((resolve) => {
        httpRequest(door.url, { agent }, (response) => response.resume().once('end', resolve))
          .once('socket', (socket) => socket.once('connect', () => ports.add(socket.localPort)))
          .end();
      });
    }
    expect(ports.size).toBe(1);
    agent.destroy();
  });
});
