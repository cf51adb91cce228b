/** What a page of another site could send in a visitor's name, and multipart requests that lead nowhere. */
import { addAttachment, addOperation, field, mapOfOne, rawBody, rawFile, rawHeaders } from '../uploads.ts';
import { getting, posting, row, sending, type HostilePlace, type HostileRow } from './row.ts';

const broken = (rule: string): string => `BAD_USER_INPUT ${rule}`;
const removal = 'mutation { removeNote(input: { id: "note_x", version: 1 }) { id } }';
const plain = JSON.stringify({ query: removal });

type Parts = (place: HostilePlace) => readonly string[];

const parts =
  (of: Parts, headers: Readonly<Record<string, string>> = rawHeaders): HostileRow['send'] =>
  (place) =>
    sending(new URL('graphql', place.url), {
      method: 'POST',
      headers: { ...headers, accept: 'application/graphql-response+json' },
      body: new Uint8Array(rawBody(of(place))),
    });
const mapped =
  (map: string): Parts =>
  ({ card }) => [addOperation(card), field('map', map), rawFile('0')];
const operations =
  (value: unknown): Parts =>
  () => [
    field('operations', typeof value === 'string' ? value : JSON.stringify(value)),
    mapOfOne,
    rawFile('0'),
  ];
const boundary = rawHeaders['content-type'].split('boundary=')[1] ?? '';

