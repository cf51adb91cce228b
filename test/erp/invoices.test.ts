import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { InvoiceLoaders } from '../../src/erp/invoices/invoice.loaders.ts';
import type { InvoiceListFilter } from '../../src/erp/invoices/invoice.list.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

interface Wanted {
  readonly id: number;
  readonly gross: string;
  readonly remaining: string | null;
  readonly due?: string;
  readonly cancelled?: boolean;
  readonly corrects?: number;
}

const invoiceRow = ({ id, gross, remaining, due, cancelled = false, corrects }: Wanted) =>
  `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, due_on, currency, net, vat,
     gross, remaining, corrects_type, corrects_id, counts_in_sales, cancelled)
   VALUES (1, ${id}, 7, '${corrects === undefined ? 'INVOICE' : 'CORRECTION'}', 'FS/${id}', '2026-01-10',
     ${due === undefined ? 'NULL' : `'${due}'`}, 'PLN', ${gross}, 0, ${gross}, ${remaining ?? 'NULL'},
     ${corrects === undefined ? 'NULL, NULL' : `1, ${corrects}`}, 1, ${cancelled ? 1 : 0});`;

const settlementRow = (id: number, line: number, side: string, remaining: string, invoice: number) =>
  `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id,
     issued_on, amount, remaining, currency)
   VALUES (1, ${id}, ${line}, 7, '${side}', 1, ${invoice}, '2026-01-10', 999999, ${remaining}, 'PLN');`;

const ledger = [
  ...[
    { id: 1, gross: '99999999999.9999', remaining: '0.0001', due: '2026-02-28' },
    { id: 2, gross: '100', remaining: '0', due: '2026-01-20' },
    { id: 3, gross: '100', remaining: null, due: '2026-03-01' },
    { id: 4, gross: '50', remaining: null },
    { id: 5, gross: '-20', remaining: '-20', corrects: 2 },
    { id: 6, gross: '70', remaining: '70', due: '2026-01-20', cancelled: true },
    { id: 7, gross: '10', remaining: null, due: '2026-02-01' },
  ].map(invoiceRow),
  settlementRow(1, 1, 'RECEIVABLE', '30.0001', 3),
  settlementRow(1, 2, 'RECEIVABLE', '60', 3),
  settlementRow(2, 1, 'PAYABLE', '5', 3),
  settlementRow(3, 1, 'RECEIVABLE', '10', 7),
  ...[1, 2].map(
    (
      order,
    ) => `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
     VALUES (0, ${order}, 7, 'ZS/${order}', '2026-01-01', 'OPEN', 'PLN');
     INSERT INTO kartoteka.invoice_order (invoice_type, invoice_id, order_type, order_id) VALUES (1, 2, 0, ${order});`,
  ),
].join('\n');

