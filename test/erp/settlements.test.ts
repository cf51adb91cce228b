import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { InvoiceLoaders } from '../../src/erp/invoices/invoice.loaders.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import { PaymentLoaders } from '../../src/erp/payments/payment.loaders.ts';
import type { PaymentListFilter } from '../../src/erp/payments/payment.reader.ts';
import { MatchLoaders } from '../../src/erp/settlements/match.loaders.ts';
import { SettlementLoaders } from '../../src/erp/settlements/settlement.loaders.ts';
import type { SettlementListFilter } from '../../src/erp/settlements/settlement.reader.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

const money = (amount: string, currency = 'PLN') => ({ amount, currency });

const settlement = (id: string, values: string) =>
  `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id,
     issued_on, due_on, amount, remaining, currency) VALUES (${id}, ${values});`;
const payment = (id: number, values: string) =>
  `INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency)
   VALUES (5, ${id}, ${values});`;
const match = (id: string, values: string) =>
  `INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id,
     payment_type, payment_id, counter_type, counter_id, counter_line, amount, payment_amount, matched_on)
   VALUES (${id}, ${values});`;

const invoice = `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat,
    gross, remaining, counts_in_sales, cancelled)
  VALUES (2, 1, 7, 'INVOICE', 'FS/1', '2026-01-10', 'EUR', 300, 0, 300, NULL, 1, 0);`;

/** Customer 7: an invoice in two instalments, one paid in zloty and by another customer, a correction set against the other. */
const ledger = [
  invoice,
  settlement('2, 1, 1', "7, 'RECEIVABLE', 2, 1, '2026-01-10', '2026-02-28', 100, 20.0001, 'EUR'"),
  settlement('2, 1, 2', "7, 'RECEIVABLE', 2, 1, '2026-01-10', '2026-01-31', 200, 0, 'EUR'"),
  settlement('3, 9, 1', "7, 'PAYABLE', NULL, NULL, '2026-01-10', '2026-01-20', 250, 50, 'EUR'"),
  settlement(
    '2, 2, 1',
    "7, 'RECEIVABLE', NULL, NULL, '2026-02-01', '2026-03-01', 99999999999.9999, 0.0001, 'PLN'",
  ),
  settlement('2, 3, 1', "7, 'RECEIVABLE', NULL, NULL, '2025-12-01', NULL, 5, 5, 'PLN'"),
  settlement('2, 4, 1', "8, 'RECEIVABLE', NULL, NULL, '2025-12-01', NULL, 5, 5, 'PLN'"),
  payment(1, "7, '2026-01-15', 340, 0.5, 'PLN'"),
  payment(2, "8, '2026-01-16', 30, 0, 'EUR'"),
  payment(3, "7, '2026-02-16', -12, -12, 'EUR'"),
  match('2, 1, 1, 1', "7, 5, 1, NULL, NULL, NULL, 49.9999, 339.5, '2026-01-15'"),
  match('2, 1, 1, 2', "7, 5, 2, NULL, NULL, NULL, 30, NULL, '2026-01-16'"),
  match('2, 1, 2, 1', '7, NULL, NULL, 3, 9, 1, 200, NULL, NULL'),
  match('3, 9, 1, 1', '7, NULL, NULL, 2, 1, 2, 200, NULL, NULL'),
];

const many = Array.from({ length: 50 }, (_, n) => [
  settlement(
    `9, ${n}, 1`,
    `${1000 + n}, 'RECEIVABLE', NULL, NULL, '2026-01-0${(n % 3) + 1}', NULL, 1, 0, 'PLN'`,
  ),
  settlement(
    `9, ${n}, 2`,
    `${1000 + n}, 'RECEIVABLE', NULL, NULL, '2026-01-0${(n % 3) + 1}', NULL, 1, 0, 'PLN'`,
  ),
  payment(1000 + n, `${1000 + n}, '2026-01-01', 1, 0, 'PLN'`),
  match(`9, ${n}, 1, 1`, `${1000 + n}, 5, ${1000 + n}, NULL, NULL, NULL, 1, NULL, '2026-01-01'`),
]).flat();

