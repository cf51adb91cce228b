/**
 * What is asked in the contests: each question as the service gets it, and as the reference server does, which knows four
 * questions by heart and needs only their values.
 */
import { ask } from './ask.ts';

const pageSize = 20;

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

const listQuery = (order: ListOrder, sections: string): string => `query List($after: String) {
  clients(first: ${pageSize}, after: $after, orderBy: [{ field: ${order} }]) {
    nodes {
      ${registration}
      ${crmLists}
      ${sections}
    }
  }
}`;

export type ListOrder = 'SHORT_NAME' | 'CREATED_AT';

/** Walks the pages that a list contest asks for. */
const pagesQuery = (order: ListOrder): string => `query Pages($after: String) {
  clients(first: ${pageSize}, after: $after, orderBy: [{ field: ${order} }]) {
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

/** Bodies of the same questions for either server, and where the reference takes them. */
export interface Questions {
  readonly path: '/card' | '/card-erp' | '/list' | '/list-erp';
  readonly service: readonly string[];
  readonly reference: readonly string[];
}

const keyOf = (id: string): string => id.slice(id.indexOf('_') + 1);

export const cardQuestions = (ids: readonly string[], erp: boolean): Questions => ({
  path: erp ? '/card-erp' : '/card',
  service: ids.map((id) => JSON.stringify({ query: cardQuery(erp ? erpSections : ''), variables: { id } })),
  reference: ids.map((id) => JSON.stringify({ key: keyOf(id) })),
});

export const listQuestions = (order: ListOrder, starts: readonly PageStart[], erp: boolean): Questions => ({
  path: erp ? '/list-erp' : '/list',
  service: starts.map(({ cursor }) =>
    JSON.stringify({ query: listQuery(order, erp ? lastInvoices : ''), variables: { after: cursor } }),
  ),
  reference: starts.map(({ after }) => JSON.stringify({ after })),
});

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

/** The first `count` pages, as the service itself pages. Throws where there are fewer. */
export async function walkPages(url: string, order: ListOrder, count: number): Promise<PageStart[]> {
  const starts: PageStart[] = [{ cursor: null, after: null }];
  while (starts.length < count) {
    const body = JSON.stringify({ query: pagesQuery(order), variables: { after: starts.at(-1)?.cursor } });
    const { data } = (await ask(url, body)) as PagesAnswer;
    const last = data?.clients.nodes.at(-1);
    if (!data || !last) throw new Error(`the service has fewer than ${count} pages of clients`);
    const value = order === 'SHORT_NAME' ? last.shortName : last.createdAt;
    starts.push({ cursor: data.clients.pageInfo.endCursor, after: [value, keyOf(last.id)] });
  }
  return starts;
}

/** The first question of a newcomer: one card of the sample with everything the ERP says of it. */
export const cardOfSample = JSON.stringify({
  query: `query FirstCard($code: String!) { client(code: $code) { ${registration} ${crmLists} ${erpSections} } }`,
  variables: { code: 'SIEC-KROKUS' },
});
