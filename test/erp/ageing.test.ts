import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AgeingLoaders } from '../../src/erp/ageing/ageing.loaders.ts';
import { BalanceLoaders } from '../../src/erp/balances/balance.loaders.ts';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { daysBefore } from '../../src/erp/days.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';
import { anyLedger, ageingIn, settledLedger, writtenLedger, today } from './arrange-ledger.ts';

const money = (amount: string, currency = 'PLN') => ({ amount, currency });
const amounts = [
  'notDue',
  'days1to30',
  'days31to60',
  'days61to90',
  'over90',
  'total',
  'credits',
  'unallocated',
] as const;

const settlement = (id: number, customer: number, values: string) =>
  `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, issued_on, due_on, amount,
     remaining, currency) VALUES (1, ${id}, 1, ${customer}, ${values});`;
const payment = (id: number, customer: number, values: string) =>
  `INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency)
   VALUES (5, ${id}, ${customer}, ${values});`;
const match = (settled: number, no: number, by: number, values: string) =>
  `INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type,
     payment_id, amount, payment_amount, matched_on) VALUES (1, ${settled}, 1, ${no}, 1, 5, ${by}, ${values});`;

/** Due on the last and first day of each age at the first of March. */
const byAge = [0, 1, 30, 31, 60, 61, 90, 91].map((age, index) =>
  settlement(
    10 + index,
    1,
    `'RECEIVABLE', '2025-11-01', '${daysBefore(today, age)}', 99999999999, ${10 ** index}.0001, 'PLN'`,
  ),
);

