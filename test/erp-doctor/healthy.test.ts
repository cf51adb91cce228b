import 'reflect-metadata';
import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readContract } from '../../src/erp/doctor/contract.ts';
import { sandboxDatabases } from '../../src/server/sandbox-companies.ts';
import { columnsOf, erpFile, installViews } from '../erp-views/arrange-views.ts';
import { contractScript, examined, ofLevel, openWard, reader, type Ward } from './arrange-doctor.ts';

/** An invoice paid in part, a correction set off against it, an order; a payment with something left; somebody's money paid back. */
const ledger = `
INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (1, N'ADAMSKA', N'Adamska Anna', 0), (2, N'BUT', N'But', 0);
INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
VALUES (0, 1, 1, N'ZS/1', '2026-01-01', 'OPEN', 'PLN');
INSERT INTO kartoteka.sales_order_line (order_type, order_id, line_no, product_name, quantity, net) VALUES (0, 1, 1, N'But', 1, 100);
INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, recipient_id, kind, number, issued_on, due_on, currency, net, vat, gross, remaining,
  corrects_type, corrects_id, counts_in_sales, cancelled)
VALUES (1, 10, 1, 2, 'INVOICE', N'FV/10', '2026-01-02', '2026-01-16', 'PLN', 100, 23, 123, 50, NULL, NULL, 1, 0),
  (2, 10, 1, NULL, 'CORRECTION', N'FK/10', '2026-01-03', NULL, 'PLN', -10, -2.3, -12.3, 0, 1, 10, 1, 0);
INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_name, quantity, net)
VALUES (1, 10, 1, N'But', 1, 60), (1, 10, 2, N'But', 1, 40), (2, 10, 1, N'But', -1, -10);
INSERT INTO kartoteka.invoice_order VALUES (1, 10, 0, 1);
INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency, method)
VALUES (5, 1, 1, '2026-01-10', 61, 0.3, 'PLN', 'TRANSFER'), (5, 2, 2, '2026-01-10', -5, 0, 'EUR', NULL);
INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id, issued_on, due_on, amount,
  remaining, currency)
VALUES (1, 10, 1, 1, 'RECEIVABLE', 1, 10, '2026-01-02', '2026-01-16', 123, 50, 'PLN'),
  (2, 10, 1, 1, 'PAYABLE', 2, 10, '2026-01-03', NULL, 12.3, 0, 'PLN'), (3, 1, 1, 2, 'PAYABLE', NULL, NULL, '2026-01-03', NULL, 5, 0, 'EUR');
INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type, payment_id, counter_type,
  counter_id, counter_line, amount, payment_amount, matched_on)
VALUES (1, 10, 1, 1, 1, 5, 1, NULL, NULL, NULL, 60.7, NULL, '2026-01-10'), (1, 10, 1, 2, 1, NULL, NULL, 2, 10, 1, 12.3, NULL, '2026-01-11'),
  (2, 10, 1, 1, 1, NULL, NULL, 1, 10, 1, 12.3, NULL, '2026-01-11'), (3, 1, 1, 1, 2, 5, 2, NULL, NULL, NULL, 5, -5, '2026-01-12');
CREATE INDEX a ON kartoteka.sales_order (customer_id); CREATE INDEX b ON kartoteka.invoice (customer_id);
CREATE INDEX c ON kartoteka.invoice (corrects_id); CREATE INDEX d ON kartoteka.invoice_order (order_id);
CREATE INDEX e ON kartoteka.payment (customer_id); CREATE INDEX f ON kartoteka.settlement (customer_id);
CREATE INDEX g ON kartoteka.settlement (invoice_id); CREATE INDEX h ON kartoteka.settlement_match (payment_id);
`;

