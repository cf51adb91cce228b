/**
 * Every list of a client, page by page, over companies whose keys are of different types: whole numbers, exact numbers, GUIDs,
 * texts and texts filled up with blanks. The order within a company is its server's; what is promised is that the pages
 * together are that order, cut, whatever stands or comes between two of them.
 */
import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RequestContext } from '../../src/request.ts';
import { InvoiceLoaders } from '../../src/erp/invoices/invoice.loaders.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import { PaymentLoaders } from '../../src/erp/payments/payment.loaders.ts';
import { SettlementLoaders } from '../../src/erp/settlements/settlement.loaders.ts';
import { accountsInId, keyKinds, request, startErp, type Erp, type KeyKind } from './arrange-erp.ts';

/** A literal of T-SQL for the n-th key, and the same as ids have it. */
const keys: Readonly<Record<KeyKind, (n: number) => { sql: string; text: string }>> = {
  numbers: (n) => ({ sql: String(n), text: String(n) }),
  decimals: (n) => ({ sql: `${n}.25`, text: `${n}.25` }),
  guids: (n) => {
    // Its last part weighs most to SQL Server, its first one least.
    const guid = `${(999 - (n % 1000)).toString(16).padStart(8, '0')}-0000-0000-0000-${n.toString(16).toUpperCase().padStart(12, '0')}`;
    return { sql: `'${guid}'`, text: guid.toUpperCase() };
  },
  texts: (n) => ({ sql: `'K${n}'`, text: `K${n}` }),
  padded: (n) => ({ sql: `'ż ${n}'`, text: `ż ${n}` }),
};

interface Entry {
  readonly company: KeyKind;
  readonly day: number;
  readonly type: number;
  readonly number: number;
}

const lists = {
  orders: (customer: string, day: string, key: string) =>
    `INSERT INTO kartoteka.sales_order (customer_id, ordered_on, order_type, order_id, number, status, currency)
     VALUES (${customer}, '${day}', ${key}, 'ZS', 'OPEN', 'PLN');`,
  invoices: (customer: string, day: string, key: string) =>
    `INSERT INTO kartoteka.invoice (customer_id, issued_on, invoice_type, invoice_id, kind, number, currency, net, vat, gross,
       remaining, counts_in_sales, cancelled)
     VALUES (${customer}, '${day}', ${key}, 'INVOICE', 'FS', 'PLN', 1, 0, 1, 0, 1, 0);`,
  payments: (customer: string, day: string, key: string) =>
    `INSERT INTO kartoteka.payment (customer_id, paid_on, payment_type, payment_id, amount, unallocated, currency)
     VALUES (${customer}, '${day}', ${key}, 1, 0, 'PLN');`,
  settlements: (customer: string, day: string, key: string) =>
    `INSERT INTO kartoteka.settlement (customer_id, issued_on, settlement_type, settlement_id, settlement_line, side, amount,
       remaining, currency)
     VALUES (${customer}, '${day}', ${key}, 1, 'RECEIVABLE', 1, 0, 'PLN');`,
} as const;
type ListName = keyof typeof lists;
const listNames = ['orders', 'invoices', 'payments', 'settlements'] as const satisfies ListName[];

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  pageInfo(): { readonly endCursor: string | null; readonly hasNextPage: boolean };
}
type PageOf = (
  context: RequestContext,
  client: string,
  question: { first: number; after: string | null; filter: object },
) => Promise<Page>;

const kindOfId: Readonly<Record<ListName, string>> = {
  orders: 'order',
  invoices: 'invoice',
  payments: 'payment',
  settlements: 'settlement',
};

/** Few days, types and companies: ties in each of them are the rule. */
const entry = fc.record({
  company: fc.constantFrom(...keyKinds),
  day: fc.integer({ min: 1, max: 3 }),
  type: fc.integer({ min: 1, max: 2 }),
  number: fc.integer({ min: 1, max: 120 }),
});
const distinct = { selector: ({ company, type, number }: Entry) => `${company} ${type} ${number}` };
const rows = fc.uniqueArray(entry, { ...distinct, minLength: 5, maxLength: 30 });

const inListOrder = (left: Entry, right: Entry): number =>
  right.day - left.day ||
  (left.company < right.company ? -1 : left.company > right.company ? 1 : 0) ||
  right.type - left.type ||
  right.number - left.number;

/** Not shrunk: every try writes into five databases, and the entries are few as they are. */
const asOften = { numRuns: 4, endOnFailure: true };

