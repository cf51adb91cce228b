import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ErpDoor } from '../../src/erp/guard/erp-door.ts';
import { CustomerSearch } from '../../src/erp/customers/customer-search.ts';
import { request, startErp, type Erp } from './arrange-erp.ts';

const customer = (id: number, code: string, name: string, taxId: string | null, city: string) =>
  `INSERT INTO kartoteka.customer (customer_id, code, name, tax_id, city, blocked)
   VALUES (${id}, N'${code}', N'${name}', ${taxId === null ? 'NULL' : `'${taxId}'`}, N'${city}', 0);`;

describe('customers of an ERP', () => {
  let erp: Erp;
  let door: ErpDoor;
  let customers: CustomerSearch;

  beforeAll(async () => {
    erp = await startErp();
    const main = await erp.company('main', {
      fill: [
        customer(1, 'BUTY', 'Buty i kozaki sp. z o.o.', '526-104-08-28', 'Łódź'),
        customer(2, 'ABC', '100% skóry_[x]', 'PL7740001454', 'Kraków'),
        customer(3, 'buty', 'Drugie buty', null, 'Kraków'),
        customer(4, 'ŻABA', 'Żaba', null, 'Łódź'),
        ...Array.from({ length: 30 }, (_, n) => customer(100 + n, `SAME${n % 3}`, 'Wielu', null, 'Radom')),
      ].join('\n'),
    });
    const bare = await erp.company('bare', { without: ['customer'] });
    door = erp.door([main, bare]);
    customers = new CustomerSearch(door.companies);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const found = async (search: string, first = 200) =>
    (await customers.page(request(), { company: 'main', search, first })).nodes.map(
      ({ customerId }) => customerId,
    );

  it.each([
    ['buty', ['1', '3']],
    ['KOZAKI', ['1']],
    ['buty kraków', ['3']],
    ['łódź', ['1', '4']],
    ['5261040828', ['1']],
    ['526-104-08-28', ['1']],
    ['774-000-14-54', ['2']],
    ['0%', ['2']],
    ['_[x]', ['2']],
    ['nobody', []],
  ])('are found by %s', async (search, expected) => {
    expect(await found(search)).toEqual(expected);
    expect(await (await customers.page(request(), { company: 'main', search })).totalCount()).toBe(
      expected.length,
    );
  });

  it('stand in the order of their symbols, then keys, and cost one statement a page', async () => {
    const page = await customers.page(request(), { company: 'main', first: 3 });

    expect(page.nodes.map(({ code }) => code)).toEqual(['ABC', 'BUTY', 'buty']);
    expect(page.sources).toMatchObject([{ company: 'main', state: 'LIVE' }]);
    expect(erp.statements()).toHaveLength(1);
  });

  it('are walked once each and in order with any page size', async () => {
    const whole = await found('');
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 40 }), async (first) => {
        const walked: string[] = [];
        for (let after: string | null = null, more = true; more;) {
          const page = await customers.page(request(), { company: 'main', first, after });
          walked.push(...page.nodes.map(({ customerId }) => customerId));
          ({ endCursor: after, hasNextPage: more } = page.pageInfo());
        }
        expect(walked).toEqual(whole);
      }),
      { numRuns: 10 },
    );
    expect(whole).toHaveLength(34);
  });

  it('are not offered without their view', async () => {
    await expect(customers.page(request(), { company: 'bare' })).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'bare', view: 'customer' },
    });
  });

  it.each([
    [{ company: 'nowhere' }],
    [{ company: 'main', first: 0 }],
    [{ company: 'main', after: 'x' }],
    [{ company: 'main', search: 'x'.repeat(101) }],
  ])('are refused for %j', async (question) => {
    await expect(customers.page(request(), question)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
