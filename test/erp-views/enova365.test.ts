import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { erpFile, installViews, type InstalledViews } from './arrange-views.ts';

// 100 in two instalments, paid by money and by its correction 101, whose item is below zero; 102 a draft, 103 cancelled, 90 an order.
const rowsByHand = `
INSERT INTO dbo.Kontrahenci VALUES (7, N'ALFA', N'Alfa Sp. z o.o.', N'526-025-02-74', N'', 0), (8, N'BETA', N'Beta', N'', N'PL5260250274', 1500);
INSERT INTO dbo.Towary VALUES (1, N'A', N'Buty');
INSERT INTO dbo.DefDokHandlowych VALUES (1, N'FV'), (2, N'KFV'), (3, N'ZO'), (4, N'ZK');
INSERT INTO dbo.DokHandlowe VALUES
  (90, 3, N'ZO/1', 7, NULL, '20260101', NULL, '20260110', 0, 0, 100, 23, 123, N'PLN'),
  (100, 1, N'FV/1', 7, 8, '20260102', '20260101', NULL, 1, 0, 1000, 230, 1230, N'EUR'),
  (101, 2, N'KFV/1', 7, 7, '20260203', NULL, NULL, 2, 1, -100, -23, -123, N'PLN'),
  (102, 1, N'FV/2', 7, NULL, '20260102', NULL, NULL, 0, 0, 1, 0, 1, N'PLN'), (103, 1, N'FV/3', 7, NULL, '20260102', NULL, NULL, 3, 0, 1, 0, 1, N'PLN'),
  (104, 4, N'ZK/1', 7, NULL, '20260102', NULL, NULL, 1, 0, 1, 0, 1, N'PLN');
INSERT INTO dbo.PozycjeDokHan VALUES (1, 100, 1, 3, N'para', 100, 1000), (2, 90, 1, 2, N'para', 50, 100), (3, 104, 1, 1, N'para', 1, 1);
INSERT INTO dbo.Platnosci VALUES (30, 100, N'DokHandlowe', '20260118'), (31, 100, N'DokHandlowe', '20260201'), (32, 101, N'DokHandlowe', '20260217'),
  (33, 5, N'DokEwidencja', '20251231');
INSERT INTO dbo.RozrachunkiIdx VALUES
  (1, 30, N'Platnosci', 7, N'Kontrahenci', 10, N'FV/1', '20260102', '20260118', '20260127', 615, N'PLN', 615),
  (2, 31, N'Platnosci', 7, N'Kontrahenci', 10, N'FV/1', '20260102', '20260201', '20991231', 615, N'PLN', 123),
  (3, 32, N'Platnosci', 7, N'Kontrahenci', 10, N'KFV/1', '20260203', '20260217', '20260216', -123, N'PLN', -123),
  (4, 33, N'Platnosci', 7, N'Kontrahenci', 10, N'BO/1', '20251231', '20251231', NULL, 70, N'EUR', 0),
  (5, 40, N'Zaplaty', 7, N'Kontrahenci', 20, N'WB/1', '20260127', NULL, NULL, 700, N'PLN', 615),
  (6, 34, N'Platnosci', 7, N'Pracownicy', 11, N'X', '20251231', NULL, NULL, 1, N'PLN', 0);
INSERT INTO dbo.Zaplaty VALUES (40, 7, N'Kontrahenci', 1, '20260127', 700, N'PLN', 615, N'WB/1'), (41, 7, N'Kontrahenci', 2, '20260128', 50, N'PLN', 20, N''),
  (42, 7, N'Pracownicy', 1, '20260128', 9, N'PLN', 0, N'');
INSERT INTO dbo.RozliczeniaSP VALUES (1, 30, N'Platnosci', 40, N'Zaplaty', 615, 615, '20260127'), (2, 31, N'Platnosci', 32, N'Platnosci', 123, 123, '20260216'),
  (3, 33, N'Platnosci', 41, N'Zaplaty', 5, 20, '20260217');
GO
`;