describe('a list over companies with keys of five types', () => {
  let erp: Erp;
  let pages: Readonly<Record<ListName, PageOf>>;
  let byId: Readonly<Record<ListName, (id: string) => Promise<{ readonly id: string } | null>>>;
  /** Every run has a customer of its own in each company, and keys beside those of all others. */
  let runs = 0;

  beforeAll(async () => {
    erp = await startErp();
    const { companies } = erp.door(
      await Promise.all(keyKinds.map((kind) => erp.company(kind, { keys: kind }))),
    );
    const orders = new OrderLoaders(companies, accountsInId);
    const invoices = new InvoiceLoaders(companies, accountsInId, orders);
    const payments = new PaymentLoaders(companies, accountsInId);
    const settlements = new SettlementLoaders(companies, accountsInId, invoices);
    const loaders = { orders, invoices, payments, settlements };
    pages = {
      orders: (...asked) => orders.ofClient(...asked),
      invoices: (...asked) => invoices.ofClient(...asked),
      payments: (...asked) => payments.ofClient(...asked),
      settlements: (...asked) => settlements.ofClient(...asked),
    };
    byId = {
      orders: (id) => loaders.orders.byId(request(), id),
      invoices: (id) => loaders.invoices.byId(request(), id),
      payments: (id) => loaders.payments.byId(request(), id),
      settlements: (id) => loaders.settlements.byId(request(), id),
    };
  });

  afterAll(() => erp.close());

  /** Keys of one run are equally long, so that as texts they stand in the order of their numbers. */
  const runSize = 1000;
  const numberIn = (run: number, { number }: Entry) => run * runSize + number;

  const idOf = (list: ListName, run: number, one: Entry): string => {
    const parts = [keys[one.company](one.type).text, keys[one.company](numberIn(run, one)).text];
    const key = list === 'settlements' ? [...parts, '1'] : parts;
    return [kindOfId[list], one.company, ...key.map(encodeURIComponent)].join(':');
  };

  const insert = (list: ListName, run: number, entries: readonly Entry[]) =>
    Promise.all(
      keyKinds.map(async (kind) => {
        const own = entries.filter(({ company }) => company === kind);
        const script = own.map((one) =>
          lists[list](
            keys[kind](run).sql,
            `2026-01-0${one.day}`,
            `${keys[kind](one.type).sql}, ${keys[kind](numberIn(run, one)).sql}`,
          ),
        );
        if (script.length > 0) await erp.fill(kind, script.join('\n'));
      }),
    );

  const clientOf = (run: number) => keyKinds.map((kind) => `${kind}:${keys[kind](run).text}`).join(',');

  async function walk(list: ListName, run: number, first: number, between: () => Promise<unknown>) {
    const walked: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Page = await pages[list](request(), clientOf(run), { first, after, filter: {} });
      walked.push(...page.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo());
      if (walked.length > 500) throw new Error('walks in circles');
      if (more) await between();
    }
    return walked;
  }

  it.each(listNames)('gives %s once each and in order, whatever the page size', async (list) => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 12 }), async (entries, first) => {
        const run = (runs += 1);
        await insert(list, run, entries);

        const walked = await walk(list, run, first, () => Promise.resolve());

        expect(walked).toEqual(entries.toSorted(inListOrder).map((one) => idOf(list, run, one)));
      }),
      asOften,
    );
  });

  it.each(listNames)('neither repeats nor loses %s that were there while others come', async (list) => {
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 6 }), async (entries, first) => {
        const run = (runs += 1);
        const there = entries.filter((_, index) => index % 2 === 0);
        const coming = entries.filter((_, index) => index % 2 === 1);
        await insert(list, run, there);

        const walked = await walk(list, run, first, () => insert(list, run, coming.splice(0, 4)));

        const known = new Set(there.map((one) => idOf(list, run, one)));
        expect(walked.filter((id) => known.has(id))).toEqual(
          there.toSorted(inListOrder).map((one) => idOf(list, run, one)),
        );
        expect(new Set(walked).size).toBe(walked.length);
      }),
      asOften,
    );
  });

  it.each(keyKinds)('finds each record again by its id where keys are %s', async (kind) => {
    const run = (runs += 1);
    const one: Entry = { company: kind, day: 1, type: 1, number: 7 };
    for (const list of listNames) {
      await insert(list, run, [one]);
      const { nodes } = await pages[list](request(), `${kind}:${keys[kind](run).text}`, {
        first: 1,
        after: null,
        filter: {},
      });
      expect(nodes.map(({ id }) => id)).toEqual([idOf(list, run, one)]);
      expect(await byId[list](idOf(list, run, one))).toMatchObject({ id: idOf(list, run, one) });
    }
  });
});