describe('ageing', () => {
  let erp: Erp;
  let door: ErpDoor;
  let ageing: AgeingLoaders;
  let balances: BalanceLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', {
      fill: [
        ...byAge,
        settlement(30, 1, "'PAYABLE', '2026-01-01', '2026-01-01', 9, 7, 'PLN'"),
        payment(1, 1, "'2026-01-01', 10, 2.5, 'PLN'"),
        settlement(40, 2, "'RECEIVABLE', '2026-01-10', '2026-01-20', 100, 0, 'EUR'"),
        payment(2, 2, "'2026-02-01', 430, 0, 'PLN'"),
        match(40, 1, 2, "100, 430, '2026-02-10'"),
        settlement(41, 2, "'PAYABLE', '2026-01-10', NULL, 20, 0, 'EUR'"),
        payment(3, 2, "'2026-02-01', -20, 0, 'EUR'"),
        match(41, 1, 3, "20, NULL, '2026-02-10'"),
        settlement(42, 7, "'PAYABLE', '2026-01-10', NULL, 20, 0, 'EUR'"),
        payment(7, 7, "'2026-02-01', -20, 0, 'EUR'"),
        match(42, 1, 7, "20, -20, '2026-02-10'"),
        settlement(50, 3, "'RECEIVABLE', '2026-01-10', NULL, 5, 5, 'PLN'"),
        settlement(51, 4, "'RECEIVABLE', '2026-01-10', NULL, 5, 2, 'PLN'"),
        payment(4, 4, "'2026-01-20', 3, 0, 'PLN'"),
        match(51, 1, 4, '3, NULL, NULL'),
        settlement(60, 5, "'RECEIVABLE', '2027-01-01', '2027-01-15', 5, 5, 'PLN'"),
      ].join('\n'),
    });
    const bare = await erp.company('bare', {
      fill: settlement(1, 1, "'RECEIVABLE', '2026-01-10', NULL, 5, 5, 'PLN'"),
      without: ['settlement_match'],
    });
    const half = await erp.company('half', { without: ['payment'] });
    const ledgers = await erp.company('ledgers');
    door = erp.door([main, bare, half, ledgers], { now: () => new Date('2026-02-28T23:30:00Z') });
    ageing = new AgeingLoaders(door.companies, accountsInId);
    balances = new BalanceLoaders(door.companies, accountsInId);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const items = async (client: string, asOf?: string) =>
    (await ageing.ofClient(request(), client, { asOf })).items.map(({ company, currency, ...rest }) => ({
      company: company.key,
      currency,
      ...Object.fromEntries(Object.entries(rest).map(([name, { amount }]) => [name, amount])),
    }));

  it('puts what is open to the age of its due day, exact to the last place', async () => {
    expect(await items('main:1')).toEqual([
      {
        company: 'main',
        currency: 'PLN',
        notDue: '1.0001',
        days1to30: '110.0002',
        days31to60: '11000.0002',
        days61to90: '1100000.0002',
        over90: '10000000.0001',
        total: '11111111.0008',
        credits: '7.0000',
        unallocated: '2.5000',
      },
    ]);
  });

  it('tells its day, today when none is asked for', async () => {
    const report = await ageing.ofClient(request(), 'main:1', {});

    expect(report).toMatchObject({ asOf: today, sources: [{ company: 'main', state: 'LIVE' }] });
    expect((await ageing.ofClient(request(), '', { asOf: '2026-02-03' })).items).toEqual([]);
  });

  it('turns payments back in their own currency, and those paid back below zero', async () => {
    expect(await items('main:2')).toEqual([]);
    expect(await items('main:2', '2026-02-05')).toMatchObject([
      {
        currency: 'EUR',
        total: '100.0000',
        days1to30: '100.0000',
        credits: '20.0000',
        unallocated: '-20.0000',
      },
      { currency: 'PLN', total: '0.0000', unallocated: '430.0000' },
    ]);
    expect(await items('main:2', '2026-01-15')).toMatchObject([
      { currency: 'EUR', notDue: '100.0000', unallocated: '0.0000' },
    ]);
    expect(await items('main:2', '2026-01-09')).toEqual([]);
  });

  it('turns what was paid back the right way, also where its matches say so with a sign of their own', async () => {
    expect(await items('main:7', '2026-02-05')).toMatchObject([
      { currency: 'EUR', credits: '20.0000', unallocated: '-20.0000' },
    ]);
  });

  it('holds what is not due without a due day, and of the future what is open now', async () => {
    expect(await items('main:3', '2026-01-10')).toMatchObject([{ notDue: '5.0000' }]);
    expect(await items('main:5')).toMatchObject([{ notDue: '5.0000' }]);
    expect(await items('main:5', '2027-01-16')).toMatchObject([{ days1to30: '5.0000' }]);
  });

  it('adds up several accounts of one company', async () => {
    expect(await items('main:1,main:3')).toMatchObject([{ notDue: '6.0001', total: '11111116.0008' }]);
  });

  it.each([
    [1, undefined],
    [50, undefined],
    [1, '2026-01-31'],
    [50, '2026-01-31'],
  ])('of %i clients costs one statement, asked as of %s', async (count, asOf) => {
    const context = request();

    await Promise.all(
      Array.from({ length: count }, (_, n) => ageing.ofClient(context, `main:${100 + n}`, { asOf })),
    );

    expect(erp.statements()).toHaveLength(1);
  });

  it('is not offered on a past day for whom a match has no day, and today it is', async () => {
    const context = request();
    const [undated, dated] = await Promise.allSettled(
      ['main:4', 'main:3'].map((client) => ageing.ofClient(context, client, { asOf: '2026-02-01' })),
    );

    expect(undated).toMatchObject({
      reason: { code: 'NOT_OFFERED', details: { view: 'settlement_match', column: 'matched_on' } },
    });
    expect(dated?.status).toBe('fulfilled');
    expect(await items('main:4')).toMatchObject([{ total: '2.0000' }]);
  });

  it('is not offered on a past day without matches, nor on any without payments', async () => {
    const refused = (view: string, company: string) => ({ code: 'NOT_OFFERED', details: { company, view } });

    expect(await items('bare:1')).toMatchObject([{ total: '5.0000' }]);
    await expect(items('bare:1', '2026-02-01')).rejects.toMatchObject(refused('settlement_match', 'bare'));
    await expect(items('main:1,half:1')).rejects.toMatchObject(refused('payment', 'half'));
    expect(
      (await ageing.ofClient(request(), 'main:1,half:1', { company: 'main' })).items.map(
        ({ total }) => total,
      ),
    ).toEqual([money('11111111.0008')]);
    await expect(ageing.ofClient(request(), 'main:1', { company: 'nowhere' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('of today is what the balances say, and of a past day what a plain look at the ledger says', async () => {
    let customer = 0;
    await fc.assert(
      fc.asyncProperty(
        anyLedger,
        fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 3, maxLength: 3 }),
        async (draft, back) => {
          customer += 1;
          const ledger = settledLedger(draft);
          await erp.fill('ledgers', writtenLedger(ledger, customer));
          const client = `ledgers:${customer}`;

          const now = await ageing.ofClient(request(), client, {});
          const open = await balances.ofClient(request(), client, null);
          expect(
            now.items.map(({ currency, total, credits, unallocated }) => ({
              currency,
              total,
              credits,
              unallocated,
            })),
          ).toEqual(
            open.items.map(({ currency, receivable, payable, unallocated }) => ({
              currency,
              total: receivable,
              credits: payable,
              unallocated,
            })),
          );
          for (const day of back.map((days) => daysBefore(today, days))) {
            const then = await ageing.ofClient(request(), client, { asOf: day });
            const told = then.items.map((item) => [
              item.currency,
              ...amounts.map((name) => item[name].amount),
            ]);
            expect(told).toEqual(ageingIn(ledger, day));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});
