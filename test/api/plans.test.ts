/** What selections can hold that an answer's SQL could trip over, asked of a service with plans and of one without. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeCardTypes, makeClient, makeContact, makeNote, makeRecipient, write } from '../arrange/cards.ts';
import { merge } from '../arrange/merging.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let planned: TestService;
let ordinary: TestService;
const ids: Record<'card' | 'plain' | 'deleted' | 'loser', string> = {
  card: '',
  plain: '',
  deleted: '',
  loser: '',
};
beforeAll(async () => {
  planned = await startTestService({ readPlans: 'text' });
  ordinary = await startTestService({ beside: planned, readPlans: 'off' });
  await makeCardTypes(planned);
  const odd = 'Ż"ó\\ł/w 🦊';
  const [card, plain, deleted, loser] = [
    await makeClient(planned, { code: 'PIERWSZY', shortName: odd, fullName: `${odd}'; --` }),
    await makeClient(planned, { code: 'DRUGI' }),
    await makeClient(planned, { code: 'USUNIETY' }),
    await makeClient(planned, { code: 'PRZEGRANY' }),
  ];
  for (const lastName of ['Ala', 'Bea', 'Cyla', odd])
    await makeContact(planned, card, { lastName, primary: lastName === 'Bea' });
  await makeNote(planned, card, { text: 'pierwszy\n\tdrugi "trzeci"' });
  await makeRecipient(planned, card, { memberCardId: plain.id });
  // Such as no caller could write, and an import of long ago might have.
  await planned.dataSource.query('UPDATE client SET full_name = $1 WHERE code = $2', [
    `${odd}\u2028\u007f\u0001\t\b`,
    'PIERWSZY',
  ]);
  await write(planned, 'deleteClient', deleted);
  await merge(planned, plain, [loser]);
  Object.assign(ids, { card: card.id, plain: plain.id, deleted: deleted.id, loser: loser.id });
});
afterAll(async () => {
  await ordinary.close();
  await planned.close();
});

interface Told {
  readonly status: number;
  readonly way: string | null;
  readonly body: unknown;
}

async function tellOf(response: Response): Promise<Told> {
  const body: unknown = await response.json();
  return { status: response.status, way: response.headers.get('x-kartoteka-plan'), body };
}

const post = async ({ url }: TestService, asked: object): Promise<Told> =>
  tellOf(
    await fetch(new URL('graphql', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    }),
  );

/** What the plans answered, and that the other way answers the same. */
async function same(asked: object): Promise<Told> {
  const [one, other] = [await post(planned, asked), await post(ordinary, asked)];
  // As texts: the order of keys is the selection's.
  expect(JSON.stringify([one.status, one.body])).toBe(JSON.stringify([other.status, other.body]));
  expect(other.way === null || other.way === 'ordinary; reason=off').toBe(true);
  return one;
}

const longName = 'a'.repeat(64);
const names =
  'a1 n1 n2 n3 p1 t k0 c q i a w1 e1 h1 body key more cursors select from order user true null __proto__ constructor toString hasOwnProperty valueOf toJSON then length';
const oddly = (field: string): string =>
  names
    .split(' ')
    .map((name) => `${name}: ${field}`)
    .join(' ');
const list = 'clients(first: 3)';
const card = () => `client(id: "${ids.card}")`;
const deciding = Array.from({ length: 7 }, (_, place) => `v${place}`);
const cursor = `{ clients(first: 1, orderBy: [{field: CODE}]) { pageInfo { endCursor } } }`;

