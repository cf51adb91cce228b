import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnsOf, erpFile, installViews, isKey, type InstalledViews } from './arrange-views.ts';

const blocks = [...erpFile('docs/connect-your-erp.md').matchAll(/^```sql\n([\s\S]*?)^```$/gm)].map(
  ([, block = '']) => block,
);

let erp: InstalledViews;
beforeAll(async () => {
  erp = await installViews(...blocks);
});
afterAll(() => erp.close());

describe('the example that the page works through', () => {
  it('gives the customers', async () => {
    expect(
      await erp.rows(
        'SELECT customer_id, code, tax_id, credit_limit, credit_currency, blocked FROM kartoteka.customer ORDER BY customer_id',
      ),
    ).toEqual([
      ['C-1', 'ALFA', null, '1500.5000', 'PLN', '0'],
      ['C-2', 'BETA', 'PL5260250274', null, null, '1'],
    ]);
  });

  it('gives the invoices, a correction with what it corrects', async () => {
    expect(
      await erp.rows(
        `SELECT invoice_type, invoice_id, customer_id, recipient_id, kind, issued_on, due_on, currency, gross, gross_base, corrects_type, corrects_id
         FROM kartoteka.invoice ORDER BY invoice_id, invoice_type`,
      ),
    ).toEqual([
      [
        '1',
        '10',
        'C-1',
        null,
        'INVOICE',
        '2026-01-02',
        '2026-02-01',
        'PLN',
        '1230.0000',
        '1230.0000',
        null,
        null,
      ],
      ['2', '10', 'C-1', null, 'CORRECTION', '2026-02-03', null, 'PLN', '-123.0000', '-123.0000', '1', '10'],
      ['1', '11', 'C-2', null, 'INVOICE', '2026-01-03', '2026-01-10', 'EUR', '50.1234', null, null, null],
    ]);
  });

  it('keeps the contract in both views, and creates no other', async () => {
    const contract = await installViews(erpFile('erp/contract.sql'));
    const asked = (await columnsOf(contract)).filter(({ view }) => view === 'customer' || view === 'invoice');
    await contract.close();
    const given = await columnsOf(erp);
    expect(given.map(({ view, name }) => `${view}.${name}`)).toEqual(
      asked.map(({ view, name }) => `${view}.${name}`),
    );
    expect(given.filter(({ name }) => !isKey(name))).toEqual(asked.filter(({ name }) => !isKey(name)));
    expect(given.find(({ name }) => name === 'recipient_id')?.type).toBe('varchar 20 0 0');
  });
});