describe('invoices', () => {
  let erp: Erp;
  let door: ErpDoor;
  let invoices: InvoiceLoaders;
  let orders: OrderLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', { fill: ledger });
    const bare = await erp.company('bare', { fill: ledger, without: ['settlement', 'invoice_order'] });
    // Half past eleven in the evening in Warsaw, of the first of March.
    door = erp.door([main, bare], { now: () => new Date('2026-03-01T22:30:00Z') });
    orders = new OrderLoaders(door.companies, accountsInId);
    invoices = new InvoiceLoaders(door.companies, accountsInId, orders);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const list = async (filter: InvoiceListFilter = {}, client = 'main:7', context = request()) =>
    (await invoices.ofClient(context, client, { first: 50, after: null, filter })).nodes;

  const numbers = async (filter: InvoiceListFilter, client?: string) =>
    (await list(filter, client)).map(({ number }) => number);

  it('say what is paid and what remains, from themselves or from their settlements', async () => {
    const context = request();
    const rows = await list({ includeCancelled: true }, 'main:7', context);
    erp.statements();

    const debts = await Promise.all(
      rows.map(async (invoice) => [invoice.number, await invoices.debt(context, invoice)] as const),
    );

    const none = { overdue: false, daysOverdue: 0 };
    expect(Object.fromEntries(debts)).toEqual({
      'FS/1': {
        remaining: '0.0001',
        paid: '99999999999.9998',
        paidState: 'PARTLY_PAID',
        overdue: true,
        daysOverdue: 1,
      },
      'FS/2': { remaining: '0.0000', paid: '100.0000', paidState: 'PAID', ...none },
      'FS/3': { remaining: '85.0001', paid: '14.9999', paidState: 'PARTLY_PAID', ...none },
      'FS/4': { remaining: '0.0000', paid: '50.0000', paidState: 'PAID', ...none },
      'FS/5': { remaining: '-20.0000', paid: '0.0000', paidState: 'UNPAID', ...none },
      'FS/6': { remaining: '0.0000', paid: null, paidState: null, ...none },
      'FS/7': { remaining: '10.0000', paid: '0.0000', paidState: 'UNPAID', overdue: true, daysOverdue: 28 },
    });
    expect(erp.statements()).toHaveLength(1);
  });

  it('that know it themselves cost no statement for what remains', async () => {
    const context = request();
    const rows = await list({ number: { in: ['FS/1', 'FS/2'] } }, 'main:7', context);
    erp.statements();

    await Promise.all(rows.map((invoice) => invoices.debt(context, invoice)));

    expect(erp.statements()).toEqual([]);
  });

  it.each<[string, InvoiceListFilter, string[]]>([
    ['not cancelled, when nothing is said', {}, ['FS/7', 'FS/5', 'FS/4', 'FS/3', 'FS/2', 'FS/1']],
    ['unpaid', { paidState: ['UNPAID'] }, ['FS/7', 'FS/5']],
    ['partly paid', { paidState: ['PARTLY_PAID'] }, ['FS/3', 'FS/1']],
    ['paid', { paidState: ['PAID'], includeCancelled: true }, ['FS/4', 'FS/2']],
    ['paid or not', { paidState: ['PAID', 'UNPAID'] }, ['FS/7', 'FS/5', 'FS/4', 'FS/2']],
    ['overdue', { overdue: true, includeCancelled: true }, ['FS/7', 'FS/1']],
    ['not overdue', { overdue: false, includeCancelled: true }, ['FS/6', 'FS/5', 'FS/4', 'FS/3', 'FS/2']],
    ['due in February', { dueOn: { gte: '2026-02-01', lt: '2026-03-01' } }, ['FS/7', 'FS/1']],
    ['without a due day', { dueOn: { isNull: true } }, ['FS/5', 'FS/4']],
    ['corrections', { kind: ['CORRECTION'] }, ['FS/5']],
    ['in another currency', { currency: 'EUR' }, []],
  ])('are narrowed to those %s', async (_what, filter, expected) => {
    expect(await numbers(filter)).toEqual(expected);
  });

  it('agree in the filters with what they say of themselves', async () => {
    const context = request();
    const rows = await list({}, 'main:7', context);
    const states = await Promise.all(rows.map(async (row) => (await invoices.debt(context, row)).paidState));

    for (const state of ['UNPAID', 'PARTLY_PAID', 'PAID'] as const) {
      const filtered = await numbers({ paidState: [state] });
      expect(filtered).toEqual(
        rows.filter((_, index) => states[index] === state).map(({ number }) => number),
      );
    }
  });

  it('are not offered by what remains where neither they nor settlements tell', async () => {
    const context = request();
    const known = await list({ number: { eq: 'FS/1' }, paidState: ['PARTLY_PAID'] }, 'bare:7');
    const [unknown] = await list({ number: { eq: 'FS/3' } }, 'bare:7', context);

    expect(known).toHaveLength(1);
    await expect(list({ paidState: ['PAID'] }, 'bare:7')).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      company: 'bare',
    });
    await expect(unknown && invoices.debt(context, unknown)).rejects.toMatchObject({ code: 'NOT_OFFERED' });
  });

  it('have no total, rather than a wrong one, by what nobody tells', async () => {
    const filter: InvoiceListFilter = { number: { eq: 'FS/1' }, paidState: ['PARTLY_PAID'] };
    const totals = await Promise.all(
      ['bare:7', 'main:7'].map(async (client) =>
        (await invoices.ofClient(request(), client, { first: 1, after: null, filter })).totalCount(),
      ),
    );

    expect(totals).toEqual([null, 1]);
  });

  it('know what they correct and what corrects them', async () => {
    const context = request();
    const [correction] = await list({ kind: ['CORRECTION'] }, 'main:7', context);
    const corrected = correction && (await invoices.corrected(context, correction));
    const corrections = corrected && (await invoices.corrections(context, corrected));

    expect(corrected?.number).toBe('FS/2');
    expect(corrections?.map(({ number }) => number)).toEqual(['FS/5']);
  });

  it('know their orders, and orders their invoices', async () => {
    const context = request();
    const [invoice] = await list({ number: { eq: 'FS/2' } }, 'main:7', context);
    const billed = invoice && (await invoices.ordersOf(context, invoice));
    const [order] = billed ?? [];
    const billing = order && (await invoices.ofOrder(context, order));

    expect(billed?.map(({ number }) => number)).toEqual(['ZS/1', 'ZS/2']);
    expect(billing?.map(({ number }) => number)).toEqual(['FS/2']);
  });
});
