import 'reflect-metadata';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import type { ErpDoor } from '../../src/erp/companies.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import type { OrderListFilter } from '../../src/erp/orders/order.reader.ts';
import { accountsInId, request, startErp, type Erp } from './arrange-erp.ts';

const orderRow = (customer: string, order: string, day: string, rest = "'OPEN', NULL, 'PLN', 10.5, 12.915") =>
  `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, status_text, currency, net, gross)
   VALUES (${order}, ${customer}, 'ZS/' + CAST(${order.split(',')[1]} AS varchar(20)), '${day}', ${rest});`;

describe('orders', () => {
  let erp: Erp;
  let main: CompanyConfig;
  let branch: CompanyConfig;
  let door: ErpDoor;
  let orders: OrderLoaders;

  beforeAll(async () => {
    erp = await startErp();
    const many = Array.from({ length: 60 }, (_, n) =>
      [0, 1, 2].map((k) => orderRow(String(n + 1), `0, ${n * 10 + k}`, `2026-01-0${k + 1}`)).join('\n'),
    ).join('\n');
    main = await erp.company('main', { fill: many });
    branch = await erp.company('branch', {
      keys: 'texts',
      fill: [
        orderRow("'DE-1'", "'ZS', '9'", '2026-01-02'),
        orderRow("'DE-1'", "'ZS', '10'", '2026-01-02'),
        orderRow("'DE-2'", "'ZS', '11'", '2026-01-04'),
        "INSERT INTO kartoteka.sales_order_line (order_type, order_id, line_no, product_name, quantity, net) VALUES ('ZS', '9', 1, N'Kozak łódzki', 2, 0.0001);",
      ].join('\n'),
    });
    door = erp.door([main, branch]);
    orders = new OrderLoaders(door.companies, accountsInId);
  });

  beforeEach(() => void erp.statements());

  afterAll(() => erp.close());

  const page = (client: string, filter: OrderListFilter = {}, first = 20, after: string | null = null) =>
    orders.ofClient(request(), client, { first, after, filter });

  const ids = async (client: string, filter: OrderListFilter = {}, first = 20) =>
    (await page(client, filter, first)).nodes.map(({ id }) => id);

  it('of a client come newest first, exact to the last place', async () => {
    const { nodes, sources } = await page('main:1');

    expect(
      nodes.map(({ id, number, orderedOn, net, gross, status }) => ({
        id,
        number,
        orderedOn,
        net,
        gross,
        status,
      })),
    ).toEqual(
      [2, 1, 0].map((k) => ({
        id: `order:main:0:${k}`,
        number: `ZS/${k}`,
        orderedOn: `2026-01-0${k + 1}`,
        net: { amount: '10.5000', currency: 'PLN' },
        gross: { amount: '12.9150', currency: 'PLN' },
        status: 'OPEN',
      })),
    );
    expect(sources).toMatchObject([{ company: 'main', state: 'LIVE' }]);
  });

  it.each([1, 50])('of %i clients cost one statement for each company', async (count) => {
    const context = request();
    const clients = Array.from({ length: count }, (_, n) => `main:${n + 1},branch:DE-1`);

    const pages = await Promise.all(
      clients.map((client) => orders.ofClient(context, client, { first: 2, after: null, filter: {} })),
    );

    expect(erp.statements()).toHaveLength(2);
    expect(pages.map(({ nodes }) => nodes.length)).toEqual(clients.map(() => 2));
  });

  it('and their lines cost one more for each company', async () => {
    const context = request();
    const clients = Array.from({ length: 50 }, (_, n) => `main:${n + 1},branch:DE-1`);

    const lines = await Promise.all(
      clients.map(async (client) => {
        const { nodes } = await orders.ofClient(context, client, { first: 5, after: null, filter: {} });
        return Promise.all(nodes.map((order) => orders.lines(context, order)));
      }),
    );

    expect(erp.statements()).toHaveLength(4);
    expect(lines[0]?.flat()).toMatchObject([
      {
        lineNo: 1,
        productName: 'Kozak łódzki',
        quantity: '2.0000',
        net: { amount: '0.0001', currency: 'PLN' },
      },
    ]);
  });

  it('of several companies are merged by day, company and key', async () => {
    expect(await ids('main:1,branch:DE-1,branch:DE-2')).toEqual([
      'order:branch:ZS:11',
      'order:main:0:2',
      'order:branch:ZS:9',
      'order:branch:ZS:10',
      'order:main:0:1',
      'order:main:0:0',
    ]);
  });

  it.each([1, 2, 3, 4, 5, 7])('are each given once, in order, page by page of %i', async (size) => {
    const client = 'main:1,main:2,branch:DE-1,branch:DE-2';
    const walked: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const found = await page(client, {}, size, after);
      walked.push(...found.nodes.map(({ id }) => id));
      ({ endCursor: after, hasNextPage: more } = found.pageInfo());
    }

    expect(walked).toEqual(await ids(client));
    expect(walked).toHaveLength(9);
  });

  it('are counted only when that is asked for', async () => {
    const found = await page('main:1,main:2,branch:DE-1', {}, 1);
    expect(erp.statements()).toHaveLength(2);

    expect(await found.totalCount()).toBe(8);
    expect(erp.statements()).toHaveLength(2);
  });

  it.each<[string, OrderListFilter, string[]]>([
    ['one company', { company: 'branch' }, ['order:branch:ZS:9', 'order:branch:ZS:10']],
    ['a day', { orderedOn: { eq: '2026-01-03' } }, ['order:main:0:2']],
    ['days', { orderedOn: { gte: '2026-01-02', lt: '2026-01-03' }, company: 'main' }, ['order:main:0:1']],
    ['no day', { orderedOn: { isNull: true } }, []],
    ['a number', { number: { eq: 'ZS/2' } }, ['order:main:0:2']],
    ['numbers', { number: { in: ['ZS/2', 'ZS/9', 'none'] } }, ['order:main:0:2', 'order:branch:ZS:9']],
    ['a part of a number', { number: { contains: '/1' } }, ['order:branch:ZS:10', 'order:main:0:1']],
    ['the beginning of a number', { number: { startsWith: 'S/' } }, []],
    ['a sign of patterns', { number: { contains: '%' } }, []],
    ['states', { status: ['DRAFT', 'CANCELLED'] }, []],
    ['no state at all', { status: [] }, []],
    ['a currency', { currency: 'EUR' }, []],
    [
      'the other currency',
      { currency: 'PLN', company: 'branch' },
      ['order:branch:ZS:9', 'order:branch:ZS:10'],
    ],
  ])('are narrowed to %s', async (_what, filter, expected) => {
    expect(await ids('main:1,branch:DE-1', filter)).toEqual(expected);
  });

  it('are an empty list, without a question, for a client without an account', async () => {
    const found = await page('');

    expect({ nodes: found.nodes, sources: found.sources, total: await found.totalCount() }).toEqual({
      nodes: [],
      sources: [],
      total: 0,
    });
    expect(erp.statements()).toEqual([]);
  });

  it.each([
    ['an unknown company', { filter: { company: 'nowhere' } }, 'filter.company'],
    [
      'days upside down',
      { filter: { orderedOn: { gte: '2026-02-01', lt: '2026-01-01' } } },
      'filter.orderedOn',
    ],
    ['a page of none', { first: 0 }, 'first'],
    [
      'a cursor of another list',
      { after: Buffer.from('["invoices","2026-01-01","main","[]"]').toString('base64url') },
      'after',
    ],
    [
      'a cursor whose key the company cannot have',
      { after: Buffer.from('["orders","2026-01-01","main","[\\"x\\"]"]').toString('base64url') },
      'after',
    ],
  ])('refuse %s', async (_what, question, path) => {
    await expect(
      orders.ofClient(request(), 'main:1', { first: 20, after: null, filter: {}, ...question }),
    ).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { problems: [{ path }] } });
  });

  it('tell a broken link from a customer without orders', async () => {
    const context = request();
    const question = { first: 20, after: null, filter: {} };

    const [broken, whole] = await Promise.allSettled([
      orders.ofClient(context, 'main:abc', question),
      orders.ofClient(context, 'main:999', question),
    ]);

    expect(broken).toMatchObject({
      status: 'rejected',
      reason: { code: 'NOT_FOUND', details: { company: 'main', customerId: 'abc' } },
    });
    expect(whole).toMatchObject({ status: 'fulfilled', value: { nodes: [] } });
  });

  it('are found by id, and nothing by the id of none', async () => {
    const found = await orders.byId(request(), 'order:branch:ZS:9');
    const missing = await Promise.all(
      ['order:branch:ZS:12', 'order:main:0:abc', 'order:nowhere:0:1', 'invoice:main:0:1'].map((id) =>
        orders.byId(request(), id),
      ),
    );

    expect(found).toMatchObject({ customerId: 'DE-1', number: 'ZS/9', company: { key: 'branch' } });
    expect(missing).toEqual([null, null, null, null]);
  });
});
