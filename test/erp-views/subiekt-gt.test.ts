import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { erpFile, installViews, keyTypes, type InstalledViews } from './arrange-views.ts';

// 100 is paid by money and by its correction 101; 102 is an FSd, 103 a cancelled receipt, 104 without a customer; 90 to 92 orders.
const rowsByHand = `
INSERT INTO dbo.kh__Kontrahent VALUES (7, 'ALFA', 20000, 'a@alfa.example', 0), (8, 'BETA', 0, NULL, 1), (9, 'BEZ-ADRESU', NULL, '', NULL);
INSERT INTO dbo.adr__Ewid VALUES (1, 7, 1, 'Alfa Sp. z o.o.', '526-025-02-74', 'Prosta 1', '00-001', 'Warszawa', ''),
  (2, 7, 2, 'Alfa, magazyn', '', '', '', '', ''), (3, 8, 1, 'Beta', '', '', '', '', '22 1');
INSERT INTO dbo.tw__Towar VALUES (1, 'A', 'Buty');
INSERT INTO dbo.ksef_NumerKSeF VALUES (1, '5265877635-20250826-0100001AF629-AF');
INSERT INTO dbo.dok__Dokument VALUES
  (90, 16, 0, 'ZK 1/2026', 7, 7, '20260101', NULL, NULL, '20260110', 6, 'PLN', 100, 23, 123, NULL, NULL),
  (91, 16, 0, 'ZK 2/2026', 7, 7, '20260101', NULL, NULL, NULL, 8, 'EUR', 100, 0, 100, NULL, NULL),
  (92, 16, 0, 'ZK 3/2026', 7, 7, '20260101', NULL, NULL, NULL, 2, 'PLN', 1, 0, 1, NULL, NULL),
  (100, 2, 0, 'FS 1/2026', 7, 8, '20260102', '20260101', '20260201', NULL, 1, 'PLN', 1000, 230, 1230, 90, 1),
  (101, 6, 0, 'KFS 1/2026', 7, 7, '20260203', NULL, '20260217', NULL, 1, 'PLN', -100, -23, -123, 100, NULL),
  (102, 2, 1, 'FSd 1/2026', 7, 7, '20260102', NULL, NULL, NULL, 1, 'EUR', 5, 1, 6, NULL, NULL),
  (103, 21, 0, 'PA 1/2026', 7, 7, '20260102', NULL, NULL, NULL, 2, 'PLN', 5, 1, 6, NULL, NULL),
  (104, 21, 0, 'PA 2/2026', NULL, NULL, '20260102', NULL, NULL, NULL, 1, 'PLN', 5, 1, 6, NULL, NULL);
INSERT INTO dbo.dok_Pozycja VALUES (1, 100, 1, 3, 'para', 333.3333, 1000), (2, 100, NULL, 1, NULL, 0, 0), (3, 90, 1, 2, 'para', 50, 100),
  (4, 104, 1, 1, 'para', 5, 5);
-- 33 is an opening item; 34 an employee's; 35 in EUR, paid in PLN.
INSERT INTO dbo.nz__Finanse VALUES
  (30, 39, 1, 7, 100, 'FS 1/2026', '20260102', '20260201', 1230, 492, 0, 'PLN', 1), (31, 40, 1, 7, 101, 'KFS 1/2026', '20260203', '20260217', 123, 0, 0, 'PLN', 1),
  (33, 39, 1, 7, NULL, 'BO 1', '20251231', '20251231', 70, 70, 0, 'PLN', 1), (34, 39, 2, 7, NULL, 'X', '20251231', NULL, 1, 1, 0, 'PLN', 1),
  (35, 39, 1, 7, NULL, 'N 1', '20260105', NULL, 100, 0, 0, 'EUR', 1),
  (40, 19, 1, 7, NULL, 'BP 1', '20260127', NULL, 0, 700, 615, 'PLN', 1), (41, 18, 1, 7, NULL, 'KW 1', '20260128', NULL, 0, 50, 20, 'PLN', 1),
  (42, 17, 1, 7, NULL, 'KP 1', '20260128', NULL, 0, 9, NULL, 'PLN', 2), (43, 17, 1, 7, NULL, 'KP 2', '20260128', NULL, 0, 430, 430, 'PLN', 1);
INSERT INTO dbo.nz_FinanseSplata VALUES
  (1, 1, 30, 40, '20260127', 615, 615), (2, 4, 30, NULL, '20260216', 123, 123), (3, 4, 31, NULL, '20260216', 103, 103),
  (4, 1, 31, 41, '20260217', 20, 20), (5, 2, 35, 43, '20260128', 100, 430), (6, 1, 34, 40, '20260128', 1, 1);
GO
`;

let erp: InstalledViews;
beforeAll(async () => {
  erp = await installViews(
    erpFile('erp/subiekt-gt/tables.sql'),
    rowsByHand,
    erpFile('erp/subiekt-gt/views.sql'),
  );
});
afterAll(() => erp.close());

