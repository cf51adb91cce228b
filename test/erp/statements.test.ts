import { describe, expect, it } from '@jest/globals';
import { customerDeclaration } from '../../src/erp/customers/customer.reader.ts';
import { rowsOfGroups } from '../../src/erp/customer-list.ts';
import { orderDeclaration, orderLineDeclaration, orderList } from '../../src/erp/orders/order.reader.ts';
import { readRelated } from '../../src/erp/related-read.ts';
import { int, recordingCompany, varchar, viewsWithKeys } from './arrange-company.ts';

const { signal } = new AbortController();

const customers = (count: number) => Array.from({ length: count }, (_, number) => [String(number + 1)]);

const firstPage = { filter: {}, after: undefined, limit: 21 };

describe('a statement for the orders of customers', () => {
  it('cuts the rows per customer, compares the bare key column and lets amounts and days leave as text', async () => {
    const company = recordingCompany(viewsWithKeys(int));

    await rowsOfGroups(orderList, company, { ...firstPage, groups: customers(1) }, signal);

    expect(company.statements.map(({ text }) => text)).toEqual([
      'SELECT k.ordinal, x.[customer_id] AS [customer_id], x.[number] AS [number], CONVERT(char(10), x.[ordered_on], 23) AS [ordered_on], ' +
        'CONVERT(char(10), x.[requested_on], 23) AS [requested_on], x.[status] AS [status], x.[status_text] AS [status_text], x.[currency] AS [currency], ' +
        'CONVERT(varchar(40), CAST(x.[net] AS decimal(19, 4))) AS [net], ' +
        'CONVERT(varchar(40), CAST(x.[gross] AS decimal(19, 4))) AS [gross], x.[order_type] AS [order_type], x.[order_id] AS [order_id]\n' +
        'FROM (VALUES (0, @p0)) AS k (ordinal, k0)\n' +
        'CROSS APPLY (SELECT TOP (@p1) v.[customer_id], v.[number], v.[ordered_on], v.[requested_on], v.[status], ' +
        'v.[status_text], v.[currency], v.[net], v.[gross], v.[order_type], v.[order_id] ' +
        'FROM [kartoteka].[sales_order] AS v WHERE v.[customer_id] = k.k0 ' +
        'ORDER BY v.[ordered_on] DESC, v.[order_type] DESC, v.[order_id] DESC) AS x ' +
        'ORDER BY x.[ordered_on] DESC, x.[order_type] DESC, x.[order_id] DESC',
    ]);
  });

  it('declares keys in the type that the server told', async () => {
    const numbers = recordingCompany(viewsWithKeys(int));
    const texts = recordingCompany(viewsWithKeys(varchar(20)));

    await rowsOfGroups(orderList, numbers, { ...firstPage, groups: [['17']] }, signal);
    await rowsOfGroups(orderList, texts, { ...firstPage, groups: [['17']] }, signal);

    expect(numbers.statements[0]?.parameters[0]).toEqual({ name: 'p0', type: { name: 'int' }, value: 17 });
    expect(texts.statements[0]?.parameters[0]).toEqual({
      name: 'p0',
      type: { name: 'varchar', length: 20 },
      value: '17',
    });
  });

  it('is the same text for any number of customers up to each padded length, and pads with NULL', async () => {
    const company = recordingCompany(viewsWithKeys(int));

    for (const count of [2, 5, 8]) {
      await rowsOfGroups(orderList, company, { ...firstPage, groups: customers(count) }, signal);
    }

    expect(new Set(company.statements.map(({ text }) => text)).size).toBe(1);
    const keys = company.statements[0]?.parameters.slice(0, 8).map(({ value }) => value);
    expect(keys).toEqual([1, 2, null, null, null, null, null, null]);
  });

  it.each([
    [1, 1],
    [50, 1],
    [512, 1],
    [513, 2],
    [1200, 3],
  ])(
    'asks for the orders of %i customers with %i statements, each within the parameters a server takes',
    async (count, expected) => {
      const company = recordingCompany(viewsWithKeys(int));

      await rowsOfGroups(orderList, company, { ...firstPage, groups: customers(count) }, signal);

      expect(company.statements).toHaveLength(expected);
      expect(Math.max(...company.statements.map(({ parameters }) => parameters.length))).toBeLessThan(2_098);
    },
  );

  it('keeps the accounts of one client in one statement, whose order over them only the server knows', async () => {
    const company = recordingCompany(viewsWithKeys(int));
    const groups = [customers(500).flat(), ['1001', '1002', '1003'].concat(customers(20).flat())];

    await rowsOfGroups(orderList, company, { ...firstPage, groups }, signal);

    const keys = company.statements.map(({ parameters }) => parameters.filter(({ value }) => value !== null));
    expect(keys.map(({ length }) => length)).toEqual([501, 24]);
  });

  it('goes on after a cursor of its own company column by column, and by day alone after one of another', async () => {
    const company = recordingCompany(viewsWithKeys(int));
    const conditionAfter = async (from: string) => {
      const after = { day: '2026-02-01', company: from, key: ['0', '12'] };
      await rowsOfGroups(orderList, company, { ...firstPage, after, groups: customers(1) }, signal);
      return /k\.k0 AND (.*) ORDER BY v/.exec(company.statements.at(-1)?.text ?? '')?.[1];
    };

    expect(await conditionAfter('main')).toBe(
      'v.[ordered_on] <= @p2 AND (v.[ordered_on] < @p2 OR (v.[order_type] < @p3) OR ' +
        '(v.[order_type] = @p3 AND v.[order_id] < @p4))',
    );
    expect(await conditionAfter('zzz')).toBe('v.[ordered_on] < @p2');
    expect(await conditionAfter('aaa')).toBe('v.[ordered_on] <= @p2');
  });

  it('never holds a value in its text', async () => {
    const company = recordingCompany(viewsWithKeys(varchar(20)));
    const hostile = "x'; DROP TABLE a; --";
    const filter = {
      number: { eq: hostile, contains: hostile, startsWith: hostile, in: [hostile] },
      currency: 'X"]',
      orderedOn: { gte: '2026-01-01', lt: '2026-12-31', eq: '2026-05-05' },
    };

    await rowsOfGroups(orderList, company, { ...firstPage, filter, groups: [[hostile]] }, signal);

    expect(company.statements[0]?.text).not.toMatch(/DROP|X"|2026/);
  });

  it('finds nothing for a text longer than its column, instead of what the cut text equals', async () => {
    const company = recordingCompany(viewsWithKeys(int));

    await rowsOfGroups(
      orderList,
      company,
      { ...firstPage, filter: { currency: 'PLNX' }, groups: customers(1) },
      signal,
    );

    expect(company.statements[0]?.text).toContain('AND 1 = 0');
  });

  it('takes the signs of patterns for themselves', async () => {
    const company = recordingCompany(viewsWithKeys(int));

    await rowsOfGroups(
      orderList,
      company,
      { ...firstPage, filter: { number: { contains: String.raw`10%_[a]\b` } }, groups: customers(1) },
      signal,
    );

    expect(company.statements[0]?.parameters.at(-1)?.value).toBe(String.raw`%10\%\_\[a]\\b%`);
  });
});

describe('keys of two columns', () => {
  it('go in chunks of 512 where two thousand parameters allow it', async () => {
    const company = recordingCompany(viewsWithKeys(int));
    const keys = Array.from({ length: 600 }, (_, number) => [['0', String(number)]]);

    await readRelated(
      company,
      orderLineDeclaration,
      { by: orderDeclaration.key, groups: keys, order: [] },
      signal,
    );

    expect(company.statements.map(({ parameters }) => parameters.length)).toEqual([1024, 256]);
  });

  it('that the type cannot hold are told apart and not sent', async () => {
    const company = recordingCompany(viewsWithKeys(int));
    const keys = [['0', '1'], ['0', 'abc'], ['0', '007'], ['0', '99999999999'], ['0']].map((key) => [key]);

    const answer = await readRelated(
      company,
      orderLineDeclaration,
      { by: orderDeclaration.key, groups: keys, order: [] },
      signal,
    );

    expect([...answer.foreign]).toEqual([1, 2, 3, 4]);
    expect(company.statements[0]?.parameters.map(({ value }) => value)).toEqual([0, 1]);
  });
});

describe('what the server does not have', () => {
  it('is NOT_OFFERED for a view that is not there', async () => {
    const company = recordingCompany(viewsWithKeys(int));
    const question = { by: ['customer_id'], groups: [[['1']]], order: [] };

    await expect(readRelated(company, customerDeclaration, question, signal)).rejects.toMatchObject({
      code: 'NOT_OFFERED',
      details: { company: 'main', view: 'customer' },
    });
    expect(company.statements).toEqual([]);
  });

  it('is ERP_CONTRACT for a missing column, by name', async () => {
    const { gross: _gone, ...rest } = viewsWithKeys(int)['sales_order'] ?? {};
    const company = recordingCompany({ sales_order: rest });

    await expect(
      rowsOfGroups(orderList, company, { ...firstPage, groups: customers(1) }, signal),
    ).rejects.toMatchObject({
      code: 'ERP_CONTRACT',
      details: { company: 'main', view: 'sales_order', column: 'gross' },
    });
  });

  it('is ERP_CONTRACT for a NULL where the contract has none, for that client alone', async () => {
    const order = (ordinal: number, number: string | null) => ({
      ordinal,
      number,
      order_type: 0,
      order_id: ordinal,
      customer_id: ordinal,
      ordered_on: '2026-01-05',
      requested_on: null,
      status: 'OPEN',
      status_text: null,
      currency: 'PLN',
      net: '1.0000',
      gross: null,
    });
    const company = recordingCompany(viewsWithKeys(int), () => [order(0, 'ZS/1'), order(1, null)]);

    const { groups } = await rowsOfGroups(orderList, company, { ...firstPage, groups: customers(2) }, signal);

    expect(groups[0]).toMatchObject([
      { id: 'order:main:0:0', number: 'ZS/1', net: { amount: '1.0000', currency: 'PLN' }, gross: null },
    ]);
    expect(groups[1]).toMatchObject({
      code: 'ERP_CONTRACT',
      details: { view: 'sales_order', column: 'number' },
    });
  });
});
