/** OData over an ERP that says of its documents only what it must: everything that may be missing is. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { permissions } from '../../src/access/permission.ts';
import { modelOf } from '../../src/exports/odata/model.ts';
import { exportSets } from '../../src/exports/sets.ts';
import { makeClient } from '../arrange/cards.ts';
import { startErpService, type ErpService } from '../arrange/erp-service.ts';
import { rowsOfPage } from '../arrange/odata.ts';

/** The columns that may not be NULL, and no others. */
const documents = (customer: string): string => `
INSERT INTO kartoteka.sales_order_line (order_type, order_id, line_no, product_name, quantity, net) VALUES (0, ${customer}, 1, N'But', 1, 1);
INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, counts_in_sales, cancelled)
  VALUES (0, 1, ${customer}, 'INVOICE', N'FV/1', '2026-01-02', 'PLN', 1, 0, 1, 1, 0);
INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_name, quantity, net) VALUES (0, 1, 1, N'But', 1, 1);
INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency) VALUES (0, 1, ${customer}, '2026-01-03', 1, 1, 'PLN');
INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, issued_on, amount, remaining, currency)
  VALUES (0, 1, 1, ${customer}, 'RECEIVABLE', '2026-01-02', 1, 1, 'PLN');
INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, amount) VALUES (0, 1, 1, 1, ${customer}, 1);`;

let service: ErpService;
beforeAll(async () => {
  service = await startErpService();
  const customer = await service.newCustomer();
  await service.erp.fill('main', documents(customer));
  await service.link(await makeClient(service), customer);
});
afterAll(() => service.close());

const ofErp = [...modelOf(exportSets, new Set(permissions)).values()].filter(
  ({ source }) => source === 'erp',
);

describe.each(ofErp)('of $name', ({ name, properties }) => {
  it('what is said to have a value always has one all the same', async () => {
    const rows = await rowsOfPage(service, name);
    expect(rows).toHaveLength(1);
    for (const { name: property, always } of properties.values())
      if (always) expect([property, rows[0]?.[property]]).not.toEqual([property, null]);
  });
});

it.each(['Orders', 'Invoices', 'Payments', 'Settlements', 'OrderLines', 'InvoiceLines'])(
  '%s of which it does not say when it changed them come where they are asked for, and not otherwise',
  async (set) => {
    const since = 'modifiedAt ge 2020-01-01T00:00:00Z';
    expect(await rowsOfPage(service, `${set}?$filter=${since}`)).toEqual([]);
    expect(await rowsOfPage(service, `${set}?$filter=${since} or modifiedAt eq null`)).toHaveLength(1);
    expect(await rowsOfPage(service, `${set}?$filter=modifiedAt eq null or ${since}`)).toHaveLength(1);
  },
);
