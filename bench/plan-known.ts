/** What the generator of queries (plan-queries.ts) knows of a service's records: keys, words, and what lists are asked for, with cursors that they answered. */
import { ask } from './ask.ts';
import type { Wish } from './fuzz-values.ts';
import { upload } from './uploads.ts';

/** What a page is asked for, by a list's arguments but those that page. */
interface ListRecipe {
  /** As type and field. */
  readonly list: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** That answers to it carried. */
  readonly cursors: readonly string[];
}

export interface KnownRecords extends Omit<Wish, 'field' | 'oddness'> {
  readonly recipes: readonly ListRecipe[];
  readonly codes: readonly string[];
}

const sorted = (...fields: readonly string[]) => ({ orderBy: fields.map((field) => ({ field })) });
const text = { field: 'FEATURE', featureKey: 'plan_text' };
const whole = { field: 'FEATURE', featureKey: 'plan_whole', direction: 'DESC' };

const ofClients: readonly ListRecipe['given'][] = [
  {},
  sorted('CODE'),
  sorted('CITY', 'UPDATED_AT'),
  { orderBy: [{ field: 'CREATED_AT', direction: 'DESC' }] },
  { orderBy: [{ field: 'SHORT_NAME', direction: 'DESC' }, { field: 'CODE' }] },
  { orderBy: [text] },
  { orderBy: [whole, text, { field: 'CITY', direction: 'DESC' }] },
  { search: 'sklep' },
  { search: 'obuwnik', orderBy: [{ field: 'RELEVANCE', direction: 'DESC' }] },
  { search: 'buty', ...sorted('CODE') },
  { search: 'nikogo takiego nie ma' },
  { filter: { active: true, not: { city: { eq: 'Łódź' } } } },
  { filter: { or: [{ city: { startsWith: 'W' } }, { code: { contains: 'o' } }], deleted: false } },
  { filter: { features: [{ key: 'plan_text', text: { contains: 'a' } }] }, orderBy: [text] },
  {
    filter: {
      features: [
        { key: 'plan_whole', integer: { gte: '2' } },
        { key: 'plan_text', isSet: true },
      ],
    },
  },
  { filter: { not: { features: [{ key: 'plan_text', isSet: true }] } } },
  { filter: { mine: true } },
  { filter: { deleted: true } },
  { filter: { or: [] } },
];

const lists: readonly (readonly [list: string, given: readonly ListRecipe['given'][]])[] = [
  ['Query.clients', ofClients],
  ['Query.events', [{}, { filter: { status: ['PLANNED', 'DONE'] } }, { filter: { kind: [] } }]],
  ['Query.attachments', [{}, { filter: { category: ['CONTRACT', 'OTHER'] } }]],
  ['Query.users', [{}, { search: 'a' }]],
  ['Client.contacts', [{}, { filter: { active: true } }]],
  ['Client.deliveryPlaces', [{}]],
  ['Client.recipients', [{}]],
  ['Client.notes', [{}, { filter: { pinned: true } }]],
  ['Client.events', [{}, { filter: { kind: ['MEETING', 'CALL'] } }]],
  ['Client.attachments', [{}, { filter: { deleted: false } }]],
];

const types: Readonly<Record<string, string>> = {
  filter: 'ClientFilter',
  search: 'String',
  orderBy: '[ClientOrderBy!]',
};

/** Of the lists of clients whatever is asked for; of others by their own order, whatever filters there are. */
async function cursorsOf(url: string, list: string, given: ListRecipe['given']): Promise<string[]> {
  const [type = '', field = ''] = list.split('.');
  const edges = 'edges { cursor }';
  const names = field === 'clients' ? Object.keys(given) : [];
  const declared = names.map((name) => `$${name}: ${types[name] ?? ''}`).join(', ');
  const passed = names.map((name) => `, ${name}: $${name}`).join('');
  const query =
    type === 'Query'
      ? `query ${declared ? `(${declared})` : ''} { ${field}(first: 25${passed}) { ${edges} } }`
      : `{ clients(first: 40) { nodes { ${field}(first: 3) { ${edges} } } } }`;
  const variables = Object.fromEntries(names.map((name) => [name, given[name]]));
  const answer = JSON.stringify(await ask(url, JSON.stringify({ query, variables })));
  return [...answer.matchAll(/"cursor":"([^"]+)"/g)].map(([, cursor = '']) => cursor);
}

