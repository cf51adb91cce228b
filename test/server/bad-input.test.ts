import { request as httpRequest } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxBodyBytes, openDoor } from './arrange-door.ts';
import type { Door } from './arrange-door.ts';

let door: Door;
/** Waits only a moment for what a caller sends. */
let impatient: Door;
beforeAll(async () => {
  door = await openDoor();
  impatient = await openDoor({ headersTimeoutMs: 300, receiveTimeoutMs: 300 });
});
afterAll(() => Promise.all([door.close(), impatient.close()]));

interface Answer {
  readonly status: number;
  readonly errors: readonly {
    message: string;
    extensions: { code: string; problems?: { code: string }[] };
  }[];
}

const send = async (body: string | Buffer<ArrayBuffer>, headers: Record<string, string>): Promise<Answer> => {
  const response = await fetch(`${door.url}graphql`, { method: 'POST', body, headers });
  const { errors } = (await response.json()) as Pick<Answer, 'errors'>;
  return { status: response.status, errors };
};
const json = { 'content-type': 'application/json' };
const post = (body: string | Buffer<ArrayBuffer>) => send(body, json);
const ask = (query: string, variables?: object) =>
  send(JSON.stringify({ query, variables }), { ...json, accept: 'application/graphql-response+json' });

/** Writes raw bytes and answers all that comes back until the line closes. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(impatient.url).port), '127.0.0.1');
  socket.write(bytes);
  return textOf(socket);
}

const deep = (levels: number) =>
  `{"query":"{hello}","variables":{"x":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

const refused: readonly [string, () => Promise<Answer>, number, string, string | undefined][] = [
  ['a body that is not JSON', () => post('query { hello }'), 400, 'BAD_USER_INPUT', 'JSON'],
  ['an empty body', () => post(''), 400, 'BAD_USER_INPUT', 'EMPTY'],
  ['a JSON text that is no object', () => post('"{ hello }"'), 400, 'BAD_USER_INPUT', 'OBJECT'],
  ['null', () => post('null'), 400, 'BAD_USER_INPUT', 'OBJECT'],
  ['a batch', () => post('[{"query":"{hello}"}]'), 400, 'BAD_USER_INPUT', 'BATCH'],
  ['bytes that are not UTF-8', () => post(Buffer.from([0x7b, 0xff, 0x7d])), 400, 'BAD_USER_INPUT', 'UTF_8'],
  ['ten megabytes of brackets', () => post('['.repeat(10_000_000)), 413, 'PAYLOAD_TOO_LARGE', undefined],
  ['brackets within the limit', () => post('['.repeat(60_000)), 400, 'BAD_USER_INPUT', 'NESTING'],
  ['variables nested 5,000 deep', () => post(deep(5_000)), 400, 'BAD_USER_INPUT', 'NESTING'],
  [
    'a document nested 5,000 deep',
    () => ask(`{ ${'hello {'.repeat(5_000)}${'}'.repeat(5_000)} }`),
    400,
    'BAD_USER_INPUT',
    'NESTING',
  ],
  [
    'a document of 5,000 open lists',
    () => ask(`{ fail(kind: ${'['.repeat(5_000)}`),
    400,
    'BAD_USER_INPUT',
    'NESTING',
  ],
  [
    'a document of more tokens than are read',
    () => ask(`{ ${'hello '.repeat(10_001)} }`),
    400,
    'BAD_USER_INPUT',
    'GRAPHQL_PARSE_FAILED',
  ],
  [
    'a form, as a foreign page could post it',
    () => send('query=%7Bhello%7D', { 'content-type': 'application/x-www-form-urlencoded' }),
    415,
    'BAD_USER_INPUT',
    'MEDIA_TYPE',
  ],
  [
    'plain text, as a foreign page could post it',
    () => send('{"query":"mutation{hello}"}', { 'content-type': 'text/plain' }),
    415,
    'BAD_USER_INPUT',
    'MEDIA_TYPE',
  ],
  [
    'another character set',
    () => send('{"query":"{hello}"}', { 'content-type': 'application/json; charset=iso-8859-2' }),
    415,
    'BAD_USER_INPUT',
    'CHARSET',
  ],
  [
    'a compressed body',
    () => send(gzipSync('{"query":"{hello}"}'), { ...json, 'content-encoding': 'gzip' }),
    415,
    'BAD_USER_INPUT',
    'CONTENT_ENCODING',
  ],
  ['an unknown field', () => ask('{ nowhere }'), 400, 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'],
  ['a broken document', () => ask('{'), 400, 'BAD_USER_INPUT', 'GRAPHQL_PARSE_FAILED'],
  [
    'a missing variable',
    () => ask('query ($n: Int!) { check(count: $n) }'),
    400,
    'BAD_USER_INPUT',
    'VARIABLE',
  ],
  ['no query', () => post('{"variables":{}}'), 400, 'BAD_USER_INPUT', 'BAD_REQUEST'],
];

describe('a bad request is refused with its code and harms no other', () => {
  it.each(refused)('%s', async (_name, attempt, status, code, problem) => {
    const answer = await attempt();
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([status, code]);
    expect(answer.errors[0]?.extensions.problems?.[0]?.code).toBe(problem);
    const next = await door.post({ query: '{ hello }' });
    expect(await next.json()).toEqual({ data: { hello: 'Dzień dobry' } });
  });

  it('does not count brackets in strings and comments', async () => {
    const query = `{ # ${'{'.repeat(300)}
      fail(kind: "${'['.repeat(300)}\\"") again: fail(kind: """ " ${'('.repeat(300)} \\""" """) }`;
    const response = await door.post({ query });
    expect(await response.json()).toEqual({ data: { fail: null, again: null } });
  });

  it('accepts a body of exactly the limit', async () => {
    const start = '{"query":"{ hello }"';
    const response = await fetch(`${door.url}graphql`, {
      method: 'POST',
      headers: json,
      body: `${start}${' '.repeat(maxBodyBytes - start.length - 1)}}`,
    });
    expect(await response.json()).toEqual({ data: { hello: 'Dzień dobry' } });
  });
});

/** Sends headers, and the body only in pieces that the test writes. */
function openRequest(headers: OutgoingHttpHeaders) {
  const request = httpRequest(`${door.url}graphql`, { method: 'POST', headers: { ...json, ...headers } });
  const answered = new Promise<number | undefined>((resolve, reject) => {
    request.once('response', (response) => resolve(response.resume().statusCode));
    request.once('error', reject);
  });
  return { request, answered };
}

