import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { erpFile, installViews, keyTypes, type InstalledViews } from './arrange-views.ts';

// Clarion days: 82180 is 2025-12-28, which is 1800-12-28 and 225 years; 82184 is 2026-01-01.
const rowsByHand = `
INSERT INTO CDN.KntKarty VALUES
  (32, 7, 'ALFA', 'Alfa', 'Sp. z o.o.', '', 'PL5260250274', '526-025-02-74', 'Prosta 1', '00-001', 'Warszawa', 'PL', 'a@alfa.example', '22 1', 30),
  (32, 8, 'ODBIORCA', 'Sklep Alfy', '', '', '', '', '', '', '', '', '', '', 0),
  (-32, 9, 'GRUPA', 'Grupa', '', '', '', '', '', '', '', '', '', '', 0);
INSERT INTO CDN.KntLimityK VALUES (7, 'EUR', 1, 999999, 5), (7, 'PLN', 1, 2, 10), (7, 'PLN', 3, 999999, 50000);
INSERT INTO CDN.ZamNag VALUES
  (960, 1, 1280, 15, 1, 2026, 'ZS   ', 32, 7, 82184, 82190, 5, 'PLN'),
  (960, 2, 1280, 16, 1, 2026, '', 32, 7, 82184, 0, 53, 'EUR'),
  (960, 3, 1280, 17, 12, 2025, '', 32, 7, 82180, 117976, 19, 'PLN'),
  (960, 4, 1280, 18, 12, 2025, '', 32, 7, 82180, 0, 1, 'PLN'),
  (960, 5, 1152, 19, 12, 2025, '', 32, 7, 82180, 0, 5, 'PLN');
INSERT INTO CDN.ZamElem VALUES (960, 1, 1, 'A', 'Buty', 3, 'para', 10.5, 31.5), (960, 1, 2, '', 'Usługa', 1, 'szt', 8.5, 8.5),
  (960, 5, 1, 'A', 'Zakup', 1, 'szt', 1, 1);
INSERT INTO CDN.TraNag VALUES
  (2033, 100, 1, 1, 2026, 'KR   ', 32, 7, 32, 8, 82184, 82180, 82214, 5, 'PLN', 1000, 230, 0, 0, 960, 1),
  (2041, 100, 1, 2, 2026, '', 32, 7, 32, 7, 82220, 0, 82234, 3, 'PLN', -100, -23, 2033, 100, 0, 0),
  (2037, 101, 2, 1, 2026, '', 32, 7, 32, 7, 82184, 0, 0, 4, 'EUR', 430, 0, 0, 0, 0, 0),
  (2033, 102, 3, 1, 2026, '', 32, 7, 32, 7, 82184, 0, 0, 6, 'PLN', 5, 1, 0, 0, 0, 0),
  (2033, 103, 4, 1, 2026, '', 32, 7, 32, 7, 82184, 0, 0, 1, 'PLN', 5, 1, 0, 0, 0, 0),
  (1521, 104, 5, 1, 2026, '', 32, 7, 32, 7, 82184, 0, 0, 5, 'PLN', 50, 0, 0, 0, 0, 0);
INSERT INTO CDN.TraElem VALUES (2033, 100, 1, 'A', 'Buty', 3, 'para', 333.3333, 1000), (2037, 101, 1, 'A', 'Buty', 1, 'para', 100, 430),
  (1521, 104, 1, 'A', 'Zakup', 1, 'szt', 50, 50);
INSERT INTO CDN.KSeFDokumenty VALUES (2033, 100, ''), (2033, 100, '5265877635-20250826-0100001AF629-AF');
-- 100 is paid in two instalments: one by money, one partly by its correction; 4144/1 is an opening item; 1521 is what we owe them.
INSERT INTO CDN.TraPlat VALUES
  (2033, 100, 1, 2, 32, 7, 615, 0, 'PLN', 82200, 1, 82210), (2033, 100, 2, 2, 32, 7, 615, 492, 'PLN', 82214, 0, 0),
  (2041, 100, 1, 1, 32, 7, 123, 0, 'PLN', 82234, 1, 82230), (2037, 101, 1, 2, 32, 7, 100, 100, 'EUR', 82214, 0, 0),
  (4144, 1, 1, 2, 32, 7, 70, 70, 'PLN', 82000, 0, 0), (1521, 104, 1, 1, 32, 7, 50, 0, 'PLN', 82190, 1, 82195),
  (2034, 5, 1, 2, 32, 7, 9, 9, 'PLN', 82190, 2, 0), (2033, 100, 3, 2, 944, 7, 9, 9, 'PLN', 82190, 0, 0);
INSERT INTO CDN.Zapisy VALUES
  (784, 40, 2, 0, 32, 7, 82210, 700, 85, 'PLN', 'WB/1'), (784, 41, 1, 0, 32, 7, 82195, 50, 0, 'PLN', ''),
  (784, 42, 2, 1, 32, 7, 82195, 1, 1, 'PLN', 'cancelled'), (784, 43, 2, 0, 944, 7, 82195, 1, 1, 'PLN', 'an employee');
INSERT INTO CDN.Rozliczenia VALUES
  (1, 784, 40, 0, 2033, 100, 1, 615, 82210), (2, 2041, 100, 1, 2033, 100, 2, 123, 82230), (3, 1521, 104, 1, 784, 41, 0, 50, 82195);
GO
`;

