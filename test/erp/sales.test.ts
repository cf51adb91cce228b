import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { SalesLoaders } from '../../src/erp/sales/sales.loaders.ts';
import type { SalesQuestion } from '../../src/erp/sales/sales.reader.ts';
import { daysOfPeriod } from '../../src/erp/sales/period.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

interface Document {
  readonly customer?: number;
  readonly on: string;
  readonly net: string;
  readonly currency?: string;
  readonly base?: string | null;
  readonly counts?: boolean;
  readonly cancelled?: boolean;
}

let documents = 0;
const document = ({
  customer = 7,
  on,
  net,
  currency = 'PLN',
  base = net,
  counts = true,
  cancelled = false,
}: Document) =>
  `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross,
     base_currency, net_base, vat_base, gross_base, counts_in_sales, cancelled)
   VALUES (1, ${(documents += 1)}, ${customer}, 'INVOICE', 'FS', '${on}', '${currency}', ${net}, 0.0001, ${net} + 0.0001,
     ${base === null ? 'NULL, NULL, NULL, NULL' : `'PLN', ${base}, 0, ${base}`}, ${counts ? 1 : 0}, ${cancelled ? 1 : 0});`;

const books = [
  { on: '2024-02-29', net: '99999999999.9999' },
  { on: '2024-02-01', net: '0.0001' },
  { on: '2024-03-31', net: '-5' },
  { on: '2024-04-01', net: '10', currency: 'EUR', base: '43' },
  { on: '2024-12-31', net: '20' },
  { on: '2025-01-01', net: '30' },
  { on: '2024-02-10', net: '777', counts: false },
  { on: '2024-02-10', net: '888', cancelled: true },
  { customer: 8, on: '2024-02-15', net: '2' },
  { customer: 9, on: '2024-02-15', net: '2', base: null },
].map(document);

describe('sales', () => {
  let erp: Erp;
  let door: ErpDoor;
  let sales: SalesLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', { fill: books.join('\n') });
    const branch = await erp.company('branch', { fill: document({ on: '2024-02-15', net: '4' }) });
    const bare = await erp.company('bare', { without: ['invoice'] });
    door = erp.door([main, branch, bare]);
    sales = new SalesLoaders(door.companies, accountsInId);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const sold = async (question: SalesQuestion, client = 'main:7') =>
    (await sales.ofClient(request(), client, question)).items.map(
      ({ company, from, to, documents: count, net, gross }) =>
        `${company.key} ${from}..${to} ${count}: ${net.amount} / ${gross.amount} ${gross.currency}`,
    );

  it('are summed by month, oldest first, without what does not count or was cancelled', async () => {
    expect(await sold({ by: 'MONTH' })).toEqual([
      'main 2024-02-01..2024-02-29 2: 100000000000.0000 / 100000000000.0002 PLN',
      'main 2024-03-01..2024-03-31 1: -5.0000 / -4.9999 PLN',
      'main 2024-04-01..2024-04-30 1: 10.0000 / 10.0001 EUR',
      'main 2024-12-01..2024-12-31 1: 20.0000 / 20.0001 PLN',
      'main 2025-01-01..2025-01-31 1: 30.0000 / 30.0001 PLN',
    ]);
  });

  it('are summed by quarter and by year', async () => {
    expect(await sold({ by: 'QUARTER' })).toEqual([
      'main 2024-01-01..2024-03-31 3: 99999999995.0000 / 99999999995.0003 PLN',
      'main 2024-04-01..2024-06-30 1: 10.0000 / 10.0001 EUR',
      'main 2024-10-01..2024-12-31 1: 20.0000 / 20.0001 PLN',
      'main 2025-01-01..2025-03-31 1: 30.0000 / 30.0001 PLN',
    ]);
    expect(await sold({ by: 'YEAR', from: '2024-03-01' })).toEqual([
      'main 2024-03-01..2024-12-31 1: 10.0000 / 10.0001 EUR',
      'main 2024-03-01..2024-12-31 2: 15.0000 / 15.0002 PLN',
      'main 2025-01-01..2025-12-31 1: 30.0000 / 30.0001 PLN',
    ]);
  });

  it('count the first and the last day asked for, and tell which days they are of', async () => {
    expect(await sold({ by: 'MONTH', from: '2024-02-29', to: '2024-02-29' })).toEqual([
      'main 2024-02-29..2024-02-29 1: 99999999999.9999 / 100000000000.0000 PLN',
    ]);
  });

  it("are told in the books' currency where all were booked in it, and not offered where one was not", async () => {
    expect(await sold({ by: 'YEAR', from: '2024-04-01', to: '2024-12-31', inBaseCurrency: true })).toEqual([
      'main 2024-04-01..2024-12-31 2: 63.0000 / 63.0000 PLN',
    ]);
    await expect(sold({ by: 'YEAR', inBaseCurrency: true }, 'main:9')).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'main', view: 'invoice', column: 'net_base' },
    });
    expect(await sold({ by: 'YEAR' }, 'main:9')).toHaveLength(1);
  });

  it('of several accounts in one company are one, of several companies several', async () => {
    const february = { by: 'MONTH', from: '2024-02-01', to: '2024-02-28' } as const;

    expect(await sold(february, 'main:7,main:8,branch:7')).toEqual([
      'branch 2024-02-01..2024-02-28 1: 4.0000 / 4.0001 PLN',
      'main 2024-02-01..2024-02-28 2: 2.0001 / 2.0003 PLN',
    ]);
    expect(await sold({ ...february, company: 'branch' }, 'main:7,branch:7')).toHaveLength(1);
  });

  it.each([1, 50])('of %i clients cost one statement', async (count) => {
    const context = request();
    const clients = Array.from({ length: count }, (_, n) => `main:${n + 1}`);

    await Promise.all(clients.map((client) => sales.ofClient(context, client, { by: 'QUARTER' })));

    expect(erp.statements()).toHaveLength(1);
  });

  it('refuse days that are upside down and companies that do not exist', () => {
    const asked = (question: SalesQuestion) => () => sales.ofClient(request(), 'main:7', question);
    const refused: unknown = expect.objectContaining({ code: 'BAD_USER_INPUT' });

    expect(asked({ by: 'YEAR', from: '2024-02-02', to: '2024-02-01' })).toThrow(refused);
    expect(asked({ by: 'YEAR', company: 'nowhere' })).toThrow(refused);
  });

  it('are not offered without invoices, and empty where there are none', async () => {
    await expect(sold({ by: 'YEAR' }, 'bare:7,main:7')).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      company: 'bare',
    });
    expect(await sold({ by: 'YEAR' }, 'main:12345')).toEqual([]);
  });
});

it('knows the days of any month, quarter and year', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 0, max: 11 }), (year, month) => {
      const text = (date: Date) => date.toISOString().slice(0, 10);
      const at = (ofYear: number, ofMonth: number, day: number) => {
        const date = new Date(0);
        date.setUTCFullYear(ofYear, ofMonth, day);
        return text(date);
      };
      const quarter = Math.floor(month / 3);
      expect(daysOfPeriod('MONTH', year * 12 + month)).toEqual({
        from: at(year, month, 1),
        to: at(year, month + 1, 0),
      });
      expect(daysOfPeriod('QUARTER', year * 4 + quarter)).toEqual({
        from: at(year, quarter * 3, 1),
        to: at(year, quarter * 3 + 3, 0),
      });
      expect(daysOfPeriod('YEAR', year)).toEqual({ from: at(year, 0, 1), to: at(year, 12, 0) });
    }),
  );
});
