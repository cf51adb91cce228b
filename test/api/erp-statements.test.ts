import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeCardTypes } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

const clients = 200;
const companies = 2;
const numbered = Array.from({ length: clients }, (_, n) => n + 1);

/** Each customer has two of everything, of each kind that costs a further question: what remains told and untold, foreign payments. */
function ledger(key: (n: number) => string): string {
  const insert = (table: string, columns: string, row: (n: number, k: number) => string) => {
    const values = numbered.flatMap((n) => [1, 2].map((k) => `(${row(n, k)})`));
    return `INSERT INTO kartoteka.${table} (${columns}) VALUES ${values.join(', ')};`;
  };
  const id = (n: number, k: number) => `${key(0)}, ${key(n * 10 + k)}`;
  return [
    `INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES ${numbered.map((n) => `(${key(n)}, 'K${n}', N'Łapeć', 0)`).join(', ')};`,
    insert(
      'sales_order',
      'order_type, order_id, customer_id, number, ordered_on, status, currency',
      (n, k) => `${id(n, k)}, ${key(n)}, 'ZS', '2026-01-0${k}', 'OPEN', 'PLN'`,
    ),
    insert(
      'sales_order_line',
      'order_type, order_id, line_no, product_name, quantity, net',
      (n, k) => `${id(n, k)}, 1, N'Kozak', 1, 1`,
    ),
    insert(
      'invoice',
      `invoice_type, invoice_id, customer_id, recipient_id, kind, number, issued_on, currency, net, vat, gross, remaining,
       corrects_type, corrects_id, counts_in_sales, cancelled`,
      (n, k) =>
        `${id(n, k)}, ${key(n)}, ${key(n)}, 'INVOICE', 'FS', '2026-01-0${k}', 'PLN', 1, 0, 1, ${k === 1 ? 'NULL, NULL, NULL' : `0, ${id(n, 1)}`}, 1, 0`,
    ),
    insert(
      'invoice_line',
      'invoice_type, invoice_id, line_no, product_name, quantity, net',
      (n, k) => `${id(n, k)}, 1, N'Kozak', 1, 1`,
    ),
    insert(
      'invoice_order',
      'invoice_type, invoice_id, order_type, order_id',
      (n, k) => `${id(n, k)}, ${id(n, k)}`,
    ),
    insert(
      'payment',
      'payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency',
      (n, k) => `${id(n, k)}, ${key(n)}, '2026-02-0${k}', 1, 0, 'EUR'`,
    ),
    insert(
      'settlement',
      `settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id, issued_on, amount,
       remaining, currency`,
      (n, k) =>
        `${id(n, k)}, 1, ${key(n)}, '${k === 1 ? 'RECEIVABLE' : 'PAYABLE'}', ${id(n, k)}, '2026-01-0${k}', 1, 0, 'PLN'`,
    ),
    insert(
      'settlement_match',
      `settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type, payment_id, counter_type, counter_id,
       counter_line, amount, payment_amount, matched_on`,
      (n, k) =>
        `${id(n, k)}, 1, 1, ${key(n)}, ${k === 1 ? `${id(n, 1)}, NULL, NULL, NULL` : `NULL, NULL, ${id(n, 1)}, 1`}, 1, ${k === 1 ? '4' : 'NULL'}, '2026-02-01'`,
    ),
  ].join('\n');
}

interface Field {
  /** How many relations of the ERP it takes. */
  readonly relations: number;
  readonly of?: string;
  readonly arguments?: readonly string[];
  /** What a field needs besides is needed once, however many fields need it. */
  readonly shares?: string;
}

const plain: Field = { relations: 0 };
const debt: Field = { relations: 1, shares: 'what remains' };
const list = (of: string, filters: readonly string[]): Field => ({
  relations: 1,
  of,
  arguments: ['first: 1', 'first: 2', ...filters.map((filter) => `filter: { ${filter} }`)],
});

/** The ERP's fields by type, those of a client in three parts. Those at the bottom stand for all others of their type that cost nothing. */
const types: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  documents: {
    orders: list('OrderConnection', ['status: OPEN', 'company: "main"']),
    invoices: list('InvoiceConnection', ['paidState: PAID', 'overdue: false', 'includeCancelled: true']),
  },
  debts: {
    payments: list('PaymentConnection', ['unallocatedOnly: false', 'currency: "EUR"']),
    settlements: list('SettlementConnection', ['side: PAYABLE', 'openOnly: false']),
    balances: { relations: 1, of: 'Figures', arguments: ['company: "main"', 'company: "branch"'] },
    ageing: { relations: 1, of: 'Figures', arguments: ['asOf: "2026-01-15"', 'company: "branch"'] },
  },
  sales: {
    sales: { relations: 1, of: 'Figures', arguments: ['by: MONTH', 'by: YEAR'] },
    topProducts: { relations: 1, of: 'Figures', arguments: ['first: 1', 'first: 3'] },
    erpAccounts: { relations: 0, of: 'ErpAccount' },
  },
  ErpAccount: { customer: { relations: 1, of: 'ErpCustomer' }, customerId: plain },
  ErpCustomer: { name: plain },
  Figures: { 'items { currency }': plain, 'sources { state }': plain },
  OrderConnection: { nodes: { relations: 0, of: 'Order' }, totalCount: { relations: 1 } },
  InvoiceConnection: { nodes: { relations: 0, of: 'Invoice' }, totalCount: { relations: 1 } },
  PaymentConnection: { nodes: { relations: 0, of: 'Payment' }, totalCount: { relations: 1 } },
  SettlementConnection: { nodes: { relations: 0, of: 'Settlement' }, totalCount: { relations: 1 } },
  Order: { id: plain, lines: { relations: 1, of: 'Line' }, invoices: { relations: 2, of: 'Invoice' } },
  Line: { productName: plain, 'net { amount }': plain },
  Invoice: {
    id: plain,
    'paid { amount }': debt,
    'remaining { amount }': debt,
    paidState: debt,
    overdue: debt,
    recipient: { relations: 1, of: 'ErpCustomer' },
    lines: { relations: 1, of: 'Line' },
    corrects: { relations: 1, of: 'Invoice' },
    corrections: { relations: 1, of: 'Invoice' },
    orders: { relations: 2, of: 'Order' },
    settlements: { relations: 1, of: 'Settlement' },
    // Its settlements, their matches, and what paid these.
    payments: { relations: 3, of: 'Payment' },
  },
  // The currency of a match stands in its settlement.
  Payment: { id: plain, matches: { relations: 2, of: 'SettlementMatch' } },
  Settlement: {
    id: plain,
    invoice: { relations: 1, of: 'Invoice' },
    matches: { relations: 1, of: 'SettlementMatch' },
  },
  SettlementMatch: {
    'amount { amount }': plain,
    'paymentAmount { currency }': { relations: 1, shares: 'the payment' },
    payment: { relations: 1, of: 'Payment', shares: 'the payment' },
    settlement: { relations: 1, of: 'Settlement' },
    counterSettlement: { relations: 1, of: 'Settlement' },
  },
};