let erp: InstalledViews;
beforeAll(async () => {
  erp = await installViews(
    erpFile('erp/comarch-xl/tables.sql'),
    rowsByHand,
    erpFile('erp/comarch-xl/views.sql'),
  );
});
afterAll(() => erp.close());

describe('Comarch ERP XL, through its views', () => {
  it('gives cards of type 32, with the limit in PLN that holds today', async () => {
    expect(
      await erp.rows(
        'SELECT customer_id, code, name, tax_id, country, credit_limit, credit_currency, payment_days FROM kartoteka.customer ORDER BY customer_id',
      ),
    ).toEqual([
      ['7', 'ALFA', 'Alfa Sp. z o.o.', 'PL5260250274', 'PL', '50000.0000', 'PLN', '30'],
      ['8', 'ODBIORCA', 'Sklep Alfy', null, null, null, null, '0'],
    ]);
  });

  it('reads orders with days out of Clarion integers, statuses and the sum of their lines', async () => {
    expect(
      await erp.rows(
        'SELECT order_type, order_id, number, ordered_on, requested_on, status, currency, net FROM kartoteka.sales_order ORDER BY order_id',
      ),
    ).toEqual([
      ['960', '1', 'ZS-15/01/26/ZS', '2026-01-01', '2026-01-07', 'OPEN', 'PLN', '40.0000'],
      ['960', '2', 'ZS-16/01/26/', '2026-01-01', null, 'PARTLY_DELIVERED', 'EUR', null],
      ['960', '3', 'ZS-17/12/25/', '2025-12-28', null, 'CANCELLED', 'PLN', null],
      ['960', '4', 'ZS-18/12/25/', '2025-12-28', null, 'UNKNOWN', 'PLN', null],
    ]);
    expect(
      await erp.rows(
        'SELECT order_id, line_no, product_code, quantity, net FROM kartoteka.sales_order_line ORDER BY line_no',
      ),
    ).toEqual([
      ['1', '1', 'A', '3.0000', '31.5000'],
      ['1', '2', null, '1.0000', '8.5000'],
    ]);
  });

  it('tells invoice 100 from its correction 100, and leaves out drafts and purchases', async () => {
    expect(
      await erp.rows(
        `SELECT invoice_type, invoice_id, recipient_id, kind, number, issued_on, sold_on, due_on, currency, gross, remaining,
           corrects_type, corrects_id, ksef_number, cancelled FROM kartoteka.invoice ORDER BY invoice_id, invoice_type`,
      ),
    ).toEqual([
      [
        '2033',
        '100',
        '8',
        'INVOICE',
        'FS-1/01/26/KR',
        '2026-01-01',
        '2025-12-28',
        '2026-01-31',
        'PLN',
        '1230.0000',
        null,
        null,
        null,
        '5265877635-20250826-0100001AF629-AF',
        '0',
      ],
      [
        '2041',
        '100',
        null,
        'CORRECTION',
        'FSK-1/02/26/',
        '2026-02-06',
        null,
        '2026-02-20',
        'PLN',
        '-123.0000',
        null,
        '2033',
        '100',
        null,
        '0',
      ],
      [
        '2037',
        '101',
        null,
        'INVOICE',
        'FSE-2/01/26/',
        '2026-01-01',
        null,
        null,
        'PLN',
        '430.0000',
        null,
        null,
        null,
        null,
        '0',
      ],
      [
        '2033',
        '102',
        null,
        'INVOICE',
        'FS-3/01/26/',
        '2026-01-01',
        null,
        null,
        'PLN',
        '6.0000',
        null,
        null,
        null,
        null,
        '1',
      ],
    ]);
  });

  it('gives a foreign invoice its lines in PLN, and no price in another currency', async () => {
    expect(
      await erp.rows(
        'SELECT invoice_type, invoice_id, net_price, net FROM kartoteka.invoice_line ORDER BY invoice_id',
      ),
    ).toEqual([
      ['2033', '100', '333.3333', '1000.0000'],
      ['2037', '101', null, '430.0000'],
    ]);
  });

  it('knows the order on the invoice', async () => {
    expect(await erp.rows('SELECT * FROM kartoteka.invoice_order')).toEqual([['2033', '100', '960', '1']]);
  });

  it('reads payments of customers only; money paid back is below zero', async () => {
    expect(
      await erp.rows(
        'SELECT payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency, reference FROM kartoteka.payment ORDER BY payment_id',
      ),
    ).toEqual([
      ['784', '40', '7', '2026-01-27', '700.0000', '85.0000', 'PLN', 'WB/1'],
      ['784', '41', '7', '2026-01-12', '-50.0000', '0.0000', 'PLN', null],
    ]);
  });

  it('keeps instalments, corrections, opening items and what we owe as items of their own', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_type, settlement_id, settlement_line, side, invoice_type, invoice_id, issued_on, due_on, amount, remaining,
           currency, settled_on FROM kartoteka.settlement ORDER BY settlement_type, settlement_id, settlement_line`,
      ),
    ).toEqual([
      [
        '1521',
        '104',
        '1',
        'PAYABLE',
        null,
        null,
        '2026-01-01',
        '2026-01-07',
        '50.0000',
        '0.0000',
        'PLN',
        '2026-01-12',
      ],
      [
        '2033',
        '100',
        '1',
        'RECEIVABLE',
        '2033',
        '100',
        '2026-01-01',
        '2026-01-17',
        '615.0000',
        '0.0000',
        'PLN',
        '2026-01-27',
      ],
      [
        '2033',
        '100',
        '2',
        'RECEIVABLE',
        '2033',
        '100',
        '2026-01-01',
        '2026-01-31',
        '615.0000',
        '492.0000',
        'PLN',
        null,
      ],
      [
        '2037',
        '101',
        '1',
        'RECEIVABLE',
        '2037',
        '101',
        '2026-01-01',
        '2026-01-31',
        '100.0000',
        '100.0000',
        'EUR',
        null,
      ],
      [
        '2041',
        '100',
        '1',
        'PAYABLE',
        '2041',
        '100',
        '2026-02-06',
        '2026-02-20',
        '123.0000',
        '0.0000',
        'PLN',
        '2026-02-16',
      ],
      [
        '4144',
        '1',
        '1',
        'RECEIVABLE',
        null,
        null,
        '2025-07-01',
        '2025-07-01',
        '70.0000',
        '70.0000',
        'PLN',
        null,
      ],
    ]);
  });

  it('matches whichever side the payment is on, and gives a compensation two rows', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_type, settlement_id, settlement_line, match_no, payment_id, counter_type, counter_id, counter_line, amount,
           payment_amount, matched_on FROM kartoteka.settlement_match ORDER BY match_no, settlement_type`,
      ),
    ).toEqual([
      ['2033', '100', '1', '1', '40', null, null, null, '615.0000', null, '2026-01-27'],
      ['2033', '100', '2', '2', null, '2041', '100', '1', '123.0000', null, '2026-02-16'],
      ['2041', '100', '1', '2', null, '2033', '100', '2', '123.0000', null, '2026-02-16'],
      ['1521', '104', '1', '3', '41', null, null, null, '50.0000', '-50.0000', '2026-01-12'],
    ]);
  });

  it("keeps XL's own types in every key", async () => {
    expect(await keyTypes(erp)).toMatchObject({
      'customer.customer_id': 'int',
      'invoice.invoice_type': 'smallint',
      'invoice.invoice_id': 'int',
      'invoice.corrects_type': 'smallint',
      'settlement.settlement_line': 'smallint',
      'settlement_match.payment_type': 'smallint',
      'settlement_match.counter_line': 'smallint',
      'settlement_match.match_no': 'int',
    });
  });
});
