/** The reports shipped over the ERP, on books small enough to be added up by hand. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineSession } from '../../../src/sandbox-erp/engine.ts';
import {
  runOnErp,
  shippedReport,
  shippedReports,
  type Given,
  type TextRows,
} from '../../arrange/shipped-reports.ts';
import { startErp, type Erp } from '../../erp/arrange-erp.ts';

const customers = `INSERT INTO kartoteka.customer (customer_id, code, name, city, blocked) VALUES
  (7, 'GRUPA', N'Grupa Razem', N'Łódź', 0), (8, 'GRUPA-2', N'Grupa Razem 2', NULL, 0), (9, 'INNY', N'Inny', NULL, 0),
  (20, 'SKLEP-A', N'Sklep Ala', N'Żary', 0);`;

/** Number; customer, recipient, day, currency, net, gross, whether it counts, whether it is cancelled. */
const invoices = `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, recipient_id, kind, number, issued_on, currency, net, vat,
    gross, counts_in_sales, cancelled) VALUES
  (1, 1, 7, 20,   'INVOICE',    'FS 1',  '2024-01-31', 'PLN',  100.0001, 23, 123.0001, 1, 0),
  (1, 2, 7, NULL, 'INVOICE',    'FS 2',  '2024-01-05', 'PLN',   50,      11.5, 61.5,   1, 0),
  (2, 1, 7, 20,   'CORRECTION', 'KFS 1', '2024-02-01', 'PLN',  -30,      -6.9, -36.9,  1, 0),
  (2, 2, 7, NULL, 'CORRECTION', 'KFS 2', '2024-01-20', 'PLN',   -1,      -0.23, -1.23, 1, 0),
  (1, 3, 7, 20,   'INVOICE',    'FS 3',  '2024-01-31', 'EUR',   10,       0,   10,     1, 0),
  (1, 4, 7, 20,   'INVOICE',    'FS 4',  '2024-01-31', 'PLN', 1000,     230, 1230,     1, 1),
  (1, 5, 7, 20,   'ADVANCE',    'FZ 1',  '2024-01-31', 'PLN', 2000,     460, 2460,     0, 0),
  (1, 6, 8, 404,  'INVOICE',    'FS 5',  '2024-01-31', 'PLN',    5,       1,    6,     1, 0),
  (1, 7, 9, 20,   'INVOICE',    'FS 6',  '2024-01-31', 'PLN', 9999,       1, 10000,    1, 0);
INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_name, product_group, quantity, net) VALUES
  (1, 1, 1, N'But', N'Obuwie', 1, 60), (1, 1, 2, N'But', N'Obuwie', 1, 30.0001), (1, 1, 3, N'Pasta', NULL, 1, 10),
  (1, 2, 1, N'But', N'Obuwie', 1, 50), (2, 1, 1, N'But', N'Obuwie', -1, -30), (2, 2, 1, N'But', N'Obuwie', 0, -1), (1, 3, 1, N'But', N'Obuwie', 1, 10),
  (1, 4, 1, N'But', N'Obuwie', 1, 1000), (1, 5, 1, N'But', N'Obuwie', 1, 2000), (1, 6, 1, N'But', N'Obuwie', 1, 5),
  (1, 7, 1, N'But', N'Obuwie', 1, 9999);`;

