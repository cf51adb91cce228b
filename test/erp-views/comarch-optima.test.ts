import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { erpFile, installViews, keyTypes, type InstalledViews } from './arrange-views.ts';

// 100 is in PLN by its empty currency and in two instalments; 101 corrects it; 102 is in EUR; 103 a draft; 104 a cancelled
// receipt; 105 belongs to an employee (PlatnikTyp 3); 90 to 92 are orders.
const rowsByHand = `
INSERT INTO CDN.Kontrahenci VALUES
  (7, 'ALFA', 'Alfa', 'Sp. z o.o.', '', '', '526-025-02-74', 'Prosta', '1', '2', '00-001', 'Warszawa', '', '', 0),
  (8, 'SKLEP', 'Sklep Alfy', '', '', 'PL5260250274', '', '', '', '', '', '', 's@alfa.example', '', 1500.5);
INSERT INTO CDN.TraNag VALUES
  (90, 308, 'RO/1/2026', 1, 7, 1, 7, '20260101', NULL, '20260110', NULL, 0, 0, 0, NULL, '', 100, 23, 123, 100, 23, 123),
  (91, 308, 'RO/2/2026', 1, 7, 1, 7, '20260101', NULL, NULL, NULL, 1, 0, 0, NULL, 'EUR', 430, 0, 430, 100, 0, 100),
  (92, 308, 'RO/3/2026', 1, 7, 1, 7, '20260101', NULL, NULL, NULL, 0, 1, 0, NULL, 'PLN', 1, 0, 1, 1, 0, 1),
  (100, 302, 'FS/1/2026', 1, 7, 1, 8, '20260102', '20260101', NULL, '20260201', 0, 0, 0, NULL, '', 1000, 230, 1230, 0, 0, 0),
  (101, 302, 'FSK/1/2026', 1, 7, 1, 7, '20260203', NULL, NULL, '20260217', 0, 0, 1, 100, '', -100, -23, -123, 0, 0, 0),
  (102, 302, 'FS/2/2026', 1, 7, 1, 7, '20260102', NULL, NULL, NULL, 0, 0, 0, NULL, 'EUR', 430, 0, 430, 100, 0, 100),
  (103, 302, 'FS/3/2026', 1, 7, 1, 7, '20260102', NULL, NULL, NULL, 1, 0, 0, NULL, '', 5, 1, 6, 0, 0, 0),
  (104, 305, 'PA/1/2026', 1, 7, 1, 7, '20260102', NULL, NULL, NULL, 0, 1, 0, NULL, '', 5, 1, 6, 0, 0, 0),
  (105, 302, 'FS/4/2026', 3, 7, 1, 7, '20260102', NULL, NULL, NULL, 0, 0, 0, NULL, '', 5, 1, 6, 0, 0, 0);
INSERT INTO CDN.TraElem VALUES
  (1, 100, 'A', 'Buty', 3, 'para', 333.3333, 1000, 0), (2, 102, '', 'Usługa', 1, 'szt', 100, 430, 100), (3, 90, 'A', 'Buty', 2, 'para', 50, 100, 0);
INSERT INTO CDN.TraNagRelacje VALUES (1, 302, 100, 308, 90), (2, 308, 90, 302, 100), (3, 302, 100, 308, 90), (4, 302, 100, 306, 55);
INSERT INTO CDN.DokumentyKSeF VALUES (100, NULL), (100, '5265877635-20250826-0100001AF629-AF'), (100, '');
-- 5 is an opening item; 6 is not subject to settling, 7 is of an employee, 8 is neutral.
INSERT INTO CDN.BnkZdarzenia VALUES
  (1, 1, 100, 'FS/1/2026', 1, 7, 1, '20260102', '20260118', '20260127', 615, 615, '', 2, 1),
  (2, 1, 100, 'FS/1/2026', 1, 7, 1, '20260102', '20260201', '20260216', 615, 123, '', 1, 1),
  (3, 1, 101, 'FSK/1/2026', 1, 7, -1, '20260203', '20260217', '20260216', 123, 123, '', 2, 1),
  (4, 1, 102, 'FS/2/2026', 1, 7, 1, '20260102', NULL, NULL, 100, 0, 'EUR', 1, 1),
  (5, 0, NULL, 'BO/1', 1, 7, 1, '20251231', '20251231', NULL, 70, 0, 'PLN', 1, 1),
  (6, 0, NULL, 'X', 1, 7, 1, '20251231', NULL, NULL, 1, 0, '', 0, 1), (7, 0, NULL, 'X', 3, 7, 1, '20251231', NULL, NULL, 1, 0, '', 1, 1),
  (8, 0, NULL, 'X', 1, 7, 0, '20251231', NULL, NULL, 1, 0, '', 1, 1);
INSERT INTO CDN.BnkZapisy VALUES
  (1, 1, 7, 1, '20260127', 700, 615, '', 1, 'WB/1'), (2, 1, 7, -1, '20260128', 85, 85, 'EUR', 2, 'WB/2'),
  (3, 1, 7, 1, '20260128', 9, 0, '', 0, 'WB/3'), (4, 3, 7, 1, '20260128', 9, 0, '', 1, 'WB/4');
INSERT INTO CDN.BnkRozKwoty VALUES (11, 2, 1, 1, 1, 615, '20260127'), (12, 1, 2, 1, 3, 123, '20260216'), (13, 1, 5, 2, 2, 1, NULL);
GO
`;

