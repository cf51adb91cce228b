/** What is asked of a growing number of clients, the same at every size: searches, lists, and the card. */
import type { ClientCriteria, ClientSort } from '../src/clients/client.read.ts';
import type { OrderBy } from '../src/reads/declaration.ts';
import type { Tree } from '../src/reads/filter-tree.ts';

/** A card of the smallest size, whose numbers are looked for. */
export const knownClient = 4_242;

export interface Known {
  readonly taxId: string;
  readonly phone: string;
  readonly code: string;
}

export const searchesOf = ({ taxId, phone, code }: Known): readonly string[] => [
  // Names, from those that many cards have to those of a few.
  'Kowalski',
  'Nowak',
  'Wiśniewski',
  'Wójcik',
  'Sadowski',
  'Jeżewicz',
  'Źdzynski',
  'Butmar',
  'Obuwpol',
  'Krokland Łódź',
  'Anna Kowalski',
  'Grażyna Źdzarz',
  'salon obuwia nowak',
  'Hurtownia Maxrex sp. z o.o.',
  // Fragments.
  'kow',
  'ski',
  'walsk',
  'ynsk',
  'utex',
  'zyrard',
  'tarach',
  'ołacz',
  'zczepa',
  'skarzysko pol',
  'ma',
  'k',
  'warszawa',
  // Digits.
  taxId,
  taxId.slice(2, 9),
  phone,
  phone.slice(-7),
  phone.slice(-4),
  code,
  '12',
  // Misspellings.
  'kowlaski',
  'Wisniewsik',
  'Szczepasnki',
  'obuwpool',
  'zyradrow',
  'krzysztof nowakwoski',
];

export interface ListQuestion {
  readonly filter?: Tree<ClientCriteria>;
  readonly order?: readonly OrderBy<ClientSort>[];
  /** The page before is skipped, so that the cursor is measured. */
  readonly from?: 'end' | 'second page';
}

const by = (sort: ClientSort, direction: 'ASC' | 'DESC' = 'ASC'): readonly OrderBy<ClientSort>[] => [
  { sort, direction },
];

export const listQuestions: readonly ListQuestion[] = [
  {},
  { order: by('SHORT_NAME', 'DESC') },
  { from: 'second page' },
  { from: 'end' },
  { order: by('CODE') },
  { order: by('CITY'), from: 'second page' },
  { order: by('CITY', 'DESC') },
  { order: by('CREATED_AT', 'DESC') },
  { order: by('UPDATED_AT', 'DESC'), from: 'second page' },
  { filter: { city: { eq: 'Warszawa' } } },
  { filter: { city: { eq: 'Ćmielów' } } },
  { filter: { city: { in: ['Kutno', 'Żary'] }, active: false }, order: by('CREATED_AT', 'DESC') },
  { filter: { shortName: { startsWith: 'kowal' } } },
  { filter: { shortName: { contains: 'dzarz' } }, order: by('CITY') },
  { filter: { fullName: { contains: 'z o.o.' } }, order: by('UPDATED_AT', 'DESC') },
  { filter: { country: { eq: 'LT' } } },
  { filter: { cardType: { eq: 'seed-internet' } }, order: by('CODE', 'DESC') },
  { filter: { postalCode: { startsWith: '00-1' } } },
  { filter: { createdAt: { gte: '2020-03-01T00:00:00.000Z', lt: '2020-03-02T00:00:00.000Z' } } },
  { filter: { or: [{ city: { eq: 'Sopot' } }, { country: { eq: 'IT' } }], not: { active: true } } },
];

export const searchBody = (search: string): string =>
  JSON.stringify({
    query:
      'query Search($search: String!) { clients(search: $search) { nodes { id code shortName taxId address { city } } totalCount } }',
    variables: { search },
  });

export const listBody = ({ filter, order, from }: ListQuestion, cursor: string | null): string =>
  JSON.stringify({
    query: `query List($first: Int, $last: Int, $after: String, $before: String, $filter: ClientFilter, $orderBy: [ClientOrderBy!]) {
      clients(first: $first, last: $last, after: $after, before: $before, filter: $filter, orderBy: $orderBy) {
        nodes { id code shortName taxId address { city } } pageInfo { startCursor endCursor }
      }
    }`,
    variables: {
      filter,
      orderBy: order?.map(({ sort, direction }) => ({ field: sort, direction })),
      ...(from === 'end' ? { last: 20, before: cursor } : { first: 20, after: cursor }),
    },
  });

export const cardBody = (id: string): string =>
  JSON.stringify({
    query: `query Card($id: ID!) { client(id: $id) { id code shortName fullName taxId address { street city }
      contacts { nodes { firstName lastName phone } } deliveryPlaces { nodes { name } } } }`,
    variables: { id },
  });
