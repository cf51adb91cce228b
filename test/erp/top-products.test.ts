import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ErpDoor } from '../../src/erp/companies.ts';
import { SalesLoaders } from '../../src/erp/sales/sales.loaders.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

type Line = readonly [code: string | null, name: string, quantity: string, net: string, unit?: string];

let invoices = 0;
function invoice(
  customer: number,
  on: string,
  lines: readonly Line[],
  also: { currency?: string; counts?: 0; cancelled?: 1 } = {},
) {
  const { currency = 'PLN', counts = 1, cancelled = 0 } = also;
  const id = (invoices += 1);
  const head = `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross,
      counts_in_sales, cancelled)
    VALUES (1, ${id}, ${customer}, 'INVOICE', 'FS', '${on}', '${currency}', 0, 0, 0, ${counts}, ${cancelled});`;
  const rows = lines.map(
    ([code, name, quantity, net, unit = 'para'], index) =>
      `INSERT INTO kartoteka.invoice_line (invoice_type, invoice_id, line_no, product_code, product_name, product_group, quantity, unit, net)
       VALUES (1, ${id}, ${index}, ${code === null ? 'NULL' : `'${code}'`}, N'${name}', N'obuwie', ${quantity}, '${unit}', ${net});`,
  );
  return [head, ...rows].join('\n');
}

const books = [
  invoice(1, '2026-01-05', [
    ['A', 'Kozak łódzki', '2', '100.0001'],
    ['B', 'Trzewik', '1', '150'],
    ['A', 'Kozak łódzki', '1', '50'],
    [null, 'Transport', '1', '20', 'szt'],
    [null, 'Montaż', '1', '30', 'szt'],
  ]),
  invoice(1, '2026-02-05', [
    ['B', 'Trzewik', '-0.5', '-75'],
    ['A', 'Kozak łódzki', '1', '10', 'karton'],
  ]),
  invoice(1, '2026-01-06', [['C', 'Klapek', '9', '3']], { currency: 'EUR' }),
  invoice(1, '2026-01-06', [['D', 'Zaliczka', '9', '9999']], { counts: 0 }),
  invoice(1, '2026-01-06', [['E', 'Anulowane', '9', '9999']], { cancelled: 1 }),
  invoice(2, '2026-01-06', [
    ['B', 'Trzewik', '1', '100'],
    ['F', 'Sandał', '1', '149'],
  ]),
];

describe('top products', () => {
  let erp: Erp;
  let door: ErpDoor;
  let sales: SalesLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', { fill: books.join('\n') });
    const branch = await erp.company('branch', {
      fill: invoice(1, '2026-01-05', [['Z', 'But', '1', '1']]),
    });
    const bare = await erp.company('bare', { without: ['invoice_line'] });
    door = erp.door([main, branch, bare]);
    sales = new SalesLoaders(door.companies, accountsInId);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  type Question = Parameters<SalesLoaders['topProducts']>[2];
  const best = async (question: Question, client = 'main:1') =>
    (await sales.topProducts(request(), client, question)).items.map(
      ({ productCode, productName, quantity, unit, net }) =>
        `${productCode ?? '-'} ${productName}: ${quantity} ${unit ?? ''} ${net.amount} ${net.currency}`,
    );

  it('are summed by product and unit, corrections too, greatest net first in each currency', async () => {
    expect(await best({})).toEqual([
      'C Klapek: 9.0000 para 3.0000 EUR',
      'A Kozak łódzki: 3.0000 para 150.0001 PLN',
      'B Trzewik: 0.5000 para 75.0000 PLN',
      '- Montaż: 1.0000 szt 30.0000 PLN',
      '- Transport: 1.0000 szt 20.0000 PLN',
      'A Kozak łódzki: 1.0000 karton 10.0000 PLN',
    ]);
  });

  it('are cut for each currency, and narrowed to days, both of them counted', async () => {
    expect(await best({ first: 1 })).toEqual([
      'C Klapek: 9.0000 para 3.0000 EUR',
      'A Kozak łódzki: 3.0000 para 150.0001 PLN',
    ]);
    expect(await best({ from: '2026-02-05', to: '2026-02-05' })).toEqual([
      'A Kozak łódzki: 1.0000 karton 10.0000 PLN',
      'B Trzewik: -0.5000 para -75.0000 PLN',
    ]);
  });

  it('of several accounts are summed before the best are taken', async () => {
    expect(await best({ first: 2 }, 'main:1,main:2')).toEqual([
      'C Klapek: 9.0000 para 3.0000 EUR',
      'B Trzewik: 1.5000 para 175.0000 PLN',
      'A Kozak łódzki: 3.0000 para 150.0001 PLN',
    ]);
  });

  it('of several companies stand beside each other, and of one when that is asked for', async () => {
    expect(await best({ first: 1 }, 'main:2,branch:1')).toEqual([
      'Z But: 1.0000 para 1.0000 PLN',
      'F Sandał: 1.0000 para 149.0000 PLN',
    ]);
    expect(await best({ company: 'branch' }, 'main:2,branch:1')).toEqual(['Z But: 1.0000 para 1.0000 PLN']);
  });

  it.each([1, 50])(
    'of %i clients cost one statement, and nobody gets what is another one’s',
    async (count) => {
      const context = request();
      const clients = Array.from({ length: count }, (_, n) => `main:${n + 2}`);

      const reports = await Promise.all(clients.map((client) => sales.topProducts(context, client, {})));

      expect(erp.statements()).toHaveLength(1);
      expect(reports.map(({ items }) => items.length)).toEqual(clients.map((_, n) => (n === 0 ? 2 : 0)));
    },
  );

  it('are not offered without lines, and refuse what cannot be meant', async () => {
    await expect(best({}, 'main:1,bare:1')).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'bare', view: 'invoice_line' },
    });
    const bad: Question[] = [
      { first: 0 },
      { first: 201 },
      { from: '2026-02-02', to: '2026-02-01' },
      { company: 'nowhere' },
    ];
    for (const question of bad)
      await expect(best(question)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('say which account cannot be one, to that client alone', async () => {
    const context = request();
    const [broken, whole] = await Promise.allSettled(
      ['main:x', 'main:1'].map((client) => sales.topProducts(context, client, {})),
    );

    expect(broken).toMatchObject({
      reason: { code: 'NOT_FOUND', details: { company: 'main', customerId: 'x' } },
    });
    expect(whole?.status).toBe('fulfilled');
  });
});