let erp: InstalledViews;
beforeAll(async () => {
  erp = await installViews(
    erpFile('erp/comarch-optima/tables.sql'),
    rowsByHand,
    erpFile('erp/comarch-optima/views.sql'),
  );
});
afterAll(() => erp.close());

describe('Comarch ERP Optima, through its views', () => {
  it('gives its customers; a limit of 0 is none', async () => {
    expect(
      await erp.rows(
        'SELECT customer_id, name, tax_id, street, email, credit_limit, credit_currency FROM kartoteka.customer ORDER BY customer_id',
      ),
    ).toEqual([
      ['7', 'Alfa Sp. z o.o.', '526-025-02-74', 'Prosta 1/2', null, null, null],
      ['8', 'Sklep Alfy', 'PL5260250274', null, 's@alfa.example', '1500.5000', 'PLN'],
    ]);
  });

  it('reads an empty currency as PLN, and a foreign document in its own currency', async () => {
    expect(
      await erp.rows(
        'SELECT order_id, requested_on, status, currency, net, gross FROM kartoteka.sales_order ORDER BY order_id',
      ),
    ).toEqual([
      ['90', '2026-01-10', 'UNKNOWN', 'PLN', '100.0000', '123.0000'],
      ['91', null, 'DRAFT', 'EUR', '100.0000', '100.0000'],
      ['92', null, 'CANCELLED', 'PLN', '1.0000', '1.0000'],
    ]);
    expect(await erp.rows('SELECT order_id, line_no, net FROM kartoteka.sales_order_line')).toEqual([
      ['90', '3', '100.0000'],
    ]);
  });

  it('gives invoices with what they correct, and no drafts', async () => {
    expect(
      await erp.rows(
        `SELECT invoice_type, invoice_id, customer_id, recipient_id, kind, issued_on, sold_on, due_on, currency, net, vat, gross, gross_base,
           corrects_type, corrects_id, ksef_number, cancelled FROM kartoteka.invoice ORDER BY invoice_id`,
      ),
    ).toEqual([
      [
        '0',
        '100',
        '7',
        '8',
        'INVOICE',
        '2026-01-02',
        '2026-01-01',
        '2026-02-01',
        'PLN',
        '1000.0000',
        '230.0000',
        '1230.0000',
        '1230.0000',
        null,
        null,
        '5265877635-20250826-0100001AF629-AF',
        '0',
      ],
      [
        '0',
        '101',
        '7',
        null,
        'CORRECTION',
        '2026-02-03',
        null,
        '2026-02-17',
        'PLN',
        '-100.0000',
        '-23.0000',
        '-123.0000',
        '-123.0000',
        '0',
        '100',
        null,
        '0',
      ],
      [
        '0',
        '102',
        '7',
        null,
        'INVOICE',
        '2026-01-02',
        null,
        null,
        'EUR',
        '100.0000',
        '0.0000',
        '100.0000',
        '430.0000',
        null,
        null,
        null,
        '0',
      ],
      [
        '0',
        '104',
        '7',
        null,
        'RECEIPT',
        '2026-01-02',
        null,
        null,
        'PLN',
        '5.0000',
        '1.0000',
        '6.0000',
        '6.0000',
        null,
        null,
        null,
        '1',
      ],
    ]);
    expect(
      await erp.rows(
        'SELECT invoice_id, line_no, net_price, net FROM kartoteka.invoice_line ORDER BY line_no',
      ),
    ).toEqual([
      ['100', '1', '333.3333', '1000.0000'],
      ['102', '2', null, '100.0000'],
    ]);
  });

  it('names an order once, however often the relation is written down', async () => {
    expect(await erp.rows('SELECT * FROM kartoteka.invoice_order')).toEqual([['0', '100', '0', '90']]);
  });

  it('reads payments of customers; what is not subject to matching leaves nothing open', async () => {
    expect(
      await erp.rows(
        'SELECT payment_id, paid_on, amount, unallocated, currency FROM kartoteka.payment ORDER BY payment_id',
      ),
    ).toEqual([
      ['1', '2026-01-27', '700.0000', '85.0000', 'PLN'],
      ['2', '2026-01-28', '-85.0000', '0.0000', 'EUR'],
      ['3', '2026-01-28', '9.0000', '0.0000', 'PLN'],
    ]);
  });

  it('keeps instalments, corrections and opening items as items', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_id, side, invoice_type, invoice_id, document_number, issued_on, due_on, amount, remaining, currency, settled_on
         FROM kartoteka.settlement ORDER BY settlement_id`,
      ),
    ).toEqual([
      [
        '1',
        'RECEIVABLE',
        '0',
        '100',
        'FS/1/2026',
        '2026-01-02',
        '2026-01-18',
        '615.0000',
        '0.0000',
        'PLN',
        '2026-01-27',
      ],
      [
        '2',
        'RECEIVABLE',
        '0',
        '100',
        'FS/1/2026',
        '2026-01-02',
        '2026-02-01',
        '615.0000',
        '492.0000',
        'PLN',
        null,
      ],
      [
        '3',
        'PAYABLE',
        '0',
        '101',
        'FSK/1/2026',
        '2026-02-03',
        '2026-02-17',
        '123.0000',
        '0.0000',
        'PLN',
        '2026-02-16',
      ],
      ['4', 'RECEIVABLE', '0', '102', 'FS/2/2026', '2026-01-02', null, '100.0000', '100.0000', 'EUR', null],
      ['5', 'RECEIVABLE', null, null, 'BO/1', '2025-12-31', '2025-12-31', '70.0000', '70.0000', 'PLN', null],
    ]);
  });

  it('matches whichever side the payment is on, and gives a compensation two rows', async () => {
    expect(
      await erp.rows(
        `SELECT settlement_id, match_no, payment_type, payment_id, counter_type, counter_id, counter_line, amount, payment_amount, matched_on
         FROM kartoteka.settlement_match ORDER BY match_no, settlement_id`,
      ),
    ).toEqual([
      ['1', '11', '0', '1', null, null, null, '615.0000', null, '2026-01-27'],
      ['2', '12', null, null, '0', '3', '0', '123.0000', null, '2026-02-16'],
      ['3', '12', null, null, '0', '2', '0', '123.0000', null, '2026-02-16'],
      ['5', '13', '0', '2', null, null, null, '1.0000', '-1.0000', null],
    ]);
  });

  it("keeps Optima's own types in every key", async () => {
    const types = await keyTypes(erp);
    expect(new Set(Object.values(types))).toEqual(new Set(['int']));
  });
});