let erp: InstalledViews;
beforeAll(async () => {
  erp = await installViews(erpFile('erp/enova365/tables.sql'), rowsByHand, erpFile('erp/enova365/views.sql'));
});
afterAll(() => erp.close());

describe('enova365, through its views', () => {
  it('gives its customers', async () => {
    expect(
      await erp.rows(
        'SELECT customer_id, code, tax_id, credit_limit FROM kartoteka.customer ORDER BY customer_id',
      ),
    ).toEqual([
      ['7', 'ALFA', '526-025-02-74', null],
      ['8', 'BETA', 'PL5260250274', '1500.0000'],
    ]);
  });

  it('reads orders and invoices by their symbols, in PLN', async () => {
    expect(await erp.rows('SELECT order_id, requested_on, status, net FROM kartoteka.sales_order')).toEqual([
      ['90', '2026-01-10', 'DRAFT', '100.0000'],
    ]);
    expect(
      await erp.rows(
        'SELECT invoice_id, recipient_id, kind, issued_on, sold_on, due_on, currency, gross, corrects_id, cancelled FROM kartoteka.invoice ORDER BY invoice_id',
      ),
    ).toEqual([
      ['100', '8', 'INVOICE', '2026-01-02', '2026-01-01', '2026-02-01', 'PLN', '1230.0000', null, '0'],
      ['101', null, 'CORRECTION', '2026-02-03', null, '2026-02-17', 'PLN', '-123.0000', null, '0'],
      ['103', null, 'INVOICE', '2026-01-02', null, null, 'PLN', '1.0000', null, '1'],
    ]);
    expect(
      await erp.rows('SELECT invoice_id, line_no, quantity, net_price, net FROM kartoteka.invoice_line'),
    ).toEqual([['100', '1', '3.0000', null, '1000.0000']]);
    expect(
      await erp.rows('SELECT order_id, line_no, net_price, net FROM kartoteka.sales_order_line'),
    ).toEqual([['90', '2', '50.0000', '100.0000']]);
  });

  it('reads payments of customers, and money paid back below zero', async () => {
    expect(
      await erp.rows(
        'SELECT payment_id, paid_on, amount, unallocated, reference FROM kartoteka.payment ORDER BY payment_id',
      ),
    ).toEqual([
      ['40', '2026-01-27', '700.0000', '85.0000', 'WB/1'],
      ['41', '2026-01-28', '-50.0000', '-30.0000', null],
    ]);
  });

  it('makes a payable of an item below zero, and keeps opening items', async () => {
    expect(
      await erp.rows(
        'SELECT settlement_id, side, invoice_type, invoice_id, due_on, amount, remaining, currency, settled_on FROM kartoteka.settlement ORDER BY settlement_id',
      ),
    ).toEqual([
      ['30', 'RECEIVABLE', '0', '100', '2026-01-18', '615.0000', '0.0000', 'PLN', '2026-01-27'],
      ['31', 'RECEIVABLE', '0', '100', '2026-02-01', '615.0000', '492.0000', 'PLN', null],
      ['32', 'PAYABLE', '0', '101', '2026-02-17', '123.0000', '0.0000', 'PLN', '2026-02-16'],
      ['33', 'RECEIVABLE', null, null, '2025-12-31', '70.0000', '70.0000', 'EUR', null],
    ]);
  });

  it('gives a compensation two rows, each naming the other item', async () => {
    expect(
      await erp.rows(
        'SELECT settlement_id, match_no, payment_id, counter_type, counter_id, amount, payment_amount, matched_on FROM kartoteka.settlement_match ORDER BY match_no, settlement_id',
      ),
    ).toEqual([
      ['30', '1', '40', null, null, '615.0000', null, '2026-01-27'],
      ['31', '2', null, '0', '32', '123.0000', null, '2026-02-16'],
      ['32', '2', null, '0', '31', '123.0000', null, '2026-02-16'],
      ['33', '3', '41', null, null, '5.0000', '-20.0000', '2026-02-17'],
    ]);
  });
});