describe('Subiekt GT, through its views', () => {
  it('gives its customers with their main address, or none', async () => {
    expect(
      await erp.rows(
        'SELECT customer_id, name, tax_id, city, credit_limit, credit_currency, blocked FROM kartoteka.customer ORDER BY customer_id',
      ),
    ).toEqual([
      ['7', 'Alfa Sp. z o.o.', '526-025-02-74', 'Warszawa', '20000.0000', 'PLN', '0'],
      ['8', 'Beta', null, null, null, null, '1'],
      ['9', 'BEZ-ADRESU', null, null, null, null, '0'],
    ]);
  });

  it('reads orders with their statuses', async () => {
    expect(
      await erp.rows(
        'SELECT order_id, requested_on, status, currency, net, gross FROM kartoteka.sales_order ORDER BY order_id',
      ),
    ).toEqual([
      ['90', '2026-01-10', 'OPEN', 'PLN', '100.0000', '123.0000'],
      ['91', null, 'DELIVERED', 'EUR', '100.0000', '100.0000'],
      ['92', null, 'UNKNOWN', 'PLN', '1.0000', '1.0000'],
    ]);
    expect(
      await erp.rows('SELECT order_id, line_no, product_name, net FROM kartoteka.sales_order_line'),
    ).toEqual([['90', '3', 'Buty', '100.0000']]);
  });

  it('gives invoices with what they correct; an FSd does not count in sales', async () => {
    expect(
      await erp.rows(
        `SELECT invoice_id, recipient_id, kind, issued_on, sold_on, due_on, currency, gross, gross_base, corrects_type, corrects_id,
           ksef_number, counts_in_sales, cancelled FROM kartoteka.invoice ORDER BY invoice_id`,
      ),
    ).toEqual([
      [
        '100',
        '8',
        'INVOICE',
        '2026-01-02',
        '2026-01-01',
        '2026-02-01',
        'PLN',
        '1230.0000',
        '1230.0000',
        null,
        null,
        '5265877635-20250826-0100001AF629-AF',
        '1',
        '0',
      ],
      [
        '101',
        null,
        'CORRECTION',
        '2026-02-03',
        null,
        '2026-02-17',
        'PLN',
        '-123.0000',
        '-123.0000',
        '0',
        '100',
        null,
        '1',
        '0',
      ],
      ['102', null, 'INVOICE', '2026-01-02', null, null, 'EUR', '6.0000', null, null, null, null, '0', '0'],
      [
        '103',
        null,
        'RECEIPT',
        '2026-01-02',
        null,
        null,
        'PLN',
        '6.0000',
        '6.0000',
        null,
        null,
        null,
        '1',
        '1',
      ],
    ]);
    expect(
      await erp.rows(
        'SELECT invoice_id, line_no, product_code, product_name, net FROM kartoteka.invoice_line ORDER BY line_no',
      ),
    ).toEqual([
      ['100', '1', 'A', 'Buty', '1000.0000'],
      ['100', '2', null, '?', '0.0000'],
    ]);
  });

  it('turns the amounts of cash and bank the right way round', async () => {
    expect(
      await erp.rows(
        'SELECT payment_id, paid_on, amount, unallocated, currency, method FROM kartoteka.payment ORDER BY payment_id',
      ),
    ).toEqual([
      ['40', '2026-01-27', '700.0000', '85.0000', 'PLN', 'TRANSFER'],
      ['41', '2026-01-28', '-50.0000', '-30.0000', 'PLN', 'CASH'],
      ['43', '2026-01-28', '430.0000', '0.0000', 'PLN', 'CASH'],
    ]);
  });

  it('keeps corrections and opening items as items', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_id, side, invoice_type, invoice_id, issued_on, due_on, amount, remaining, currency, settled_on
         FROM kartoteka.settlement ORDER BY settlement_id`,
      ),
    ).toEqual([
      ['30', 'RECEIVABLE', '0', '100', '2026-01-02', '2026-02-01', '1230.0000', '492.0000', 'PLN', null],
      ['31', 'PAYABLE', '0', '101', '2026-02-03', '2026-02-17', '123.0000', '0.0000', 'PLN', '2026-02-17'],
      ['33', 'RECEIVABLE', null, null, '2025-12-31', '2025-12-31', '70.0000', '70.0000', 'PLN', null],
      ['35', 'RECEIVABLE', null, null, '2026-01-05', null, '100.0000', '0.0000', 'EUR', '2026-01-28'],
    ]);
  });

  it('drops no kind of match; a compensation names no payment', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_id, match_no, payment_type, payment_id, counter_id, amount, payment_amount, matched_on
         FROM kartoteka.settlement_match ORDER BY match_no`,
      ),
    ).toEqual([
      ['30', '1', '0', '40', null, '615.0000', null, '2026-01-27'],
      ['30', '2', null, null, null, '123.0000', null, '2026-02-16'],
      ['31', '3', null, null, null, '103.0000', null, '2026-02-16'],
      ['31', '4', '0', '41', null, '20.0000', '-20.0000', '2026-02-17'],
      ['35', '5', '0', '43', null, '100.0000', '430.0000', '2026-01-28'],
    ]);
  });

  it('keeps its own types in every key, and offers no invoice_order', async () => {
    const types = await keyTypes(erp);
    expect(new Set(Object.values(types))).toEqual(new Set(['int']));
    expect(Object.keys(types)).not.toContain('invoice_order.order_id');
  });
});
