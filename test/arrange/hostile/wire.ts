/** What is hardly HTTP any more: bytes as they go over the line. */
import { jsonHeaders, row, times, writing, type HostileRow } from './row.ts';

const body = '{"query":"{ __typename }"}';
const post = (headers: string, sent = body): string =>
  `POST /graphql HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n${headers}\r\n${sent}`;
const get = (path: string, headers = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: HOST\r\n${headers}Connection: close\r\n\r\n`;
const length = `Content-Length: ${body.length}\r\n`;
const close = 'Connection: close\r\n';
const bad = (name: string, bytes: string | Buffer): HostileRow =>
  row(name, 400, 'BAD_USER_INPUT', writing(bytes));

export const wireRows: readonly HostileRow[] = [
  bad('no HTTP', 'hello\r\n\r\n'),
  bad('TLS where there is none', Buffer.from('16030100a5010000a10303', 'hex')),
  bad('HTTP/2 without asking', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  bad('a request of SMTP', 'EHLO example.com\r\n\r\n'),
  bad('a method that is none', 'GE\u0000T / HTTP/1.1\r\nHost: HOST\r\n\r\n'),
  bad('a version that is none', 'GET / HTTP/9.9\r\nHost: HOST\r\n\r\n'),
  // Node itself answers this one.
  row('no host', 400, '', writing(`GET /health/live HTTP/1.1\r\n${close}\r\n`)),
  bad('a header without a colon', get('/health/live', 'nonsense\r\n')),
  bad('a header with a NUL', get('/health/live', 'x: a\u0000b\r\n')),
  bad('a header with a lone line feed', get('/health/live', 'x: a\ny: b\r\n')),
  bad('a header with a blank before its colon', get('/health/live', 'x : a\r\n')),
  bad('a header folded over lines', get('/health/live', 'x: a\r\n b\r\n')),
  bad('two lengths', post(`Content-Length: 5\r\n${length}${close}`)),
  bad(
    'a length and chunks',
    post(`${length}Transfer-Encoding: chunked\r\n${close}`, `1a\r\n${body}\r\n0\r\n\r\n`),
  ),
  bad('a length below nothing', post(`Content-Length: -1\r\n${close}`)),
  bad('a length that is none', post(`Content-Length: 0x10\r\n${close}`)),
  bad('a length with a sign', post(`Content-Length: +26\r\n${close}`)),
  bad('an encoding nobody knows', post(`Transfer-Encoding: xchunked\r\n${close}`)),
  bad('chunks that are not last', post(`Transfer-Encoding: chunked, gzip\r\n${close}`)),
  bad('a chunk of no size', post(`Transfer-Encoding: chunked\r\n${close}`, 'zz\r\n')),
  bad('a chunk below nothing', post(`Transfer-Encoding: chunked\r\n${close}`, '-1\r\n')),
  bad('a chunk beyond all numbers', post(`Transfer-Encoding: chunked\r\n${close}`, `${'f'.repeat(40)}\r\n`)),
  row(
    'chunk extensions without end',
    413,
    'PAYLOAD_TOO_LARGE chunkExtensions',
    writing(post(`Transfer-Encoding: chunked\r\n${close}`, `1;${'a'.repeat(40_000)}\r\n{\r\n0\r\n\r\n`)),
  ),
  row(
    'a header of 100,000 signs',
    431,
    'PAYLOAD_TOO_LARGE headers',
    writing(get('/health/live', `x: ${'a'.repeat(100_000)}\r\n`)),
  ),
  row(
    '5,000 headers',
    431,
    'PAYLOAD_TOO_LARGE headers',
    writing(
      get(
        '/health/live',
        times(5_000, (n) => `x${n}: a\r\n`, ''),
      ),
    ),
  ),
  row(
    'an address of 100,000 signs',
    431,
    'PAYLOAD_TOO_LARGE headers',
    writing(get(`/${'a'.repeat(100_000)}`)),
  ),
  row(
    'a cookie of 60,000 signs',
    431,
    'PAYLOAD_TOO_LARGE headers',
    writing(get('/health/live', `Cookie: ${'a=b; '.repeat(12_000)}\r\n`)),
  ),
  row('a body longer than it says', 400, 'BAD_USER_INPUT', writing(post(`Content-Length: 10\r\n${close}`))),
  row(
    'a body that announces a terabyte',
    413,
    'PAYLOAD_TOO_LARGE body',
    writing(post(`Content-Length: 1099511627776\r\n${close}`, '')),
  ),
  row(
    'a second request smuggled behind the first',
    200,
    '',
    writing(post(length) + 'GET /smuggled HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n'),
  ),
  row('a body that never comes', 408, 'BAD_USER_INPUT time', writing(post(`Content-Length: 100\r\n`, ''))),
  row(
    'a body that stops in the middle',
    408,
    'BAD_USER_INPUT time',
    writing(post(`Content-Length: 100\r\n`, body)),
  ),
  row(
    'a chunk that never ends',
    408,
    'BAD_USER_INPUT time',
    writing(post('Transfer-Encoding: chunked\r\n', '10\r\n{"q')),
  ),
  row('headers that never end', 408, 'BAD_USER_INPUT time', writing('GET / HTTP/1.1\r\nHost: HOST\r\nx: ')),
  row('an upgrade to something else', 200, '', writing(get('/health/live', 'Upgrade: websocket\r\n'))),
  row('a tunnel to elsewhere', 0, '', writing('CONNECT example.com:443 HTTP/1.1\r\nHost: HOST\r\n\r\n')),
  row('an expectation nobody has', 417, '', writing(post(`${length}Expect: the-impossible\r\n${close}`))),
  row(
    'an answer wanted by TRACE',
    405,
    'BAD_USER_INPUT',
    writing('TRACE /graphql HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n'),
  ),
  row(
    'two hosts',
    400,
    'BAD_USER_INPUT HOST',
    writing('GET /health/live HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n'),
  ),
  row(
    'two answers wanted',
    200,
    '',
    writing(post(`${length}Accept: ${jsonHeaders['accept'] ?? ''}\r\n${close}`)),
  ),
];