/** Due 2024-03-01 is 30 days before 2024-03-31, and 2024-02-29 is 31. */
const settlements = `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, document_number,
    issued_on, due_on, amount, remaining, currency, settled_on) VALUES
  (1, 1, 1, 7, 'RECEIVABLE', 'FS 1', '2024-01-31', '2024-02-29', 123.0001, 23.0001, 'PLN', NULL),
  (1, 1, 2, 7, 'RECEIVABLE', 'FS 1', '2024-01-31', '2024-03-01', 100,      100,     'PLN', NULL),
  (1, 2, 1, 7, 'RECEIVABLE', 'FS 2', '2024-01-05', '2024-01-20', 61.5,     0,       'PLN', '2024-02-10'),
  (1, 3, 1, 7, 'RECEIVABLE', 'FS 3', '2024-01-31', '2024-02-14', 10,       10,      'EUR', NULL),
  (1, 4, 1, 7, 'RECEIVABLE', 'FS 8', '2024-01-31', NULL,         40,       40,      'PLN', NULL),
  (2, 1, 1, 7, 'PAYABLE',    'KFS 1', '2024-02-01', '2024-02-01', 36.9,    36.9,    'PLN', NULL),
  (1, 6, 1, 8, 'RECEIVABLE', 'FS 5', '2023-01-31', '2023-02-14', 6,        6,       'PLN', NULL),
  (1, 7, 1, 9, 'RECEIVABLE', 'FS 6', '2024-01-31', '2024-02-01', 10000,    10000,   'PLN', NULL);
INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency) VALUES
  (1, 1, 7, '2024-02-19', 131.5, 0, 'PLN'), (1, 2, 7, '2024-03-10', 30, 0, 'PLN'), (1, 3, 9, '2024-03-10', 1, 0, 'PLN'),
  (2, 1, 7, '2025-01-01', 1, 1, 'PLN');
INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type, payment_id,
    counter_type, counter_id, counter_line, amount, matched_on) VALUES
  (1, 1, 1, 1, 7, 1, 1, NULL, NULL, NULL, 70,   '2024-04-30'),
  (1, 1, 1, 2, 7, 1, 2, NULL, NULL, NULL, 30,   NULL),
  (1, 2, 1, 1, 7, 1, 1, NULL, NULL, NULL, 60,   '2024-02-19'),
  (1, 2, 1, 2, 7, NULL, NULL, 2, 1, 1,    1.5,  '2024-02-19'),
  (1, 4, 1, 1, 7, 1, 1, NULL, NULL, NULL, 1.5,  '2024-02-19'),
  (2, 1, 1, 1, 7, 1, 2, NULL, NULL, NULL, 5,    '2024-03-10'),
  (1, 7, 1, 1, 9, 1, 3, NULL, NULL, NULL, 1,    '2024-03-10');`;

const orders = `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, requested_on, status, currency) VALUES
  (1, 1, 7, 'ZA 1', '2024-03-01', '2024-04-10', 'PARTLY_DELIVERED', 'PLN'), (1, 2, 7, 'ZA 2', '2024-03-02', '2024-04-10', 'OPEN', 'PLN'),
  (1, 3, 8, 'ZA 3', '2024-03-03', NULL, 'OPEN', 'PLN'), (1, 4, 7, 'ZA 4', '2024-03-01', '2024-04-01', 'CANCELLED', 'PLN'),
  (1, 5, 7, 'ZA 5', '2024-03-01', '2024-04-10', 'OPEN', 'EUR'), (1, 6, 7, 'ZA 6', '2024-03-01', '2024-04-01', 'DELIVERED', 'PLN'),
  (1, 7, 9, 'ZA 7', '2024-03-01', '2024-04-01', 'OPEN', 'PLN'), (1, 8, 7, 'ZA 8', '2024-03-01', '2024-04-01', 'DRAFT', 'PLN');
INSERT INTO kartoteka.sales_order_line (order_type, order_id, line_no, product_name, quantity, delivered, net) VALUES
  (1, 1, 1, N'But', 3, 1, 100), (1, 1, 2, N'But', 2, 2, 50), (1, 2, 1, N'But', 4, NULL, 80.5), (1, 2, 2, N'But', 0, 0, 7),
  (1, 3, 1, N'But', 1, 0, 9), (1, 4, 1, N'But', 1, 0, 1), (1, 5, 1, N'But', 8, 6, 20), (1, 6, 1, N'But', 1, 0, 1), (1, 7, 1, N'But', 1, 0, 1),
  (1, 8, 1, N'But', 1, 0, 1);`;

let erp: Erp;
let session: EngineSession;

beforeAll(async () => {
  erp = await startErp();
  await erp.company('main', { fill: [customers, invoices, settlements, orders].join('\n') });
  session = await erp.engine.open({ user: 'reader', database: 'main' });
});

afterAll(() => erp.close());

const client = { customers: ['7', '8'] };

async function rowsOf(key: string, given: Given = {}): Promise<TextRows> {
  const report = await shippedReport(key);
  return (await runOnErp(session, report, { ...client, ...given })).rows;
}

it('each has a label for every column that it answers, in their order', async () => {
  const { reports } = await shippedReports();
  const overErp = reports.filter(({ database }) => database === 'ERP');
  expect(overErp).toHaveLength(5);
  for (const report of overErp) {
    const { columns } = await runOnErp(session, report, { ...client, asOf: ['2024-03-31'] });
    expect(columns).toEqual(report.labels.map(({ name }) => name));
  }
});

