import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BalanceLoaders } from '../../src/erp/balances/balance.loaders.ts';
import type { ErpDoor } from '../../src/erp/companies.ts';
import { DebtorList } from '../../src/erp/debtors/debtor-list.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';
import { anyLedger, settledLedger, today, writtenLedger } from './arrange-ledger.ts';

let settlements = 0;
const owed = (customer: string, amount: string, dueOn: string | null, also = {}) => {
  const { side = 'RECEIVABLE', currency = 'PLN' }: { side?: string; currency?: string } = also;
  settlements += 1;
  return `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, issued_on, side, due_on, amount,
      remaining, currency)
    VALUES ('0', '${settlements}', 1, ${customer}, '2026-01-01', '${side}', ${dueOn === null ? 'NULL' : `'${dueOn}'`}, 100, ${amount}, '${currency}');`;
};

const money = (amount: string, currency = 'PLN') => ({ amount, currency });

/** Ledgers made once, so that what is walked is the same in each run. */
const ledgers = fc.sample(anyLedger, { seed: 20_260_301, numRuns: 25 }).map(settledLedger);

/** Twelve who owe the same, by sums made of different parts, among others who owe more or less. */
const equals = Array.from({ length: 12 }, (_, n) => [
  owed(`'E${n}'`, n % 2 === 0 ? '5' : '4.9999', '2026-02-01'),
  owed(`'E${n}'`, n % 2 === 0 ? '1' : '0.0001', n % 2 === 0 ? null : '2026-02-02'),
  ...(n % 2 === 0 ? [] : [owed(`'E${n}'`, '1', null)]),
]).flat();

