/**
 * What is asked in the contests about clients: each question as the service gets it, as the limit does, which knows its questions by heart
 * and needs only their values, and as the peers do where they can answer it.
 */
import { ask } from './ask.ts';
import { mercuriusQuestions, postgraphileQuestions, type PeerQuestions } from './peers/peer-questions.ts';
import type { PeerName } from './sides.ts';

const registration = `id code active shortName fullName taxId regon phone mobile email website createdAt
    address { street postalCode city country }`;

const crmLists = `contacts(first: 50) { nodes { id firstName lastName position department email phone mobile primary } }
    deliveryPlaces(first: 50) {
      nodes { id code name address { street postalCode city country } contactName phone openingHours }
    }`;

const erpSections = `orders(first: 5) { nodes { number orderedOn status gross { amount currency } } }
    invoices(first: 5) {
      nodes {
        number kind issuedOn dueOn
        gross { amount currency } paid { amount currency } remaining { amount currency }
      }
    }
    balances {
      items {
        company { key }
        currency
        receivable { amount } overdue { amount } payable { amount } unallocated { amount }
      }
    }`;

const lastInvoices = `invoices(first: 3) { nodes { number issuedOn gross { amount currency } remaining { amount currency } } }`;

const cardQuery = (sections: string): string => `query Card($id: ID!) {
  client(id: $id) {
    ${registration}
    ${crmLists}
    ${sections}
  }
}`;

const listQuery = (first: number, order: ListOrder, sections: string): string => `query List($after: String) {
  clients(first: ${first}, after: $after, orderBy: [{ field: ${order} }]) {
    nodes {
      ${registration}
      ${crmLists}
      ${sections}
    }
  }
}`;

type ListOrder = 'SHORT_NAME' | 'CREATED_AT';

/** Walks the pages that a list contest asks for. */
const pagesQuery = (first: number, order: ListOrder): string => `query Pages($after: String) {
  clients(first: ${first}, after: $after, orderBy: [{ field: ${order} }]) {
    nodes { id shortName createdAt }
    pageInfo { endCursor }
  }
}`;

/** Where a page begins: nowhere for the first one. */
export interface PageStart {
  readonly cursor: string | null;
  /** The sort value and bare key of the last row before it. */
  readonly after: readonly [value: string, key: string] | null;
}

export interface Questions {
  readonly service: readonly string[];
  /** Beside those of JSON. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The same questions for the limit, and where it takes them. */
  readonly limit: { readonly path: string; readonly bodies: readonly string[] };
  /** What of an answer the limit cannot say like the service is left out, where there is such a thing. */
  readonly compared?: (answer: unknown) => unknown;
  /** Nothing where peers cannot answer. */
  readonly peer?: (name: PeerName, url: string) => readonly string[] | Promise<readonly string[]>;
}

const peers: Readonly<Record<PeerName, PeerQuestions>> = {
  postgraphile: postgraphileQuestions,
  mercurius: mercuriusQuestions,
};

const keyOf = (id: string): string => id.slice(id.indexOf('_') + 1);

export const cardQuestions = (ids: readonly string[], erp: boolean): Questions => ({
  service: ids.map((id) => JSON.stringify({ query: cardQuery(erp ? erpSections : ''), variables: { id } })),
  limit: {
    path: erp ? '/card-erp' : '/card',
    bodies: ids.map((id) => JSON.stringify({ key: keyOf(id) })),
  },
  ...(!erp && { peer: (name) => peers[name].cards(ids.map(keyOf)) }),
});

export const listQuestions = (
  { first, order }: Paging,
  starts: readonly PageStart[],
  erp: boolean,
): Questions => ({
  service: starts.map(({ cursor }) =>
    JSON.stringify({ query: listQuery(first, order, erp ? lastInvoices : ''), variables: { after: cursor } }),
  ),
  limit: {
    path: erp ? '/list-erp' : '/list',
    bodies: starts.map(({ after }) => JSON.stringify({ first, after })),
  },
  ...(!erp && { peer: (name, url) => peers[name].list(url, first, starts) }),
});

export const flatPages = { count: 5, size: 200 } as const;

/** The service gives at most 200 rows a page, so a thousand are five pages side by side in one operation. */
export function flatQuestions(starts: readonly PageStart[]): Questions {
  const rows = flatPages.count * flatPages.size;
  const page = ({ cursor }: PageStart, index: number) =>
    `p${index + 1}: clients(first: ${flatPages.size}${cursor === null ? '' : `, after: ${JSON.stringify(cursor)}`}, orderBy: [{ field: SHORT_NAME }]) {
      nodes { id code active shortName fullName taxId phone email website createdAt }
    }`;
  return {
    service: [JSON.stringify({ query: `query Flat { ${starts.map(page).join('\n')} }` })],
    limit: { path: '/flat', bodies: ['{}'] },
    peer: (name) => peers[name].flat(rows),
  };
}

interface PagesAnswer {
  readonly data?: {
    readonly clients: {
      readonly nodes: readonly {
        readonly id: string;
        readonly shortName: string;
        readonly createdAt: string;
      }[];
      readonly pageInfo: { readonly endCursor: string | null };
    };
  };
}

export interface Paging {
  readonly first: number;
  readonly order: ListOrder;
}

/** The first `count` pages, as the service itself pages. Throws where there are fewer. */
export async function walkPages(
  url: string,
  { first, order }: Paging,
  count: number,
  headers?: Readonly<Record<string, string>>,
): Promise<PageStart[]> {
  const starts: PageStart[] = [{ cursor: null, after: null }];
  while (starts.length < count) {
    const body = JSON.stringify({
      query: pagesQuery(first, order),
      variables: { after: starts.at(-1)?.cursor },
    });
    const { data } = (await ask(url, body, headers)) as PagesAnswer;
    const last = data?.clients.nodes.at(-1);
    if (!data || !last) throw new Error(`the service has fewer than ${count} pages of clients`);
    const value = order === 'SHORT_NAME' ? last.shortName : last.createdAt;
    starts.push({ cursor: data.clients.pageInfo.endCursor, after: [value, keyOf(last.id)] });
  }
  return starts;
}

/** The first question of a newcomer: one card of the sample with everything the ERP says of it. */
export const cardOfSample = firstCard(erpSections);

/** The same of a firm that has no ERP. */
export const crmCardOfSample = firstCard('');

function firstCard(sections: string): string {
  return JSON.stringify({
    query: `query FirstCard($code: String!) { client(code: $code) { ${registration} ${crmLists} ${sections} } }`,
    variables: { code: 'SIEC-KROKUS' },
  });
}
