/** Bodies and variables that are not what they should be. */
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { asking, posting, row, times, type HostileRow } from './row.ts';

const hello = '{ __typename }';
const byId = 'query ($id: ID!) { client(id: $id) { id } }';
const search = 'query ($search: String) { clients(search: $search) { totalCount } }';
const filtered = 'query ($filter: ClientFilter) { clients(filter: $filter) { totalCount } }';
const create = 'mutation ($input: CreateClientInput!) { createClient(input: $input) { id } }';
const ids = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const broken = (rule: string): string => `BAD_USER_INPUT ${rule}`;
const card = { code: 'ZŁA', cardType: 'nie ma', shortName: 'Zła', fullName: 'Zła' };
const nested = (levels: number, open: string, close: string): string =>
  `{"query":"${hello}","variables":{"x":${open.repeat(levels)}1${close.repeat(levels)}}}`;

export const bodyRows: readonly HostileRow[] = [
  row('no JSON', 400, broken('JSON'), posting('query')),
  row('nothing', 400, broken('EMPTY'), posting('')),
  row('blanks', 400, broken('EMPTY'), posting(' \n\t ')),
  row('half an object', 400, broken('JSON'), posting('{"query":')),
  row('an object and more', 400, broken('JSON'), posting(`{"query":"${hello}"}{}`)),
  row('a comment in JSON', 400, broken('JSON'), posting(`{/* */"query":"${hello}"}`)),
  row('NaN', 400, broken('JSON'), posting(`{"query":"${hello}","variables":{"x":NaN}}`)),
  row('a text', 400, broken('OBJECT'), posting('"text"')),
  row('a number', 400, broken('OBJECT'), posting('1')),
  row('null', 400, broken('OBJECT'), posting('null')),
  row('a batch', 400, broken('BATCH'), posting(JSON.stringify([{ query: hello }, { query: hello }]))),
  row(
    'a batch of a thousand',
    400,
    broken('BATCH'),
    posting(JSON.stringify(Array(1_000).fill({ query: hello }))),
  ),
  row('an empty batch', 400, broken('BATCH'), posting('[]')),
  row('a query that is a list', 400, broken('BAD_REQUEST'), posting('{"query":["{a}"]}')),
  row('a query that is an object', 400, broken('BAD_REQUEST'), posting('{"query":{"toString":"x"}}')),
  row('variables that are a list', 400, broken('BAD_REQUEST'), asking(hello, [1])),
  row('variables that are a text', 400, broken('BAD_REQUEST'), asking(hello, '{"a":1}')),
  row(
    'an operation name that is an object',
    400,
    broken('BAD_REQUEST'),
    asking(hello, {}, { operationName: {} }),
  ),
  row('extensions that are a text', 400, broken('BAD_REQUEST'), asking(hello, {}, { extensions: 'x' })),
  row(
    'a query kept elsewhere',
    400,
    broken('PERSISTED_QUERY_NOT_SUPPORTED'),
    posting(JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: '0'.repeat(64) } } })),
  ),
  row('lists 500 deep', 400, broken('NESTING'), posting(nested(500, '[', ']'))),
  row('lists 100,000 deep', 400, broken('NESTING'), posting(nested(100_000, '[', ']'))),
  row('objects 500 deep', 400, broken('NESTING'), posting(nested(500, '{"a":', '}'))),
  row(
    'five megabytes',
    413,
    'PAYLOAD_TOO_LARGE body',
    posting(`{"query":"${hello}","x":"${'a'.repeat(5_242_880)}"}`),
  ),
  row(
    'bytes that are no UTF-8',
    400,
    broken('UTF_8'),
    posting(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d])),
  ),
  row('UTF-16', 400, broken('UTF_8'), posting(Buffer.from(`\ufeff{"query":"${hello}"}`, 'utf16le'))),
  row(
    'a small gzip that unpacks to much',
    415,
    broken('CONTENT_ENCODING'),
    posting(gzipSync('a'.repeat(10_000_000)), { 'content-encoding': 'gzip' }),
  ),
  row(
    'brotli',
    415,
    broken('CONTENT_ENCODING'),
    posting(brotliCompressSync('a'.repeat(1_000_000)), { 'content-encoding': 'br' }),
  ),
  row(
    'two encodings',
    415,
    broken('CONTENT_ENCODING'),
    posting('{}', { 'content-encoding': 'identity, gzip' }),
  ),
  row(
    'another character set',
    415,
    broken('CHARSET'),
    posting('{}', { 'content-type': 'application/json; charset=utf-7' }),
  ),
  row(
    'XML',
    415,
    broken('MEDIA_TYPE'),
    posting('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>', {
      'content-type': 'application/xml',
    }),
  ),
  row(
    'YAML',
    415,
    broken('MEDIA_TYPE'),
    posting('query: "{ __typename }"', { 'content-type': 'application/yaml' }),
  ),
  row(
    'an answer nobody makes',
    406,
    broken('MEDIA_TYPE'),
    posting(`{"query":"${hello}"}`, { accept: 'text/html' }),
  ),
  // What all objects inherit is nobody's to change; the normal request afterwards would show it.
  row(
    '__proto__ in the body',
    200,
    '',
    posting(`{"query":"${hello}","__proto__":{"polluted":true,"query":"x"}}`),
  ),
  row(
    'constructor.prototype in the body',
    200,
    '',
    posting(`{"query":"${hello}","constructor":{"prototype":{"polluted":true}}}`),
  ),
  row(
    '__proto__ among the variables',
    200,
    '',
    posting(`{"query":"${hello}","variables":{"__proto__":{"polluted":true}}}`),
  ),
  row(
    '__proto__ in a filter',
    400,
    broken('VARIABLE'),
    posting(`{"query":${JSON.stringify(filtered)},"variables":{"filter":{"__proto__":{"active":true}}}}`),
  ),
  row(
    'constructor in a filter',
    400,
    broken('VARIABLE'),
    asking(filtered, { filter: { constructor: { name: 'x' } } }),
  ),
  row(
    '__proto__ in an input',
    400,
    broken('VARIABLE'),
    posting(
      `{"query":${JSON.stringify(create)},"variables":{"input":{"__proto__":{"code":"X"},"code":"X"}}}`,
    ),
  ),
  row(
    '__proto__ in the extensions',
    200,
    '',
    posting(`{"query":"${hello}","extensions":{"__proto__":{"polluted":true}}}`),
  ),
  row('an object for a text', 400, broken('VARIABLE'), asking(search, { search: { $gt: '' } })),
  row('a list for a text', 400, broken('VARIABLE'), asking(search, { search: ['a'] })),
  row('an object for an id', 400, broken('VARIABLE'), asking(byId, { id: { $ne: null } })),
  row('a number for an id', 200, broken('ID'), asking(byId, { id: 1 })),
  row('a fraction for an id', 400, broken('VARIABLE'), asking(byId, { id: 1.5 })),
  row('an id of a million letters', 200, broken('ID'), asking(byId, { id: 'a'.repeat(1_000_000) })),
  row(
    'a search of a million letters',
    200,
    broken('TOO_LONG'),
    asking(search, { search: 'a'.repeat(1_000_000) }),
  ),
  row('a search of NULs', 200, '', asking(search, { search: '\u0000\u0000' })),
  row('a search of brackets', 200, '', asking(search, { search: '((((((((((((((((' })),
  row('a search that is a pattern for ever', 200, '', asking(search, { search: '%_%_%_%_%_%_%_%_%_%' })),
  row(
    'a search of words without number',
    200,
    broken('TOO_MANY'),
    asking(search, { search: times(40, (n) => `w${n}`) }),
  ),
  row('250,000 ids', 400, 'TOO_COMPLEX cost', asking(ids, { ids: Array(250_000).fill('x') })),
  row(
    '1,000 ids of nothing',
    200,
    broken('TOO_MANY'),
    asking(ids, { ids: Array(1_000).fill('client_00000000-0000-7000-8000-000000000000') }),
  ),
  row(
    'a filter of 5,000 alternatives',
    200,
    broken('TOO_MANY'),
    asking(filtered, { filter: { or: Array(5_000).fill({ active: true }) } }),
  ),
  row(
    'a filter 60 deep',
    200,
    broken('TOO_DEEP'),
    posting(
      `{"query":${JSON.stringify(filtered)},"variables":{"filter":${'{"not":'.repeat(60)}{}${'}'.repeat(60)}}}`,
    ),
  ),
  row(
    'an input of a hundred wrong members',
    400,
    broken('VARIABLE'),
    asking(create, {
      input: Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`x${n}`, n])),
    }),
  ),
  row(
    'a name of 300,000 letters',
    200,
    broken('TOO_LONG'),
    asking(create, { input: { ...card, fullName: 'ą'.repeat(300_000) } }),
  ),
  row(
    'a code with a NUL',
    200,
    broken('CHARACTERS'),
    asking(create, { input: { ...card, code: 'A\u0000B' } }),
  ),
  row('a variable that is missing', 400, broken('VARIABLE'), asking(byId)),
  row('null where something must be', 400, broken('VARIABLE'), asking(byId, { id: null })),
  row(
    '1,000 variables too many',
    200,
    '',
    asking(hello, Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`v${n}`, n]))),
  ),
];