describe('debtors', () => {
  let erp: Erp;
  let door: ErpDoor;
  let debtors: DebtorList;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', {
      keys: 'texts',
      fill: [
        owed("'LATE'", '0.0001', '2026-02-28'),
        owed("'LATE'", '99999999999.9999', '2026-02-28'),
        owed("'LATE'", '99999999999.9999', '2026-01-15'),
        owed("'LATE'", '7', '2026-03-01'),
        owed("'LATE'", '1000000', '2026-01-01', { side: 'PAYABLE' }),
        owed("'LATE'", '3', '2026-01-01', { currency: 'EUR' }),
        owed("'LATE'", '0', '2020-01-01'),
        owed("'DUE'", '500', '2026-03-01'),
        owed("'DUE'", '20', null),
        owed("'OPEN'", '520', null),
        owed("'PAID'", '0', '2026-01-01'),
        owed("'CREDIT'", '10', '2026-01-01', { side: 'PAYABLE' }),
        ...equals,
      ].join('\n'),
    });
    const numbers = await erp.company('numbers', {
      fill: ledgers.map((ledger, customer) => writtenLedger(ledger, customer + 1)).join('\n'),
    });
    const bare = await erp.company('bare', { without: ['settlement'] });
    // It is the first of March there already.
    door = erp.door([main, numbers, bare], { now: () => new Date(`${today}T00:00:00+01:00`) });
    debtors = new DebtorList(door.companies);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const all = async (company: string, currency = 'PLN') =>
    (await debtors.page(request(), { company, currency, first: 200 })).nodes;

  it('stand by what is overdue, then by what is owed, each summed exactly; one statement a page', async () => {
    const page = await debtors.page(request(), { company: 'main', currency: 'PLN', first: 1 });
    const rest = (await all('main')).filter(({ customerId }) => !customerId.startsWith('E'));

    expect(page.nodes).toEqual([
      {
        company: door.companies.find('main'),
        customerId: 'LATE',
        receivable: money('200000000006.9999'),
        overdue: money('199999999999.9999'),
        oldestDueOn: '2026-01-15',
      },
    ]);
    expect(page.sources).toMatchObject([{ company: 'main', state: 'LIVE' }]);
    expect(rest.slice(1)).toMatchObject([
      {
        customerId: 'DUE',
        receivable: money('520.0000'),
        overdue: money('0.0000'),
        oldestDueOn: '2026-03-01',
      },
      { customerId: 'OPEN', receivable: money('520.0000'), overdue: money('0.0000'), oldestDueOn: null },
    ]);
    expect(erp.statements()).toHaveLength(2);
  });

  it('are others in another currency, and nobody in one that nobody owes in', async () => {
    expect(await all('main', 'EUR')).toMatchObject([
      { customerId: 'LATE', receivable: money('3.0000', 'EUR') },
    ]);
    expect(await all('main', 'CHF')).toEqual([]);
  });

  it('are counted only when asked', async () => {
    const page = await debtors.page(request(), { company: 'main', currency: 'PLN', first: 2 });
    expect(erp.statements()).toHaveLength(1);

    expect(await page.totalCount()).toBe(15);
    expect(erp.statements()).toHaveLength(1);
  });

  it.each(['PLN', 'EUR'])(
    'owe in %s just what their balances say, and whoever owes is among them',
    async (currency) => {
      const balances = new BalanceLoaders(door.companies, accountsInId);
      const context = request();
      const expected = await Promise.all(
        ledgers.map(async (_, index) => {
          const { items } = await balances.ofClient(context, `numbers:${index + 1}`, null);
          const own = items.find((item) => item.currency === currency && Number(item.receivable.amount) > 0);
          return own
            ? [{ customerId: String(index + 1), receivable: own.receivable, overdue: own.overdue }]
            : [];
        }),
      );

      const found = await all('numbers', currency);
      const byKey = found
        .map(({ customerId, receivable, overdue }) => ({ customerId, receivable, overdue }))
        .toSorted((left, right) => Number(left.customerId) - Number(right.customerId));
      expect(byKey).toEqual(expected.flat());
      expect(byKey.length).toBeGreaterThan(5);
      const overdue = found.map((debtor) => BigInt(debtor.overdue.amount.replace('.', '')));
      expect(overdue).toEqual(overdue.toSorted((left, right) => (left > right ? -1 : left < right ? 1 : 0)));
    },
  );

  it.each([
    ['main', 15],
    ['numbers', 15],
  ])('of %s are walked once each and in order with any page size, equal ones too', async (company, least) => {
    const whole = (await all(company)).map(({ customerId }) => customerId);
    expect(whole.length).toBeGreaterThanOrEqual(least);
    expect(new Set(whole).size).toBe(whole.length);
    for (let first = 1; first <= whole.length + 1; first += 1) {
      const walked: string[] = [];
      erp.statements();
      for (let after: string | null = null, more = true; more;) {
        const page = await debtors.page(request(), { company, currency: 'PLN', first, after });
        walked.push(...page.nodes.map(({ customerId }) => customerId));
        expect(page.pageInfo().hasPreviousPage).toBe(after !== null);
        ({ endCursor: after, hasNextPage: more } = page.pageInfo());
      }
      expect(walked).toEqual(whole);
      expect(erp.statements()).toHaveLength(Math.ceil(whole.length / first));
    }
  });

  it('are not offered without the settlements', async () => {
    await expect(debtors.page(request(), { company: 'bare', currency: 'PLN' })).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'bare', view: 'settlement' },
    });
  });

  const written = (...parts: readonly unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  const list = 'debtors numbers PLN';
  const sum = '1.0000';

  it.each([
    ['company', 'COMPANY', { company: 'nowhere' }],
    ['currency', 'CURRENCY', { currency: 'pln' }],
    ['currency', 'CURRENCY', { currency: 'PLNX' }],
    ['currency', 'CURRENCY', { currency: "P'L" }],
    ['first', 'PAGE_SIZE', { first: 0 }],
    ['after', 'CURSOR', { after: 'x' }],
    ['after', 'CURSOR', { after: written('debtors main PLN', sum, sum, '1') }],
    ['after', 'CURSOR', { after: written('debtors numbers EUR', sum, sum, '1') }],
    ['after', 'CURSOR', { after: written('erpCustomers numbers', 'CODE', '1') }],
    ['after', 'CURSOR', { after: written(list, sum, '1') }],
    ['after', 'CURSOR', { after: written(list, sum, null, '1') }],
    ['after', 'CURSOR', { after: written(list, '1', sum, '1') }],
    ['after', 'CURSOR', { after: written(list, `${'9'.repeat(35)}.0000`, sum, '1') }],
    ['after', 'CURSOR', { after: written(list, sum, sum, 'abc') }],
  ])('are refused for a wrong %s, %s: %j', async (path, code, question) => {
    await expect(
      debtors.page(request(), { company: 'numbers', currency: 'PLN', ...question }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', problems: [{ path, code }] });
  });
});
