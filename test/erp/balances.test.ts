import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BalanceLoaders } from '../../src/erp/balances/balance.loaders.ts';
import { CustomerLoaders } from '../../src/erp/customers/customer.loaders.ts';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

const customerRow = (id: string, limit: string | null, currency = 'PLN') =>
  `INSERT INTO kartoteka.customer (customer_id, code, name, credit_limit, credit_currency, blocked)
   VALUES (${id}, N'K', N'Żółw i Śruba', ${limit ?? 'NULL'}, '${currency}', 0);`;

const settlementRow = (id: number, customer: string, rest: string) =>
  `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, issued_on, side, due_on, amount, remaining, currency)
   VALUES ('0', '${id}', 1, ${customer}, '2026-01-01', ${rest});`;

const paymentRow = (id: number, customer: string, unallocated: string, currency = 'PLN') =>
  `INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency)
   VALUES ('0', '${id}', ${customer}, '2026-01-01', 100, ${unallocated}, '${currency}');`;

const money = (amount: string, currency = 'PLN') => ({ amount, currency });

describe('balances', () => {
  let erp: Erp;
  let door: ErpDoor;
  let balances: BalanceLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const hundred = Array.from({ length: 100 }, (_, n) => `(${n})`).join(', ');
    const pennies = `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, issued_on,
        side, amount, remaining, currency)
      SELECT '0', CAST(100 + a.n * 100 + b.n AS varchar(20)), 1, '3', '2026-01-01', 'RECEIVABLE', 0.0001, 0.0001, 'PLN'
      FROM (VALUES ${hundred}) AS a (n) CROSS JOIN (VALUES ${hundred}) AS b (n);`;
    const main = await erp.company('main', {
      keys: 'texts',
      fill: [
        customerRow("'1'", '1000'),
        customerRow("'2'", '500.5'),
        customerRow("'4'", null),
        settlementRow(1, "'1'", "'RECEIVABLE', '2026-02-28', 100, 99999999999.9999, 'PLN'"),
        settlementRow(2, "'1'", "'RECEIVABLE', '2026-03-01', 100, 0.0001, 'PLN'"),
        settlementRow(3, "'1'", "'RECEIVABLE', NULL, 100, 1, 'EUR'"),
        settlementRow(4, "'1'", "'PAYABLE', '2026-01-01', 100, 7, 'PLN'"),
        settlementRow(5, "'1'", "'RECEIVABLE', '2026-01-01', 100, 0, 'USD'"),
        settlementRow(6, "'2'", "'RECEIVABLE', '2026-01-01', 100, 20, 'PLN'"),
        paymentRow(1, "'1'", '2.5'),
        paymentRow(2, "'2'", '-1'),
        pennies,
      ].join('\n'),
    });
    const half = await erp.company('half', { without: ['payment'] });
    door = erp.door([main, half], { now: () => new Date('2026-02-28T23:30:00Z') });
    balances = new BalanceLoaders(door.companies, accountsInId);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const items = async (client: string) =>
    (await balances.ofClient(request(), client, null)).items.map(({ company, ...rest }) => ({
      company: company.key,
      ...rest,
    }));

  it('tell what is open by currency, overdue by the day in the company, exact to the last place', async () => {
    expect(await items('main:1')).toEqual([
      {
        company: 'main',
        currency: 'EUR',
        receivable: money('1.0000', 'EUR'),
        overdue: money('0.0000', 'EUR'),
        payable: money('0.0000', 'EUR'),
        unallocated: money('0.0000', 'EUR'),
        creditLimit: null,
        creditLeft: null,
      },
      {
        company: 'main',
        currency: 'PLN',
        receivable: money('100000000000.0000'),
        overdue: money('99999999999.9999'),
        payable: money('7.0000'),
        unallocated: money('2.5000'),
        creditLimit: money('1000.0000'),
        creditLeft: money('-99999999000.0000'),
      },
    ]);
  });

  it('sum ten thousand items of 0.0001 to 1.0000', async () => {
    expect(await items('main:3')).toMatchObject([{ receivable: money('1.0000') }]);
  });

  it('of several accounts in one company are one, with a limit only where each keeps one', async () => {
    const [two] = (await items('main:1,main:2')).filter(({ currency }) => currency === 'PLN');
    const [three] = (await items('main:2,main:4')).filter(({ currency }) => currency === 'PLN');

    expect(two).toMatchObject({
      receivable: money('100000000020.0000'),
      unallocated: money('1.5000'),
      creditLimit: money('1500.5000'),
    });
    expect(three).toMatchObject({ receivable: money('20.0000'), creditLimit: null });
  });

  it('of fifty clients cost one statement', async () => {
    const context = request();

    await Promise.all(Array.from({ length: 50 }, (_, n) => balances.ofClient(context, `main:${n}`, null)));

    expect(erp.statements()).toHaveLength(1);
  });

  it('are empty where nothing is open', async () => {
    expect(await items('main:nobody')).toEqual([]);
  });

  it('are not offered without the payments nobody matched', async () => {
    await expect(balances.ofClient(request(), 'half:1', null)).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'half', view: 'payment' },
    });
  });

  it('fail as a whole with the company that does not answer, and are there for the other one', async () => {
    await expect(balances.ofClient(request(), 'half:1,main:2', null)).rejects.toMatchObject({
      company: 'half',
    });
    const { items: there, sources } = await balances.ofClient(request(), 'half:1,main:2', 'main');

    expect(there).toHaveLength(1);
    expect(sources).toMatchObject([{ company: 'main', state: 'LIVE' }]);
  });

  it('refuse an unknown company', () => {
    expect(() => balances.ofClient(request(), 'main:1', 'nowhere')).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    );
  });

  it('stand beside customers, found by company and id', async () => {
    const customers = new CustomerLoaders(door.companies);
    const context = request();

    const found = await Promise.all(['1', '2', 'nobody'].map((id) => customers.byId(context, 'main', id)));

    expect(found).toMatchObject([
      { name: 'Żółw i Śruba', creditLimit: money('1000.0000') },
      { customerId: '2' },
      null,
    ]);
    expect(erp.statements()).toHaveLength(1);
  });
});
