/** What the ERP measures ask of one card: a page of each list, figures of the whole ledger, and several sections together. */

const pageOf: Readonly<Record<string, string>> = {
  invoices: 'nodes { number issuedOn gross { amount currency } remaining { amount currency } paidState }',
  orders: 'nodes { number orderedOn status gross { amount currency } }',
  payments: 'nodes { paidOn amount { amount currency } unallocated { amount } }',
  settlements:
    'nodes { documentNumber issuedOn dueOn amount { amount currency } remaining { amount } overdue }',
};

const body = (code: string, sections: string): string =>
  JSON.stringify({
    query: `query Ledger($code: String!) { client(code: $code) { id ${sections} } }`,
    variables: { code },
  });

export type Section = (code: string) => string;

export const firstPage =
  (list: string): Section =>
  (code) =>
    body(code, `${list}(first: 20) { ${pageOf[list] ?? ''} }`);

/** A page after a cursor of that card. */
export const pageAfter = (list: string, code: string, cursor: string): string =>
  body(code, `${list}(first: 20, after: ${JSON.stringify(cursor)}) { ${pageOf[list] ?? ''} }`);

/** The cursor of the first row that a filter leaves: a way into the middle of a list. */
export const cursorFrom = (code: string, list: string, dayFilter: string): string =>
  body(code, `${list}(first: 1, filter: ${dayFilter}) { pageInfo { endCursor } }`);

/** Figures of the whole ledger: they read all of it, and nobody promises that many rows cost no more than few. */
export const figures: Readonly<Record<string, string>> = {
  'invoices, totalCount': 'invoices(first: 1) { totalCount }',
  balances: 'balances { items { currency receivable { amount } overdue { amount } } }',
  ageing: 'ageing { items { currency notDue { amount } total { amount } } }',
  'ageing of a past day':
    'ageing(asOf: "2024-06-30") { items { currency notDue { amount } total { amount } } }',
  'sales by month': 'sales(by: MONTH) { items { from documents net { amount currency } } }',
  topProducts: 'topProducts(first: 5) { items { productCode net { amount currency } } }',
};

export const figure =
  (name: string): Section =>
  (code) =>
    body(code, figures[name] ?? '');

const sections = [
  'orders(first: 5) { nodes { number gross { amount } } }',
  'invoices(first: 5) { nodes { number gross { amount } paid { amount } remaining { amount } } }',
  'balances { items { currency receivable { amount } } }',
  'settlements(first: 5) { nodes { documentNumber remaining { amount } } }',
  'payments(first: 5) { nodes { paidOn amount { amount } } }',
  'sales(by: QUARTER) { items { from net { amount } } }',
];

/** So many sections of a card side by side. */
export const sectionsOf = (count: number, code: string): string =>
  body(code, sections.slice(0, count).join('\n'));