it.each<readonly [what: string, way: string, query: () => string, variables?: object]>([
  ['names of columns as keys of the root', 'text', () => `{ ${oddly('cardTypes { id }')} }`],
  ['names of columns as keys of rows', 'text', () => `{ ${list} { nodes { ${oddly('code')} } } }`],
  [
    'names of columns as keys of related rows',
    'text',
    () => `{ ${list} { nodes { ${oddly('cardType { key }')} } } }`,
  ],
  [
    'names of columns as keys of pages',
    'text',
    () => `{ ${oddly(`${list} { totalCount pageInfo { endCursor } }`)} }`,
  ],
  ['names of columns as keys of members', 'text', () => `{ ${list} { ${oddly('nodes { t: id }')} } }`],
  [
    'names of columns as keys of edges',
    'text',
    () => `{ ${list} { edges { ${oddly('node { n1: id }')} } } }`,
  ],
  [
    'names of columns as keys of parts',
    'text',
    () => `{ ${list} { nodes { address { ${oddly('city')} } } } }`,
  ],
  [
    'names of columns as keys of what leads to open fields',
    'rows',
    () =>
      `{ ${list} { nodes { ${oddly('cardType { id } ')} __proto__2: id mergedInto { sharedWith { id } } ${oddly('contacts { nodes { features { isSet } } }').replaceAll(': contacts', '_: contacts')} } } }`,
  ],
  [
    '__proto__ as the way to open fields',
    'rows',
    () =>
      `{ __proto__: ${list} { __proto__: nodes { __proto__: contacts { constructor: nodes { toString: features { isSet } } } } } }`,
  ],
  ['__proto__ as an open field', 'rows', () => `{ ${list} { nodes { __proto__: sharedWith { id } } } }`],
  ['the longest key', 'text', () => `{ ${longName.slice(1)}: ${list} { nodes { id } } }`],
  ['a key that is too long', 'ordinary; reason=long_name', () => `{ ${longName}: ${list} { nodes { id } } }`],
  [
    'a long key within',
    'ordinary; reason=long_name',
    () => `{ ${list} { nodes { address { ${longName}: city } } } }`,
  ],
  [
    'what the row around tells of rows',
    'text',
    () =>
      `{ ${list} { nodes { primaryContact { lastName primary } contacts { nodes { lastName primary } edges { node { p: primary } } } } } }`,
  ],
  [
    'odd texts',
    'text',
    () =>
      `{ ${card()} { shortName fullName notes { nodes { text } } contacts { edges { cursor node { lastName } } } } }`,
  ],
  ['NUL in a key', 'text', () => '{ client(code: "a\\u0000b") { id } }'],
  [
    'NUL in a key and in a cursor',
    'ordinary; reason=arguments',
    () => '{ clients(after: "a\\u0000b") { totalCount } }',
  ],
  ['half a sign', 'text', () => 'query ($code: String) { client(code: $code) { id } }', { code: '\ud800' }],
  [
    'half a sign in a search',
    'text',
    () => 'query ($s: String) { clients(search: $s) { totalCount } }',
    { s: 'a\udc00b' },
  ],
  [
    'null relations',
    'text',
    () =>
      `{ ${card()} { accountManager { name } mergedInto { id } primaryContact { id } recipients { nodes { deliveryPlace { id } memberCard { code } } } } }`,
  ],
  [
    'null relations with open fields',
    'rows',
    () => `{ ${card()} { mergedInto { sharedWith { id } } primaryContact { features { isSet } } } }`,
  ],
  ['a deleted card', 'text', () => `{ client(id: "${ids.deleted}") { id deletedAt } }`],
  [
    'deleted cards',
    'text',
    () => '{ clients(filter: {deleted: true}) { totalCount nodes { code mergedInto { code } } } }',
  ],
  [
    'a merged card',
    'text',
    () => `{ client(id: "${ids.loser}") { code mergedInto { code mergedInto { code } } } }`,
  ],
  ['a card that is not there', 'text', () => '{ client(code: "NIKT") { id contacts { nodes { id } } } }'],
  [
    'an empty page',
    'text',
    () =>
      `{ clients(filter: {or: []}) { nodes { id } edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  ],
  [
    'a page from the end',
    'text',
    () =>
      `{ clients(last: 1) { nodes { code } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
  ],
  [
    'nothing but the count of a page',
    'text',
    () => '{ clients(last: 1, filter: {active: true}) { totalCount } }',
  ],
  ['nothing but a name of a page', 'text', () => '{ clients(first: 1) { __typename } }'],
  [
    'introspection beside data',
    'rows',
    () => `{ __schema { queryType { name } } __type(name: "Note") { name } ${list} { nodes { id } } }`,
  ],
  [
    'fragments that lead to themselves',
    'null',
    () => `{ ${list} { nodes { ...A } } } fragment A on Client { id ...B } fragment B on Client { ...A }`,
  ],
  [
    'a nullable open field that fails in a list',
    'rows',
    () => `{ ${list} { nodes { code orders(first: 0) { totalCount } } } }`,
  ],
  [
    'an open field that must not be null and fails in a list',
    'rows',
    () =>
      `{ ${card()} { code contacts { nodes { id } } history(first: 0) { nodes { at } } } other: ${card()} { id } }`,
  ],
  [
    'one that takes the whole answer',
    'rows',
    () => `{ clients(first: 1) { nodes { code history(first: 0) { nodes { at } } } } }`,
  ],
  ['an open field of the root that fails', 'rows', () => `{ node(id: "x") { id } ${card()} { code } }`],
  [
    'a wrong argument',
    'ordinary; reason=arguments',
    () => `{ ${card()} { code contacts(first: 0) { totalCount } } }`,
  ],
  [
    'two keys of one card',
    'ordinary; reason=arguments',
    () => `{ client(id: "${ids.card}", code: "A") { code } cardTypes { key } }`,
  ],
  [
    'a variable in a directive and an argument',
    'text',
    () =>
      'query ($b: Boolean!) { clients(filter: {active: $b}) { totalCount @include(if: $b) nodes { id @skip(if: $b) code } } }',
    { b: true },
  ],
  [
    'a directive of an open field alone, which is left out',
    'text',
    () => `query ($b: Boolean!) { ${card()} { code sharedWith @include(if: $b) { id } } }`,
    { b: false },
  ],
  [
    'a directive of an open field alone, which is kept',
    'rows',
    () => `query ($b: Boolean!) { ${card()} { code sharedWith @include(if: $b) { id } } }`,
    { b: true },
  ],
  ['no data at all', 'ordinary; reason=no_declared_root', () => '{ __typename viewer { scope } }'],
])('answers %s by %s, and the same without', async (...[, way, query, variables]) => {
  // As one parameter: of four, jest takes the fourth for its callback.
  expect((await same({ query: query(), variables })).way).toBe(way === 'null' ? null : way);
});

it('reads no rows of which nothing is asked, whatever the cursor', async () => {
  const { body } = await same({ query: cursor });
  const after = /"endCursor":"([^"]+)"/.exec(JSON.stringify(body))?.[1];
  const query = `query ($after: String) { clients(after: $after, orderBy: [{field: CODE}]) { totalCount } }`;
  expect((await same({ query, variables: { after } })).way).toBe('text');
});