describe('turnover by product group and month', () => {
  it('adds up lines by group, month and currency, without what does not count or was cancelled', async () => {
    expect(await rowsOf('turnover-by-product-group')).toEqual([
      ['2024-01-01', '(bez grupy)', 'PLN', '1', '10.0000'],
      ['2024-01-01', 'Obuwie', 'EUR', '1', '10.0000'],
      ['2024-01-01', 'Obuwie', 'PLN', '4', '144.0001'],
      ['2024-02-01', 'Obuwie', 'PLN', '1', '-30.0000'],
    ]);
  });

  it('keeps to the days asked for, both counted, and to the client', async () => {
    const days = { issuedFrom: ['2024-01-05'], issuedTo: ['2024-01-30'] };
    expect(await rowsOf('turnover-by-product-group', days)).toEqual([
      ['2024-01-01', 'Obuwie', 'PLN', '2', '49.0000'],
    ]);
    const rest = { issuedFrom: ['2024-01-06'], issuedTo: ['2024-02-01'], customers: ['7'] };
    expect(await rowsOf('turnover-by-product-group', rest)).toEqual([
      ['2024-01-01', '(bez grupy)', 'PLN', '1', '10.0000'],
      ['2024-01-01', 'Obuwie', 'EUR', '1', '10.0000'],
      ['2024-01-01', 'Obuwie', 'PLN', '2', '89.0001'],
      ['2024-02-01', 'Obuwie', 'PLN', '1', '-30.0000'],
    ]);
    expect(await rowsOf('turnover-by-product-group', { customers: [] })).toEqual([]);
  });
});

describe('unpaid items over 30 days', () => {
  it('tells what the client still owes of items due more than thirty days before', async () => {
    expect(await rowsOf('unpaid-over-30-days', { asOf: ['2024-03-31'] })).toEqual([
      ['FS 5', '2023-01-31', '2023-02-14', '411', 'PLN', '6.0000', '6.0000'],
      ['FS 3', '2024-01-31', '2024-02-14', '46', 'EUR', '10.0000', '10.0000'],
      ['FS 1', '2024-01-31', '2024-02-29', '31', 'PLN', '123.0001', '23.0001'],
    ]);
  });

  it('takes another number of days', async () => {
    const given = { asOf: ['2024-03-31'], days: ['29'], customers: ['7'] };
    expect(
      (await rowsOf('unpaid-over-30-days', given)).map(([document, , due]) => `${document} ${due}`),
    ).toEqual(['FS 3 2024-02-14', 'FS 1 2024-02-29', 'FS 1 2024-03-01']);
  });
});

it('the order backlog is what is left of open orders, by the day it is wanted', async () => {
  expect(await rowsOf('order-backlog')).toEqual([
    ['2024-04-10', 'EUR', '1', '1', '2024-03-01', '5.0000'],
    ['2024-04-10', 'PLN', '2', '2', '2024-03-01', '147.1667'],
    [null, 'PLN', '1', '1', '2024-03-03', '9.0000'],
  ]);
});

it('payment behaviour weighs the days late by what was paid, by the month and day of the payment', async () => {
  // February: 70 ten days early, 60 thirty days late. March: 30 ten days late.
  expect(await rowsOf('payment-behaviour')).toEqual([
    ['2024-02-01', 'PLN', '2', '130.0000', '60.0000', '8.46', '30'],
    ['2024-03-01', 'PLN', '1', '30.0000', '30.0000', '10.00', '10'],
  ]);
  expect(await rowsOf('payment-behaviour', { paidFrom: ['2024-02-20'], paidTo: ['2024-03-10'] })).toEqual([
    ['2024-03-01', 'PLN', '1', '30.0000', '30.0000', '10.00', '10'],
  ]);
  expect(await rowsOf('payment-behaviour', { paidTo: ['2024-02-18'] })).toEqual([]);
});

describe('turnover by recipient', () => {
  it('adds up what went to each recipient, the payer where there is no other', async () => {
    expect(await rowsOf('recipient-turnover')).toEqual([
      ['SKLEP-A', 'Sklep Ala', 'Żary', 'EUR', '1', '10.0000', '10.0000', '2024-01-31'],
      ['SKLEP-A', 'Sklep Ala', 'Żary', 'PLN', '2', '70.0001', '86.1001', '2024-02-01'],
      ['GRUPA', 'Grupa Razem', 'Łódź', 'PLN', '2', '49.0000', '60.2700', '2024-01-20'],
      [null, null, null, 'PLN', '1', '5.0000', '6.0000', '2024-01-31'],
    ]);
  });

  it('keeps to the days asked for', async () => {
    const days = { issuedFrom: ['2024-02-01'], issuedTo: ['2024-02-01'] };
    expect((await rowsOf('recipient-turnover', days)).map(([code, , , , , net]) => [code, net])).toEqual([
      ['SKLEP-A', '-30.0000'],
    ]);
  });
});