const something = `{
  clients(first: 30) { nodes { id code contacts(first: 2) { nodes { id } } deliveryPlaces(first: 1) { nodes { id } }
    recipients(first: 1) { nodes { id } } notes(first: 1) { nodes { id } } events(first: 1) { nodes { id } } } }
  cardTypes { id } users(first: 3) { nodes { id } } attachments(first: 2) { nodes { id } }
  deleted: clients(first: 5, filter: {deleted: true}) { nodes { id code } }
}`;

const define = (key: string, kind: string): string =>
  `defineFeature(input: {key: "${key}", name: "${key}", recordType: CLIENT, kind: ${kind}}) { id }`;

type Post = (query: string) => Promise<unknown>;

interface Cards {
  readonly data: { readonly clients: { readonly nodes: readonly { id: string; version: number }[] } };
}

async function cardsOf(post: Post) {
  const { data } = (await post('{ clients(first: 25) { nodes { id version } } }')) as Cards;
  return data.clients.nodes.map(({ id, version }) => ({ id, seen: `{id: "${id}", version: ${version}}` }));
}

const made = (code: string): string =>
  `createClient(input: {code: "${code}", cardType: "detal", shortName: "${code}", fullName: "${code} Zaułek"}) { id version }`;

/** What the sample has none of: features to filter and sort by, attachments, a deleted card and merged ones. Once for a service. */
export async function addRecords(url: string): Promise<void> {
  const post: Post = (query) => ask(url, JSON.stringify({ query }));
  await post(`mutation { text: ${define('plan_text', 'TEXT')} whole: ${define('plan_whole', 'INTEGER')} }`);
  const cards = await cardsOf(post);
  for (const [place, { id }] of cards.slice(0, 6).entries()) {
    const given = { category: place % 2 === 0 ? 'CONTRACT' : 'OTHER', description: `Umowa nr ${place}` };
    const { answer } = await upload(url, { clientId: id, ...given }, 2_000 + place);
    if (!answer.data) throw new Error(`no attachment was added: ${JSON.stringify(answer.errors)}`);
  }
  const set = cards.map(({ seen }, place) => {
    const words = ['ala', 'Żółw 🦊', 'b "c" \\ d'][place % 3] ?? '';
    const value = `{key: "plan_text", text: ${JSON.stringify(words)}}, {key: "plan_whole", integer: ${place % 5}}`;
    return `s${place}: setFeatures(input: ${seen.replace('}', `, values: [${value}]}`)}) { id }`;
  });
  await post(`mutation { ${set.join(' ')} }`);
  const { data } = (await post(
    `mutation { winner: ${made('PLAN-1')} loser: ${made('PLAN-2')} other: ${made('PLAN-3')} }`,
  )) as { readonly data: Readonly<Record<'winner' | 'loser' | 'other', { id: string; version: number }>> };
  const seen = ({ id, version }: { id: string; version: number }) => `{id: "${id}", version: ${version}}`;
  const { winner, loser, other } = data;
  await post(
    `mutation { mergeClients(input: {winner: ${seen(winner)}, losers: [${seen(loser)}]}) { mergeId } }`,
  );
  await post(`mutation { deleteClient(input: ${seen(other)}) { id } }`);
}

export async function knownRecords(url: string): Promise<KnownRecords> {
  const found = JSON.stringify(await ask(url, JSON.stringify({ query: something })));
  const all = (pattern: RegExp): string[] => [
    ...new Set([...found.matchAll(pattern)].map(([, one = '']) => one)),
  ];
  const recipes: ListRecipe[] = [];
  for (const [list, forms] of lists)
    for (const given of forms) recipes.push({ list, given, cursors: await cursorsOf(url, list, given) });
  const codes = all(/"code":"([^"]+)"/g);
  return {
    ids: all(/"id":"([^"]+)"/g),
    cursors: recipes.flatMap(({ cursors }) => cursors.slice(0, 2)),
    texts: { code: codes, search: ['sklep', 'buty', 'anna'], key: ['plan_text', 'plan_whole'] },
    recipes,
    codes,
  };
}