describe('settlements', () => {
  let erp: Erp;
  let door: ErpDoor;
  let invoices: InvoiceLoaders;
  let payments: PaymentLoaders;
  let settlements: SettlementLoaders;
  let matches: MatchLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', { fill: [...ledger, ...many].join('\n') });
    const branch = await erp.company('branch', {
      fill: settlement('2, 1, 1', "7, 'RECEIVABLE', NULL, NULL, '2026-01-10', NULL, 1, 1, 'PLN'"),
    });
    const bare = await erp.company('bare', {
      fill: settlement('2, 1, 1', "7, 'RECEIVABLE', NULL, NULL, '2026-01-10', NULL, 1, 1, 'PLN'"),
      without: ['settlement_match', 'payment', 'invoice'],
    });
    door = erp.door([main, branch, bare], { now: () => new Date('2026-03-01T00:30:00Z') });
    const { companies } = door;
    invoices = new InvoiceLoaders(companies, accountsInId, new OrderLoaders(companies, accountsInId));
    payments = new PaymentLoaders(companies, accountsInId);
    settlements = new SettlementLoaders(companies, accountsInId, invoices);
    matches = new MatchLoaders(companies, settlements, payments);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const all = { first: 200, after: null };
  const settled = async (filter: SettlementListFilter, client = 'main:7', context = request()) =>
    (await settlements.ofClient(context, client, { ...all, filter })).nodes;
  const paid = async (filter: PaymentListFilter, client = 'main:7', context = request()) =>
    (await payments.ofClient(context, client, { ...all, filter })).nodes;
  const one = async (id: string, context = request()) => {
    const found = await settlements.byId(context, id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };

  it('come newest first with exact amounts, overdue by the day in the company', async () => {
    const rows = await settled({});

    expect(
      rows.map(({ id, side, amount, remaining, overdue, daysOverdue }) => [
        id,
        side,
        amount.amount,
        remaining.amount,
        overdue,
        daysOverdue,
      ]),
    ).toEqual([
      ['settlement:main:2:2:1', 'RECEIVABLE', '99999999999.9999', '0.0001', false, 0],
      ['settlement:main:3:9:1', 'PAYABLE', '250.0000', '50.0000', false, 0],
      ['settlement:main:2:1:2', 'RECEIVABLE', '200.0000', '0.0000', false, 0],
      ['settlement:main:2:1:1', 'RECEIVABLE', '100.0000', '20.0001', true, 1],
      ['settlement:main:2:3:1', 'RECEIVABLE', '5.0000', '5.0000', false, 0],
    ]);
  });

  it.each<[string, SettlementListFilter, string[]]>([
    ['they owe', { side: 'RECEIVABLE' }, ['2:2:1', '2:1:2', '2:1:1', '2:3:1']],
    ['we owe', { side: 'PAYABLE' }, ['3:9:1']],
    ['open', { openOnly: true }, ['2:2:1', '3:9:1', '2:1:1', '2:3:1']],
    ['open or not', { openOnly: false, overdueOnly: false }, ['2:2:1', '3:9:1', '2:1:2', '2:1:1', '2:3:1']],
    ['overdue', { overdueOnly: true }, ['2:1:1']],
    ['due in January', { dueOn: { gte: '2026-01-01', lt: '2026-02-01' } }, ['3:9:1', '2:1:2']],
    ['without a due day', { dueOn: { isNull: true } }, ['2:3:1']],
    ['in euro', { currency: 'EUR', openOnly: true }, ['3:9:1', '2:1:1']],
  ])('are narrowed to those %s', async (_what, filter, expected) => {
    const rows = await settled(filter);
    const page = await settlements.ofClient(request(), 'main:7', { first: 1, after: null, filter });

    expect(rows.map(({ id }) => id)).toEqual(expected.map((key) => `settlement:main:${key}`));
    expect(await page.totalCount()).toBe(expected.length);
  });

  it('of several companies are merged, and of one when that is asked for', async () => {
    const merged = await settled({ openOnly: true }, 'main:7,branch:7');
    const branch = await settled({ company: 'branch' }, 'main:7,branch:7');

    expect(merged.map(({ id }) => id)).toEqual([
      'settlement:main:2:2:1',
      'settlement:branch:2:1:1',
      'settlement:main:3:9:1',
      'settlement:main:2:1:1',
      'settlement:main:2:3:1',
    ]);
    expect(branch.map(({ id }) => id)).toEqual(['settlement:branch:2:1:1']);
    await expect(settled({ company: 'nowhere' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(settled({ dueOn: { gte: '2026-02-01', lt: '2026-01-01' } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('are walked once each and in order with any page size', async () => {
    const clients = 'branch:7,' + Array.from({ length: 9 }, (_, n) => `main:${1000 + n}`).join(',');
    const whole = (await settled({}, clients)).map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), async (first) => {
        const walked: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = await settlements.ofClient(request(), clients, { first, after, filter: {} });
          walked.push(...page.nodes.map(({ id }) => id));
          ({ endCursor: after, hasNextPage: more } = page.pageInfo());
        }
        expect(walked).toEqual(whole);
      }),
      { numRuns: 8 },
    );
    expect(whole).toHaveLength(19);
  });

  it.each([1, 50])(
    'of %i clients with matches and payments cost one statement for each relation',
    async (count) => {
      const context = request();
      const clients = Array.from({ length: count }, (_, n) => `main:${1000 + n}`);

      const found = await Promise.all(
        clients.map(async (client) => {
          const rows = await settled({}, client, context);
          const of = await Promise.all(rows.map((row) => matches.ofSettlement(context, row)));
          return Promise.all(of.flat().map((one) => matches.payment(context, one)));
        }),
      );

      expect(erp.statements()).toHaveLength(3);
      expect(found.flat().map((row) => row?.amount)).toEqual(clients.map(() => money('1.0000')));
    },
  );

  it('tell what settled them, in both currencies, and never show another customer', async () => {
    const context = request();
    const found = await matches.ofSettlement(context, await one('settlement:main:2:1:1', context));
    const ends = await Promise.all(
      found.map(async (row) => ({
        amount: row.amount,
        inPayment: await matches.paymentAmount(context, row),
        on: row.matchedOn,
        payment: (await matches.payment(context, row))?.id,
        counter: await matches.counterSettlement(context, row),
      })),
    );

    expect(ends).toEqual([
      {
        amount: money('49.9999', 'EUR'),
        inPayment: money('339.5000'),
        on: '2026-01-15',
        payment: 'payment:main:5:1',
        counter: null,
      },
      {
        amount: money('30.0000', 'EUR'),
        inPayment: null,
        on: '2026-01-16',
        payment: undefined,
        counter: null,
      },
    ]);
  });

  it('tell what they were compensated with, from both ends', async () => {
    const context = request();
    const counters = await Promise.all(
      ['2:1:2', '3:9:1'].map(async (key) => {
        const [found] = await matches.ofSettlement(context, await one(`settlement:main:${key}`, context));
        return found && (await matches.counterSettlement(context, found))?.id;
      }),
    );

    expect(counters).toEqual(['settlement:main:3:9:1', 'settlement:main:2:1:2']);
  });

  it('belong to their invoice as instalments fall due, and the invoice knows its payments', async () => {
    const context = request();
    const of = await invoices.byId(context, 'invoice:main:2:1');
    if (!of) throw new Error('no invoice');

    expect((await settlements.ofInvoice(context, of)).map(({ id }) => id)).toEqual([
      'settlement:main:2:1:2',
      'settlement:main:2:1:1',
    ]);
    expect((await matches.paymentsOf(context, of)).map(({ id }) => id)).toEqual(['payment:main:5:1']);
    expect((await settlements.invoice(context, await one('settlement:main:2:1:1', context)))?.number).toBe(
      'FS/1',
    );
    expect(await settlements.invoice(context, await one('settlement:main:3:9:1', context))).toBeNull();
  });

  it('are there without what the ERP does not offer, and that is NOT_OFFERED', async () => {
    const context = request();
    const [row] = await settled({}, 'bare:7', context);
    if (!row) throw new Error('no settlement');

    await expect(matches.ofSettlement(context, row)).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'bare', view: 'settlement_match' },
    });
    await expect(paid({}, 'bare:7')).rejects.toMatchObject({ code: 'NOT_OFFERED', company: 'bare' });
    await expect(paid({}, 'main:7,bare:7')).rejects.toMatchObject({ code: 'NOT_OFFERED', company: 'bare' });
  });

  describe('payments', () => {
    it('come newest first, those paid back below zero', async () => {
      const rows = await paid({});

      expect(rows.map(({ id, amount, unallocated }) => ({ id, amount, unallocated }))).toEqual([
        { id: 'payment:main:5:3', amount: money('-12.0000', 'EUR'), unallocated: money('-12.0000', 'EUR') },
        { id: 'payment:main:5:1', amount: money('340.0000'), unallocated: money('0.5000') },
      ]);
    });

    it.each<[string, PaymentListFilter, string[]]>([
      ['in January', { paidOn: { gte: '2026-01-01', lt: '2026-02-01' } }, ['5:1']],
      ['in euro', { currency: 'EUR' }, ['5:3']],
      ['not matched', { unallocatedOnly: true }, ['5:3', '5:1']],
    ])('are narrowed to those %s', async (_what, filter, expected) => {
      expect((await paid(filter)).map(({ id }) => id)).toEqual(expected.map((key) => `payment:main:${key}`));
    });

    it('that are matched in full are no unallocated ones', async () => {
      expect(await paid({ unallocatedOnly: true }, 'main:8')).toEqual([]);
    });

    it.each([1, 50])('of %i clients with what they settled cost three statements', async (count) => {
      const context = request();
      const clients = Array.from({ length: count }, (_, n) => `main:${1000 + n}`);

      const found = await Promise.all(
        clients.map(async (client) => {
          const rows = await paid({}, client, context);
          return Promise.all(rows.map((row) => matches.ofPayment(context, row)));
        }),
      );

      expect(erp.statements()).toHaveLength(3);
      expect(found.flat(2).map(({ amount }) => amount)).toEqual(clients.map(() => money('1.0000')));
    });

    it("tell how much they settled of another customer's item, and not which", async () => {
      const context = request();
      const other = await payments.byId(context, 'payment:main:5:2');
      const own = await payments.byId(context, 'payment:main:5:1');
      const of = async (row: typeof own) => {
        const [found] = row ? await matches.ofPayment(context, row) : [];
        return found && { amount: found.amount, item: (await matches.settlement(context, found))?.id };
      };

      expect(await of(other)).toEqual({ amount: money('30.0000', 'EUR'), item: undefined });
      expect(await of(own)).toEqual({ amount: money('49.9999', 'EUR'), item: 'settlement:main:2:1:1' });
    });
  });
});