it('refuses null for a directive, though it has a plan for false', async () => {
  const query = `query ($b: Boolean = true) { ${list} { totalCount nodes @include(if: $b) { id } } }`;
  for (const b of [undefined, false, true])
    expect((await same({ query, variables: { b } })).way).toBe('text');
  const { way, body } = await same({ query, variables: { b: null } });
  expect(way).toBe('ordinary; reason=arguments');
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

it('makes no more plans of a document than 32, and answers all the same', async () => {
  const declared = deciding.map((name) => `$${name}: Boolean!`).join(', ');
  const fields = deciding.map((name) => `${name}: code @include(if: $${name})`).join(' ');
  const query = `query (${declared}) { ${list} { nodes { id ${fields} } } }`;
  const ways = new Set<string | null>();
  for (let variant = 0; variant < 40; variant += 1) {
    const variables = Object.fromEntries(
      deciding.map((name, place) => [name, ((variant >> place) & 1) === 1]),
    );
    ways.add((await same({ query, variables })).way);
  }
  expect([...ways]).toEqual(['text', 'ordinary; reason=many_variants']);
});

it('answers the operation of a document that is asked for', async () => {
  const query = `query A { ${list} { nodes { ...F } } } query B { ${list} { totalCount nodes { ...F sharedWith { id } } } } fragment F on Client { id }`;
  expect((await same({ query, operationName: 'A' })).way).toBe('text');
  expect((await same({ query, operationName: 'B' })).way).toBe('rows');
  for (const operationName of [undefined, '', 'C', 'constructor'])
    expect((await same({ query, operationName })).way).toBe('ordinary; reason=arguments');
  expect((await same({ query: 'query A { __typename }', operationName: 'B' })).status).toBe(200);
});

it('answers what is asked by GET', async () => {
  const asked = `graphql?query=${encodeURIComponent(`{ ${list} { nodes { id code } } }`)}`;
  const get = async ({ url }: TestService) =>
    tellOf(await fetch(new URL(asked, url), { headers: { 'apollo-require-preflight': '1' } }));
  const [one, other] = [await get(planned), await get(ordinary)];
  expect([one.status, one.body, one.way]).toEqual([200, other.body, 'text']);
});

it('reads what was just written', async () => {
  const made = await makeContact(planned, { id: ids.plain, version: 1 }, { lastName: 'Nowy' });
  const { body, way } = await same({
    query: `{ client(id: "${ids.plain}") { contacts { nodes { id lastName } } } }`,
  });
  expect(way).toBe('text');
  expect(JSON.stringify(body)).toContain(made.id);
});