describe('the doctor at a healthy ERP', () => {
  let ward: Ward;
  let lines: readonly string[];

  beforeAll(async () => {
    ward = await openWard();
    const company = await ward.company('main', contractScript, ledger);
    ward.server.statements.clear();
    lines = await examined(company);
  });
  afterAll(() => ward.close());

  it('finds nothing wrong', () => {
    expect(ofLevel(lines, 'FAULT', 'WARN')).toEqual([]);
    expect(ofLevel(lines, 'NOTE')).toEqual([
      'NOTE connection not encrypted, for the address says encrypt=false: password and figures travel in plain text (it does not leave this machine)',
    ]);
  });

  it('says of every view what it found', () => {
    for (const { name, columns, key } of [
      {
        name: 'settlement_match',
        columns: 13,
        key: 'settlement_type, settlement_id, settlement_line and match_no',
      },
      { name: 'customer', columns: 15, key: 'customer_id' },
    ]) {
      expect(lines).toContain(`OK views ${name} has its ${columns} columns, each of a fitting type`);
      expect(lines).toContain(`OK keys ${name}: no two rows have the same ${key}`);
    }
    expect(lines).toContain('OK login the login can only read: it has no right and no role that writes');
    expect(lines).toContain('OK sums unallocated of each payment = its amount less its matches');
    expect(lines).toContain('OK sums balances = ageing of today, of the 2 customers with most settlements');
    expect(lines).toContain('OK references references between views that lead somewhere in every row: 15');
    expect(lines).toContainEqual(
      expect.stringMatching(/^OK pages invoices of the customer with most invoices \(2\): \d+ ms$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^OK lookups settlement_match by payment_type and payment_id: \d+ ms$/),
    );
  });

  it('only ever asked, on one connection', () => {
    const texts = ward.server.statements.list().map(({ text }) => text);
    expect(texts.length).toBeGreaterThan(80);
    expect(texts.filter((text) => !/^(SET [^;]*; ?)+\s*SELECT\b[^;]*$/.test(text))).toEqual([]);
    // The driver knocks once before its pool does.
    expect(ward.server.acceptedConnections()).toBeLessThanOrEqual(2);
  });

  it('tells neither a password nor a name', () => {
    expect(lines.join('\n')).not.toMatch(new RegExp(`Adamska|ADAMSKA|${reader.password}`));
  });
});

describe('the doctor at the ERPs that come with the project', () => {
  let ward: Ward;

  beforeAll(async () => {
    ward = await openWard();
  });
  afterAll(() => ward.close());

  it.each(sandboxDatabases)('finds no fault in the sandbox’s $name', async ({ name, scripts, documents }) => {
    const files = scripts.map((path) => erpFile(path.slice(path.indexOf('erp/sandbox'))));
    const company = await ward.company(name, ...files, ...documents());
    const lines = await examined(company);
    expect(ofLevel(lines, 'FAULT', 'WARN')).toEqual([]);
    expect(ofLevel(lines, 'NOTE').filter((line) => line.includes('NOTE keys'))).toEqual([]);
  });

  it.each(globSync('*/views.sql', { cwd: new URL('../../erp', import.meta.url).pathname }))(
    'finds no fault in erp/%s over empty tables',
    async (path) => {
      const erp = path.replace('/views.sql', '');
      const company = await ward.company(erp, erpFile(`erp/${erp}/tables.sql`), erpFile(`erp/${path}`));
      expect(ofLevel(await examined(company), 'FAULT')).toEqual([]);
    },
  );
});

it('reads the contract from the page that says it', async () => {
  const installed = await installViews(contractScript);
  const rows = await columnsOf(installed);
  await installed.close();
  const read = (await readContract()).flatMap(({ name, columns }) =>
    columns.map((column) => `${name}.${column.name} ${/^\w+/.exec(column.type)?.[0] ?? ''}`),
  );
  expect(read.toSorted()).toEqual(
    rows.map(({ view, name, type }) => `${view}.${name} ${type.split(' ')[0] ?? ''}`).toSorted(),
  );
  expect((await readContract()).map(({ name, key }) => `${name} ${key.join(' ')}`)).toContain(
    'settlement settlement_type settlement_id settlement_line',
  );
});
