/** Addresses that lead where nothing should be had, names of others, and tokens where they do not belong. */
import { getting, jsonHeaders, posting, row, sending, writing, type HostileRow } from './row.ts';

const hello = '{"query":"{ __typename }"}';
const raw = (path: string, status: number, code: string): HostileRow =>
  row(
    `the address ${path.slice(0, 60)}`,
    status,
    code,
    writing(`GET ${path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n`),
  );
const hosted = (host: string): HostileRow =>
  row(
    `the host ${host}`,
    421,
    'FORBIDDEN',
    writing(`GET /graphql HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
  );

/** A link to the file, changed. */
const tampered = (name: string, change: (href: string) => string): HostileRow =>
  row(name, 403, 'FORBIDDEN', ({ file }) => sending(change(file.downloadUrl)));

const traversals: readonly HostileRow[] = [
  raw('/../../../../etc/passwd', 404, 'NOT_FOUND'),
  raw('/..%2f..%2f..%2fetc%2fpasswd', 404, 'NOT_FOUND'),
  raw('/explorer/../../package.json', 404, 'NOT_FOUND'),
  raw('/explorer/..%2f..%2fpackage.json', 404, 'NOT_FOUND'),
  raw('/explorer/%2e%2e/%2e%2e/package.json', 404, 'NOT_FOUND'),
  raw('/explorer/..\\..\\package.json', 404, 'NOT_FOUND'),
  raw('//graphql', 404, 'NOT_FOUND'),
  raw('/graphql/', 404, 'NOT_FOUND'),
  raw('/GRAPHQL', 404, 'NOT_FOUND'),
  raw('/graphql%00', 404, 'NOT_FOUND'),
  raw('/__proto__', 404, 'NOT_FOUND'),
  raw('/constructor', 404, 'NOT_FOUND'),
  raw('/attachments/../health/live', 403, 'FORBIDDEN'),
  raw('/attachments/..%2f..%2fserver%2fpassword', 403, 'FORBIDDEN'),
  raw('/attachments/%00', 403, 'FORBIDDEN'),
  raw('/attachments/%ff%fe', 403, 'FORBIDDEN'),
  raw('/attachments/%', 403, 'FORBIDDEN'),
  raw('/attachments/', 404, 'NOT_FOUND'),
  raw('/attachments/a/1/b?expires=9999999999999&signature=AAAA', 403, 'FORBIDDEN'),
  raw('/export/', 404, 'NOT_FOUND'),
  raw('/export/..%2f..%2fetc%2fpasswd.csv', 400, 'BAD_USER_INPUT SET'),
  raw('/export/client;DROP%20TABLE%20client.csv', 400, 'BAD_USER_INPUT SET'),
  raw("/export/clients.csv?after=client_'%20OR%20true--", 400, 'BAD_USER_INPUT ID'),
  raw('/export/clients.csv?columns=id,(SELECT%20version())', 400, 'BAD_USER_INPUT COLUMN'),
  raw('/export/clients.csv?columns=constructor', 400, 'BAD_USER_INPUT COLUMN'),
  raw(`/export/clients.csv?columns=${'x,'.repeat(5_000)}`, 400, 'BAD_USER_INPUT COLUMN'),
  raw('/.git/config', 404, 'NOT_FOUND'),
  raw('/.env', 404, 'NOT_FOUND'),
  raw('/health/live/../../metrics', 404, 'NOT_FOUND'),
  raw('http://example.com/graphql', 404, 'NOT_FOUND'),
  raw('*', 404, 'NOT_FOUND'),
];

const links: readonly HostileRow[] = [
  tampered('a link without a signature', (href) => href.replace(/&signature=.*/, '')),
  tampered('a link with an empty signature', (href) => href.replace(/signature=.*/, 'signature=')),
  tampered('a link with half a signature', (href) => href.slice(0, -20)),
  tampered('a link with more signature', (href) => `${href}A`),
  tampered('a link with another signature', (href) =>
    href.replace(/signature=./, (sign) => (sign.endsWith('A') ? 'signature=B' : 'signature=A')),
  ),
  tampered('a link with two signatures', (href) =>
    `${href}&signature=AAAA`.replace(/signature=[^&]+/, 'signature=AAAA'),
  ),
  tampered('a link that lives longer', (href) => href.replace(/expires=\d/, 'expires=9')),
  tampered('a link that lives for ever', (href) => href.replace(/expires=\d+/, 'expires=99999999999999')),
  tampered('a link that ends at no time', (href) => href.replace(/expires=\d+/, 'expires=NaN')),
  tampered('a link to another revision', (href) => href.replace('/1/', '/2/')),
  tampered('a link to another name', (href) => href.replace('Umowa', 'Inna')),
  tampered('a link to another file', (href) =>
    href.replace(/attachment_./, (start) => (start.endsWith('0') ? 'attachment_1' : 'attachment_0')),
  ),
  tampered('a link out of the folder', (href) => href.replace('Umowa.pdf', '..%2f..%2fUmowa.pdf')),
  tampered('a link without a question', (href) => href.replace(/\?.*/, '')),
  row('a link by POST', 405, 'BAD_USER_INPUT', ({ file }) => sending(file.downloadUrl, { method: 'POST' })),
  row('a range without end', 200, '', ({ file }) =>
    sending(file.downloadUrl, { headers: { range: `bytes=${'0-1,'.repeat(1_000)}0-1` } }),
  ),
  row('a range of nowhere', 416, 'BAD_USER_INPUT', ({ file }) =>
    sending(file.downloadUrl, { headers: { range: 'bytes=99999999999999999999-' } }),
  ),
];

const methods: readonly HostileRow[] = ['PUT', 'PATCH', 'DELETE', 'PROPFIND'].map((method) =>
  row(`${method} of the API`, 405, 'BAD_USER_INPUT', getting('graphql', { method })),
);

/** Who they are is said in the header alone; elsewhere it is no token, and opens nothing. */
const misplacedTokens: readonly HostileRow[] = [
  row(
    'an override of the method',
    405,
    'BAD_USER_INPUT',
    getting('graphql', { method: 'DELETE', headers: { 'x-http-method-override': 'POST' } }),
  ),
  row(
    'a request id that is markup',
    200,
    '',
    posting(hello, { 'x-request-id': '<script>alert(1)</script>' }),
  ),
  row('a request id without end', 200, '', posting(hello, { 'x-request-id': 'a'.repeat(5_000) })),
  row(
    'an address made up',
    200,
    '',
    posting(hello, { 'x-forwarded-for': "127.0.0.1'; DROP TABLE client; --" }),
  ),
  row(
    'another host by a header',
    200,
    '',
    posting(hello, { 'x-forwarded-host': 'evil.example', 'x-original-url': '/metrics' }),
  ),
  row('an origin that is null', 200, '', posting(hello, { origin: 'null' })),
  row(
    '1,000 media types wanted',
    406,
    'BAD_USER_INPUT MEDIA_TYPE',
    posting(hello, { accept: 'text/a,'.repeat(1_000) }),
  ),
  row(
    'an operation named by a header',
    200,
    '',
    posting(hello, { ...jsonHeaders, 'x-apollo-operation-name': '../../x' }),
  ),
];

export const addressRows: readonly HostileRow[] = [
  ...traversals,
  ...[
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    '169.254.169.254',
    'HOST.evil',
    '[::ffff:127.0.0.1]',
    '0',
  ].map(hosted),
  ...links,
  ...methods,
  ...misplacedTokens,
];