describe('a body that is too large', () => {
  it('is refused as soon as its length is announced', async () => {
    const { request, answered } = openRequest({ 'content-length': 10_000_000 });
    request.flushHeaders();
    expect(await answered).toBe(413);
    request.destroy();
  });

  it('is refused as soon as the limit is passed when its length is not announced', async () => {
    const { request, answered } = openRequest({ 'transfer-encoding': 'chunked' });
    request.write(' '.repeat(maxBodyBytes + 1));
    expect(await answered).toBe(413);
    request.destroy();
  });

  it('is not asked for when the caller asks first', async () => {
    const { request, answered } = openRequest({ 'content-length': 10_000_000, expect: '100-continue' });
    let wanted = false;
    request.once('continue', () => (wanted = true));
    request.flushHeaders();
    expect(await answered).toBe(413);
    expect(wanted).toBe(false);
    request.destroy();
  });

  it('is asked for when it is of a good size', async () => {
    const body = '{"query":"{ hello }"}';
    const { request, answered } = openRequest({ 'content-length': body.length, expect: '100-continue' });
    request.once('continue', () => request.end(body));
    request.flushHeaders();
    expect(await answered).toBe(200);
  });
});

describe('what is not proper HTTP', () => {
  it.each([
    ['huge headers', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`, 431],
    ['an unknown method', 'BREW /graphql HTTP/1.1\r\nhost: x\r\n\r\n', 400],
    ['no HTTP at all', '\u0016\u0003\u0001 hello\r\n\r\n', 400],
    ['headers that never end', 'GET / HTTP/1.1\r\nhost: x\r\n', 408],
    [
      'a body that never comes',
      'POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{',
      408,
    ],
  ])('%s', async (_name, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      errors: [{ extensions: {} }],
    });
    expect((await impatient.post({ query: '{ hello }' })).status).toBe(200);
  });
});

describe('foreign names for the service', () => {
  it('are refused when names are given', async () => {
    const strict = await openDoor({ allowedHosts: ['localhost', '127.0.0.1'] });
    const port = new URL(strict.url).port;
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        httpRequest(strict.url, { headers: { host } }, (response) => resolve(response.resume().statusCode))
          .once('error', reject)
          .end();
      });
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(await status(`evil.example:${port}`)).toBe(421);
    await strict.close();
  });
});
