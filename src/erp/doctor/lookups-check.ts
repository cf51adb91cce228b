/**
 * The service's own questions, timed: each way in which it looks records up by a key, and the first page of every list of the
 * customer who has most. They are asked through the very readers that answer a card, so that what works here works there.
 */
import { ageingOfGroups } from '../ageing/ageing.reader.ts';
import { balancesOfGroups } from '../balances/balance.reader.ts';
import { rowsOfGroups, type GroupsRead } from '../customer-list.ts';
import { customerDeclaration } from '../customers/customer.reader.ts';
import { NotOffered } from '../erp-errors.ts';
import { invoiceList } from '../invoices/invoice.list.ts';
import {
  invoiceDeclaration,
  invoiceLineDeclaration,
  invoiceOrderDeclaration,
} from '../invoices/invoice.reader.ts';
import type { Key } from '../key-list.ts';
import { orderDeclaration, orderLineDeclaration, orderList } from '../orders/order.reader.ts';
import { paymentDeclaration, paymentList } from '../payments/payment.reader.ts';
import { readRelated, type Declaration } from '../related-read.ts';
import { productsOfGroups } from '../sales/product.reader.ts';
import { salesOfGroups } from '../sales/sales.reader.ts';
import { matchDeclaration } from '../settlements/match.reader.ts';
import { settlementDeclaration, settlementList } from '../settlements/settlement.reader.ts';
import { listed, type Findings } from './findings.ts';
import { NothingFound, type Inquiry } from './inquiry.ts';
import { sampleKeys } from './sample-keys.ts';
import type { FoundView } from './survey.ts';

interface Lookup {
  readonly declaration: Declaration<unknown>;
  readonly by: readonly string[];
}

const own = (declaration: Declaration<unknown>): Lookup => ({ declaration, by: declaration.key });

const lookups: readonly Lookup[] = [
  own(customerDeclaration),
  own(orderDeclaration),
  { declaration: orderLineDeclaration, by: orderDeclaration.key },
  own(invoiceDeclaration),
  { declaration: invoiceDeclaration, by: ['corrects_type', 'corrects_id'] },
  { declaration: invoiceLineDeclaration, by: invoiceDeclaration.key },
  { declaration: invoiceOrderDeclaration, by: invoiceDeclaration.key },
  { declaration: invoiceOrderDeclaration, by: orderDeclaration.key },
  own(paymentDeclaration),
  own(settlementDeclaration),
  { declaration: settlementDeclaration, by: invoiceDeclaration.key },
  { declaration: matchDeclaration, by: settlementDeclaration.key },
  { declaration: matchDeclaration, by: paymentDeclaration.key },
];

const listedByCustomer = ['sales_order', 'invoice', 'payment', 'settlement'] as const;
type ListedView = (typeof listedByCustomer)[number];

const plural: Readonly<Record<ListedView, string>> = {
  sales_order: 'orders',
  invoice: 'invoices',
  payment: 'payments',
  settlement: 'settlements',
};

/** The sets of columns that a view's rows are found by. */
export const lookedUpBy = (view: string): readonly (readonly string[])[] => [
  ...lookups.filter(({ declaration }) => declaration.view === view).map(({ by }) => by),
  ...listedByCustomer.filter((one) => one === view).map(() => ['customer_id']),
];

/** Slower than this, something is converted or read through row by row. */
const slowLookupMs = 250;
const slowPageMs = 1_000;
const pageSize = 21;

export async function checkLookups(
  inquiry: Inquiry,
  found: ReadonlyMap<string, FoundView>,
  findings: Findings,
): Promise<void> {
  for (const lookup of lookups) {
    const { declaration, by } = lookup;
    if (by.every((column) => found.get(declaration.view)?.has(column)))
      await checkLookup(inquiry, lookup, findings);
  }
}

async function checkLookup(inquiry: Inquiry, { declaration, by }: Lookup, findings: Findings): Promise<void> {
  const { view } = declaration;
  const words = `${view} by ${listed(by)}`;
  const sample = await inquiry.tried(() => sampleKeys(inquiry, { view, columns: by, count: 1 }));
  if ('untold' in sample) {
    findings.add('FAULT', `${words}: no key could be read: ${sample.untold}`, { view });
    return;
  }
  const [key] = sample.value;
  if (!key) {
    findings.add('NOTE', `${words}: there is no such row to look for`, { view });
    return;
  }
  const ask = async (signal: AbortSignal) => {
    const question = { by, groups: [[key]], order: [] };
    const { rows, faults } = await readRelated(inquiry.company, declaration, question, signal);
    for (const fault of faults.values()) throw fault;
    if (rows.length === 0) throw new NothingFound();
  };
  await tellTime(inquiry, { view, words, ask, slowMs: slowLookupMs, findings });
}