interface Selected {
  readonly text: string;
  readonly relations: number;
}

const deepest = 4;

/** One field with what is selected of it. */
function fieldOf(name: string, { relations, of, arguments: given = [] }: Field, depth: number) {
  const inner = of === undefined ? fc.constant({ text: '', relations: 0 }) : selectionOf(of, depth + 1);
  const call = given.length === 0 ? fc.constant('') : fc.constantFrom(...given.map((one) => `(${one})`));
  return fc.tuple(inner, call).map(([{ text, relations: below }, argument]) => ({
    call: `${name}${argument}`,
    text: text === '' ? '' : ` { ${text} }`,
    relations,
    below,
  }));
}

function selectionOf(type: string, depth: number): fc.Arbitrary<Selected> {
  const all = Object.entries(types[type] ?? {});
  const fields = depth >= deepest ? all.filter(([, { of }]) => of === undefined) : all;
  if (fields.length === 0) return fc.constant({ text: '__typename', relations: 0 });
  const names = fc.subarray(fields, {
    minLength: 1,
    maxLength: Math.min(fields.length, depth === 1 ? 3 : 2),
  });
  return names.chain((chosen) =>
    fc
      .tuple(...chosen.map(([name, field]) => fieldOf(name, field, depth)))
      .chain((selected) => fc.boolean().map((some) => ({ selected, twice: some && depth === 1 })))
      .map(({ selected, twice }) => {
        const shared = new Set<string>();
        let relations = 0;
        for (const [index, one] of selected.entries()) {
          const shares = chosen[index]?.[1].shares;
          if (shares === undefined || !shared.has(shares)) relations += one.relations;
          if (shares !== undefined) shared.add(shares);
          relations += one.below;
        }
        const texts = selected.map(({ call, text }, index) => `f${index}: ${call}${text}`);
        // The same again under another name is no further question.
        const again = twice ? selected.map(({ call, text }, index) => `g${index}: ${call}${text}`) : [];
        return { text: [...texts, ...again].join(' '), relations };
      }),
  );
}

let erp: Erp;
let service: TestService;

beforeAll(async () => {
  erp = await startErp();
  const [main, branch] = await Promise.all([
    erp.company('main', { fill: ledger(String) }),
    erp.company('branch', { keys: 'texts', fill: ledger((n) => `'T${n}'`) }),
  ]);
  service = await startTestService({ companies: [main, branch] });
  await makeCardTypes(service);
  const record = "gen_random_uuid(), 1, now(), 'test', now(), 'test'";
  const recordColumns = 'id, version, created_at, created_by, updated_at, updated_by';
  await service.dataSource.query(
    `INSERT INTO client (${recordColumns}, code, active, card_type_id, short_name, full_name, shares_tax_id)
     SELECT ${record}, n::text, true, (SELECT id FROM card_type LIMIT 1), 'But', 'But', false FROM generate_series(1, ${clients}) AS n`,
  );
  await service.dataSource.query(
    `INSERT INTO erp_account (${recordColumns}, client_id, company_key, customer_id)
     SELECT ${record}, id, company, letter || code FROM client, (VALUES ('main', ''), ('branch', 'T')) AS c (company, letter)`,
  );
  // The door reads its catalogue once per company; that is not part of any card.
  await service.ask('{ erpCompanies { state } }');
}, 60_000);

afterAll(async () => {
  await service.close();
  await erp.close();
});

it.each(['documents', 'debts', 'sales'])(
  'answers any selection of %s of 200 cards by at most one statement per relation, arguments and company',
  async (part) => {
    let most = 0;
    await fc.assert(
      fc.asyncProperty(selectionOf(part, 1), async ({ text, relations }) => {
        erp.statements();
        const { data, errors } = await service.graphql<{ clients: { nodes: unknown[] } }>(
          `{ clients(first: ${clients}) { nodes { ${text} } } }`,
        );
        // What could be answered by more objects than are accepted is not asked of the ERP at all.
        fc.pre(errors[0]?.extensions.code !== 'TOO_COMPLEX');
        expect(errors).toEqual([]);
        const statements = erp.statements().length;

        expect(data?.clients.nodes).toHaveLength(clients);
        expect(statements).toBeLessThanOrEqual(relations * companies);
        most = Math.max(most, statements);
      }),
      { numRuns: 5, endOnFailure: true },
    );
    expect(most).toBeGreaterThan(1);
  },
);