const foreignForms: readonly HostileRow[] = [
  row(
    'a form',
    415,
    broken('MEDIA_TYPE'),
    posting(new URLSearchParams({ query: removal }).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    }),
  ),
  row('a form as plain text', 415, broken('MEDIA_TYPE'), posting(plain, { 'content-type': 'text/plain' })),
  row(
    'plain text that calls itself JSON too',
    415,
    broken('MEDIA_TYPE'),
    posting(plain, { 'content-type': 'text/plain; application/json' }),
  ),
  row(
    'JSON with a comma of types',
    415,
    broken('MEDIA_TYPE'),
    posting(plain, { 'content-type': 'text/plain, application/json' }),
  ),
  row('JSON of no type', 415, broken('MEDIA_TYPE'), posting(plain, { 'content-type': '' })),
  row(
    'a multipart form',
    400,
    broken('PREFLIGHT'),
    parts(({ card }) => [addOperation(card), mapOfOne, rawFile('0')], {
      'content-type': rawHeaders['content-type'],
    }),
  ),
  row(
    'a mutation by GET',
    405,
    broken('BAD_REQUEST'),
    getting(`graphql?query=${encodeURIComponent(removal)}`, {
      headers: { 'apollo-require-preflight': '1', accept: 'application/graphql-response+json' },
    }),
  ),
  row(
    'a query by GET without a header',
    400,
    broken('BAD_REQUEST'),
    getting(`graphql?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { accept: 'application/graphql-response+json' },
    }),
  ),
  row('a query by HEAD', 405, '', getting('graphql?query={__typename}', { method: 'HEAD' })),
];

const places: readonly HostileRow[] = (
  [
    ['nowhere', '{"0":["variables.other"]}'],
    ['a number', '{"0":[1]}'],
    ['a text', '{"0":"variables.file"}'],
    ['nothing', '{"0":[]}'],
    ['null', '{"0":null}'],
    ['the query', '{"0":["query"]}'],
    ['the variables themselves', '{"0":["variables"]}'],
    ['an input', '{"0":["variables.input"]}'],
    ['into an input', '{"0":["variables.input.clientId"]}'],
    ['__proto__', '{"0":["variables.__proto__.polluted"]}'],
    ['constructor', '{"0":["variables.constructor.prototype.polluted"]}'],
    ['the extensions', '{"0":["extensions.x"]}'],
    ['a place a thousand deep', `{"0":["variables${'.a'.repeat(1_000)}"]}`],
    ['dots', '{"0":["variables..."]}'],
    ['one place twice', '{"0":["variables.file"],"1":["variables.file"]}'],
  ] as const
).map(([where, map]) => row(`a map to ${where}`, 400, broken('MAP'), parts(mapped(map))));

const brokenForms: readonly HostileRow[] = [
  row(
    'a map of eleven files',
    400,
    broken('TOO_MANY'),
    parts(
      mapped(
        JSON.stringify(Object.fromEntries(Array.from({ length: 11 }, (_, n) => [n, ['variables.file']]))),
      ),
    ),
  ),
  row(
    'a map of a thousand places',
    400,
    broken('TOO_MANY'),
    parts(({ card }) => {
      const files = Array(1_000).fill(null) as null[];
      const query = 'query ($files: [Upload]) { __typename }';
      const map = JSON.stringify({ 0: files.map((_, n) => `variables.files.${n}`) });
      return [
        field('operations', JSON.stringify({ query, variables: { files, card: card.id } })),
        field('map', map),
        rawFile('0'),
      ];
    }),
  ),
  row('a map that is a list', 400, broken('MAP'), parts(mapped('[]'))),
  row('a map that is no JSON', 400, broken('JSON'), parts(mapped('{'))),
  row('a map 500 deep', 400, broken('NESTING'), parts(mapped('['.repeat(500)))),
  row(
    'no map',
    400,
    broken('REQUIRED'),
    parts(({ card }) => [addOperation(card)]),
  ),
  row(
    'no operations',
    400,
    broken('ORDER'),
    parts(() => [mapOfOne, rawFile('0')]),
  ),
  row(
    'nothing at all',
    400,
    broken('REQUIRED'),
    parts(() => []),
  ),
  row(
    'a file before the operations',
    400,
    broken('ORDER'),
    parts(({ card }) => [rawFile('0'), addOperation(card), mapOfOne]),
  ),
  row(
    'a file that never comes',
    200,
    broken('FILE_MISSING'),
    parts(({ card }) => [addOperation(card), mapOfOne]),
  ),
  row(
    'a field nobody expects',
    400,
    broken('FIELD'),
    parts(({ card }) => [field('token', 'x'), addOperation(card), mapOfOne, rawFile('0')]),
  ),
  row('operations that are a batch', 400, broken('OBJECT'), parts(operations([{ query: '{ __typename }' }]))),
  row('operations that are no JSON', 400, broken('JSON'), parts(operations('{'))),
  row('operations that are null', 400, broken('OBJECT'), parts(operations(null))),
  row(
    'a file for a text',
    400,
    broken('VARIABLE'),
    parts(
      operations({
        query: 'query ($file: String) { clients(search: $file) { totalCount } }',
        variables: { file: null },
      }),
    ),
  ),
  row(
    'a file for an id',
    400,
    broken('VARIABLE'),
    parts(operations({ query: 'query ($file: ID!) { node(id: $file) { id } }', variables: { file: null } })),
  ),
  row(
    'too much beside the file',
    413,
    'PAYLOAD_TOO_LARGE body',
    parts(() => [field('operations', JSON.stringify({ query: addAttachment, x: 'a'.repeat(5_000_000) }))]),
  ),
  row(
    'no boundary',
    400,
    broken('MULTIPART'),
    parts(({ card }) => [addOperation(card)], { ...rawHeaders, 'content-type': 'multipart/form-data' }),
  ),
  row(
    'another boundary',
    400,
    broken('MULTIPART'),
    parts(({ card }) => [addOperation(card)], {
      ...rawHeaders,
      'content-type': 'multipart/form-data; boundary=other',
    }),
  ),
  row('an end in the middle', 200, broken('MULTIPART'), ({ url, card }) =>
    sending(new URL('graphql', url), {
      method: 'POST',
      headers: rawHeaders,
      body: new Uint8Array(
        rawBody([addOperation(card), mapOfOne, rawFile('0')]).subarray(0, -boundary.length - 20),
      ),
    }),
  ),
  row(
    'a part without a name',
    400,
    broken('FIELD'),
    parts(() => [`--${boundary}\r\ncontent-disposition: form-data\r\n\r\nx\r\n`]),
  ),
  row(
    'a part with headers of 100,000 signs',
    400,
    broken('MULTIPART'),
    parts(() => [`--${boundary}\r\nx: ${'a'.repeat(100_000)}\r\n\r\nx\r\n`]),
  ),
];

const file = (name: string, fileName: string, content: string, status: number, code: string): HostileRow =>
  row(
    name,
    status,
    code,
    parts(({ card }) => [addOperation(card), mapOfOne, rawFile('0', fileName, content)]),
  );

const files: readonly HostileRow[] = [
  file('a program called a PDF', 'Umowa.pdf', `MZ${'\0'.repeat(126)}PE\0\0`, 200, broken('FILE_KIND')),
  file('a program', 'setup.exe', `MZ${'\0'.repeat(126)}PE\0\0`, 200, broken('FILE_KIND')),
  file('a page called a PDF', 'Umowa.pdf', '<html><script>alert(1)</script>', 200, broken('FILE_ENDING')),
  file('a file of nothing', 'Umowa.pdf', '', 200, broken('EMPTY')),
  file(
    'a file beyond the limit',
    'Umowa.pdf',
    `%PDF-1.7\n${'a'.repeat(1_100_000)}`,
    200,
    'PAYLOAD_TOO_LARGE file',
  ),
  file('a file called by dots', '..', '%PDF-1.7\n', 200, broken('FILE_NAME')),
];

export const formRows: readonly HostileRow[] = [...foreignForms, ...places, ...brokenForms, ...files];