interface Timed {
  readonly view: string;
  readonly words: string;
  readonly ask: (signal: AbortSignal) => Promise<void>;
  readonly slowMs: number;
  readonly findings: Findings;
}

/** The second of two: the first makes the plan and warms the cache. */
async function tellTime(inquiry: Inquiry, { view, words, ask, slowMs, findings }: Timed): Promise<void> {
  const first = await inquiry.timed(words, ask);
  const { ms, fault } = first.fault === undefined ? await inquiry.timed(words, ask) : first;
  const about = { view };
  if (fault instanceof NotOffered) return;
  if (fault !== undefined) findings.add('FAULT', `${words}: ${inquiry.reason(fault)}`, about);
  else if (ms > slowMs * inquiry.patience)
    findings.add(
      'WARN',
      `${words}: ${ms} ms, which is slow: an index is missing, or a key is computed`,
      about,
    );
  else findings.add('OK', `${words}: ${ms} ms`, about);
}

type Read = (customer: string, signal: AbortSignal) => Promise<GroupsRead<unknown>>;

interface Page {
  readonly words: string;
  /** Whose customer with the most rows is asked for. */
  readonly view: ListedView;
  readonly read: Read;
}

function pagesOf({ company }: Inquiry): readonly Page[] {
  const limit = pageSize;
  const groups = (customer: string) => [[customer]];
  const page = (customer: string) => ({ groups: groups(customer), filter: {}, after: undefined, limit });
  return [
    {
      words: 'orders',
      view: 'sales_order',
      read: (who, signal) => rowsOfGroups(orderList, company, page(who), signal),
    },
    {
      words: 'invoices',
      view: 'invoice',
      read: (who, signal) => rowsOfGroups(invoiceList, company, page(who), signal),
    },
    {
      words: 'payments',
      view: 'payment',
      read: (who, signal) => rowsOfGroups(paymentList, company, page(who), signal),
    },
    {
      words: 'settlements',
      view: 'settlement',
      read: (who, signal) => rowsOfGroups(settlementList, company, page(who), signal),
    },
    {
      words: 'balances',
      view: 'settlement',
      read: (who, signal) => balancesOfGroups(company, groups(who), signal),
    },
    {
      words: 'ageing',
      view: 'settlement',
      read: (who, signal) => ageingOfGroups(company, groups(who), company.today(), signal),
    },
    {
      words: 'sales by year',
      view: 'invoice',
      read: (who, signal) => salesOfGroups(company, groups(who), { by: 'YEAR' }, signal),
    },
    {
      words: 'top products',
      view: 'invoice',
      read: (who, signal) => productsOfGroups(company, groups(who), { size: 10 }, signal),
    },
  ];
}

interface Largest {
  readonly key: Key;
  readonly rows: number;
}

async function largestCustomer(inquiry: Inquiry, view: string): Promise<Largest | undefined> {
  const counts = `(SELECT v.[customer_id], COUNT_BIG(*) AS number FROM ${inquiry.table(view)} AS v GROUP BY v.[customer_id]) AS d`;
  const [key] = await sampleKeys(inquiry, {
    view,
    columns: ['customer_id'],
    from: counts,
    order: 'd.number DESC',
    count: 1,
  });
  const [row] = await inquiry.rows(
    `rows of the largest customer of ${view}`,
    `SELECT MAX(d.number) AS number FROM ${counts}`,
  );
  return key && { key, rows: Number(row?.['number']) };
}

export async function checkPages(
  inquiry: Inquiry,
  found: ReadonlyMap<string, FoundView>,
  findings: Findings,
): Promise<void> {
  const largest = new Map<string, Largest>();
  for (const view of listedByCustomer) {
    if (!found.get(view)?.has('customer_id')) continue;
    const told = await inquiry.tried(() => largestCustomer(inquiry, view));
    if ('untold' in told)
      findings.add('WARN', `${view}: the customer who has most could not be found: ${told.untold}`, { view });
    else if (told.value) largest.set(view, told.value);
  }
  for (const { words, view, read } of pagesOf(inquiry)) {
    const customer = largest.get(view);
    const who = customer?.key[0];
    if (!customer || who === undefined) continue;
    const ask = async (signal: AbortSignal) => {
      const { groups } = await read(who, signal);
      for (const outcome of groups) if (outcome instanceof Error) throw outcome;
    };
    const of = `${words} of the customer with most ${plural[view]} (${customer.rows})`;
    await tellTime(inquiry, { view, words: of, ask, slowMs: slowPageMs, findings });
  }
}
