/** Who may not subscribe, and to what: everything that is wrong is told by a code, and nothing of it harms the others. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { liveClient, liveUrl } from '../arrange/live.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { until } from '../arrange/signing-in.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
});
afterAll(() => service.close());

const asked = async (payload: object, headers = {}) => {
  const { client, closed } = liveClient(service, headers);
  const faults: {
    message: string;
    extensions?: { code: string; problems?: { path: string; code: string }[] };
  }[] = [];
  await new Promise<void>((done) => {
    client.subscribe(payload as { query: string }, {
      next: ({ errors }) => void faults.push(...((errors ?? []) as never[])),
      error: (fault) => {
        if (Array.isArray(fault)) faults.push(...(fault as never[]));
        done();
      },
      complete: () => done(),
    });
  });
  await client.dispose();
  return { faults, closed };
};

describe('what cannot be subscribed is refused with a code and its place:', () => {
  it.each([
    ['a cursor that is none', '{ changed(after: "x") { position } }', 'after CURSOR'],
    ['a cursor beyond the end', '{ changed(after: "99999999999") { position } }', 'after CURSOR'],
    ['an id that is none', '{ changed(clientId: "x") { position } }', 'clientId ID'],
    ['a field that is none', '{ changed { secret } }', 'query GRAPHQL_VALIDATION_FAILED'],
    [
      'a type that is none',
      '{ changed(recordTypes: [SECRET]) { position } }',
      'query GRAPHQL_VALIDATION_FAILED',
    ],
  ])('%s', async (_, selection, problem) => {
    const { faults } = await asked({ query: `subscription ${selection}` });
    const [{ extensions } = {}] = faults;
    expect([extensions?.code, extensions?.problems?.map(({ path, code }) => `${path} ${code}`)]).toEqual([
      'BAD_USER_INPUT',
      [problem],
    ]);
  });

  it.each([
    ['a query', 'query { viewer { scope } }'],
    ['a mutation', 'mutation { addNote(input: { clientId: "x", text: "x" }) { id } }'],
  ])('%s, which goes by POST', async (_, query) => {
    const { faults } = await asked({ query });
    expect(faults[0]?.extensions).toMatchObject({ problems: [{ path: 'query', code: 'OPERATION' }] });
  });

  it('what is too large for any request', async () => {
    const many = Array.from({ length: 2_000 }, (_, place) => `a${place}: position`).join(' ');
    const { faults } = await asked({ query: `subscription { changed { ${many} } }` });
    expect(faults[0]?.extensions).toMatchObject({ code: 'TOO_COMPLEX' });
  });

  it('by POST: where it goes instead is told', async () => {
    const { errors } = await service.graphql('subscription { changed { position } }');
    expect(errors[0]?.extensions.problems?.[0]).toMatchObject({ path: 'query', code: 'OPERATION' });
    expect(errors[0]?.message).toContain('WebSocket');
  });

  it('an eleventh on one connection', async () => {
    const { client } = liveClient(service);
    const faults: unknown[] = [];
    for (let count = 0; count < 11; count += 1)
      client.subscribe(
        { query: 'subscription { changed { position } }' },
        { next: () => undefined, error: (fault) => void faults.push(fault), complete: () => undefined },
      );
    await until(() => (faults.length > 0 ? true : undefined));
    expect(faults).toMatchObject([[{ extensions: { code: 'RATE_LIMITED', limit: 'subscriptions' } }]]);
    await client.dispose();
  });
});

interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** Sends these texts as they are, and waits until the line is closed. */
const sends = (
  messages: readonly (string | Buffer)[],
  options: { protocol?: string; headers?: object } = {},
) =>
  new Promise<Closed | { readonly status: number }>((done, fail) => {
    const socket = new WebSocket(liveUrl(service), options.protocol ?? 'graphql-transport-ws', {
      headers: { ...options.headers } as Record<string, string>,
    });
    socket.on('open', () => {
      for (const message of messages) socket.send(message);
    });
    socket.on('unexpected-response', (_, { statusCode = 0 }) => done({ status: statusCode }));
    socket.on('close', (code, reason) => done({ code, reason: String(reason) }));
    // Of an answer that is no WebSocket; what it was is told above, and counts.
    socket.on('error', fail);
  });

describe('a stranger', () => {
  it.each([
    ['sends what is no JSON', ['{'], 4400],
    ['sends bytes', [Buffer.from('{}')], 4400],
    ['sends a message of no kind', ['{"type":"secret"}'], 4400],
    ['subscribes before saying who it is', ['{"type":"subscribe","id":"1","payload":{"query":"{x}"}}'], 4401],
    ['begins twice', ['{"type":"connection_init"}', '{"type":"connection_init"}'], 4429],
    ['sends more than a message may hold', [`"${'x'.repeat(70_000)}"`], 1009],
  ])('that %s is told by the code of closing', async (_, messages, code) => {
    expect(await sends(messages)).toMatchObject({ code });
  });

  it('that speaks another subprotocol learns that none was agreed on', async () => {
    await expect(sends([], { protocol: 'graphql-ws' })).rejects.toThrow('Server sent no subprotocol');
  });

  it.each([
    ['a page of another site', { origin: 'https://evil.example' }, 403],
    ['a page without an origin of its own', { origin: 'null' }, 403],
    ['whoever uses another name for the service', { host: 'evil.example' }, 421],
  ])('%s opens none', async (_, headers, status) => {
    expect(await sends([], { headers })).toEqual({ status });
  });

  it('finds none at another address', async () => {
    const status = await new Promise<number>((done) => {
      const socket = new WebSocket(liveUrl(service).replace('graphql', 'health/live'));
      socket.on('unexpected-response', (_, { statusCode = 0 }) => done(statusCode));
      socket.on('error', () => undefined);
    });
    expect(status).toBe(404);
  });
});

it('who would rather speak HTTP/2 is served all the same', async () => {
  const status = await new Promise<number | undefined>((done, fail) => {
    const sent = request(new URL('health/live', service.url), {
      headers: {
        connection: 'Upgrade, HTTP2-Settings',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA',
      },
    });
    sent.on('response', (response) => done(response.resume().statusCode));
    sent.on('error', fail).end();
  });
  expect(status).toBe(200);
});
