import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CompanyConfig } from '../../src/config.ts';
import { notedFreshness } from '../../src/erp/freshness.ts';
import type { DoorSettings } from '../../src/erp/guard/erp-door.ts';
import { noMeter } from '../../src/erp/guard/meter.ts';
import { InvoiceLoaders } from '../../src/erp/invoices/invoice.loaders.ts';
import { OrderLoaders } from '../../src/erp/orders/order.loaders.ts';
import { until } from '../arrange/embedded-service.ts';
import { accountsInId, keyKinds, request, startErp, type Erp, type KeyKind } from './arrange-erp.ts';

/** A key's number as T-SQL of each type. */
const literals: Readonly<Record<KeyKind, (n: number) => string>> = {
  numbers: String,
  decimals: (n) => `${n}.50`,
  guids: (n) => `'${n.toString(16).padStart(8, '0')}-0000-4000-8000-00000000000a'`,
  texts: (n) => `'ż/${n}'`,
  padded: (n) => `N'${n}'`,
};

interface Row {
  readonly n: number;
  readonly customer: number;
  readonly own?: string;
  readonly left?: readonly string[];
  readonly day?: string;
}

const rowOf =
  (literal: (n: number) => string) =>
  ({ n, customer, own, left = [], day = '2026-01-10' }: Row): string =>
    [
      `INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, currency, net, vat, gross, remaining,
         counts_in_sales, cancelled)
       VALUES (${literal(1)}, ${literal(n)}, ${literal(customer)}, 'INVOICE', 'FS/${n}', '${day}', 'PLN', 100, 0, 100, ${own ?? 'NULL'}, 1, 0);`,
      ...left.map(
        (remaining, line) =>
          `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, invoice_type, invoice_id,
             issued_on, amount, remaining, currency)
           VALUES (${literal(1)}, ${literal(n)}, ${line}, ${literal(customer)}, 'RECEIVABLE', ${literal(1)}, ${literal(n)}, '${day}', 100, ${remaining}, 'PLN');`,
      ),
    ].join('\n');

const byNumber = rowOf(literals.numbers);
const ofSettlements = /\[settlement\]/;

describe('what remains of the invoices of a page', () => {
  let erp: Erp;

  beforeAll(async () => {
    erp = await startErp();
  });
  beforeEach(() => void erp.statements());
  afterEach(() => erp.server.behave());
  afterAll(() => erp.close());

  const loadersOf = (company: CompanyConfig, options: Partial<DoorSettings> = {}) => {
    const { companies } = erp.door([company], options);
    return new InvoiceLoaders(companies, accountsInId, new OrderLoaders(companies, accountsInId));
  };

  /** What remains by number, as a caller asks who wants to know. */
  async function remaining(
    loaders: InvoiceLoaders,
    client: string,
    { first = 50, context = request() }: { first?: number; context?: ReturnType<typeof request> } = {},
  ): Promise<Record<string, string>> {
    const question = { first, after: null, filter: {} };
    const { nodes } = await loaders.ofClient(context, client, question, { debts: true, counted: false });
    const debts = await Promise.all(
      nodes.map(
        async (invoice) => [invoice.number, (await loaders.debt(context, invoice)).remaining] as const,
      ),
    );
    return Object.fromEntries(debts);
  }

  it.each(keyKinds)('is told by one statement beside the list, over keys that are %s', async (keys) => {
    const key = `keys_${keys}`;
    const rows: Row[] = [
      { n: 1, customer: 7, left: ['30.0001', '60'] },
      { n: 2, customer: 7 },
      { n: 3, customer: 7, left: ['0'] },
      { n: 4, customer: 8, left: ['5'] },
    ];
    const company = await erp.company(key, { keys, fill: rows.map(rowOf(literals[keys])).join('\n') });
    const loaders = loadersOf(company);
    const id = (n: number) => literals[keys](n).replaceAll(/^N?'|'$/g, '');
    const client = `${key}:${id(7)},${key}:${id(8)}`;
    const expected = { 'FS/1': '90.0001', 'FS/2': '0.0000', 'FS/3': '0.0000', 'FS/4': '5.0000' };
    expect(await remaining(loaders, client)).toEqual(expected);
    erp.statements();

    expect(await remaining(loaders, client)).toEqual(expected);

    const statements = erp.statements();
    expect(statements).toHaveLength(2);
    expect(statements.filter((text) => text.includes('OUTER APPLY'))).toHaveLength(1);
  });

  it('is told of many clients by one statement', async () => {
    const clients = Array.from({ length: 40 }, (_, n) => n + 1);
    const fill = clients.map((n) => byNumber({ n, customer: n, left: [`${n}`] })).join('\n');
    const loaders = loadersOf(await erp.company('many', { fill }));
    await remaining(loaders, 'many:1');
    erp.statements();

    const context = request();
    const told = await Promise.all(clients.map((n) => remaining(loaders, `many:${n}`, { context })));

    expect(told).toEqual(clients.map((n) => ({ [`FS/${n}`]: `${n}.0000` })));
    expect(erp.statements()).toHaveLength(2);
  });

  it('is asked for by key where the invoice came after the page of debts was read', async () => {
    const answered: string[] = [];
    const company = await erp.company('written', { fill: byNumber({ n: 1, customer: 7, left: ['10'] }) });
    const meter = { ...noMeter, statement: ({ shape }: { shape: string }) => void answered.push(shape) };
    const loaders = loadersOf(company, { meter });
    await remaining(loaders, 'written:7');
    const { promise, resolve } = Promise.withResolvers<undefined>();
    erp.server.misbehave({ kind: 'hold', until: promise, text: /\[number\]/ });
    erp.statements();

    const asked = remaining(loaders, 'written:7');
    await until(() => answered.includes('settlement summed by page of invoices'));
    await erp.fill('written', byNumber({ n: 2, customer: 7, left: ['20'], day: '2026-01-11' }));
    resolve(undefined);

    expect(await asked).toEqual({ 'FS/1': '10.0000', 'FS/2': '20.0000' });
    expect(erp.statements()).toHaveLength(3);
  });

  it('costs nothing where invoices know it themselves, some or all', async () => {
    const rows: Row[] = [
      { n: 1, customer: 7, own: '1' },
      { n: 2, customer: 7, own: '2' },
      { n: 3, customer: 8, own: '3' },
      { n: 4, customer: 8, left: ['4'] },
    ];
    const loaders = loadersOf(await erp.company('mixed', { fill: rows.map(byNumber).join('\n') }));
    for (const client of ['mixed:7', 'mixed:8']) await remaining(loaders, client);
    erp.statements();

    await remaining(loaders, 'mixed:7');
    expect(erp.statements()).toHaveLength(1);
    // As ever: one by key for what the invoice does not know.
    await remaining(loaders, 'mixed:8');
    expect(erp.statements()).toHaveLength(2);
  });

  it('is not offered, and not asked for, where there are no settlements', async () => {
    const loaders = loadersOf(
      await erp.company('bare', { fill: byNumber({ n: 1, customer: 7 }), without: ['settlement'] }),
    );
    for (const time of [1, 2]) {
      erp.statements();
      await expect(remaining(loaders, 'bare:7')).rejects.toMatchObject({ code: 'NOT_OFFERED' });
      expect([time, erp.statements().length]).toEqual([time, 1]);
    }
  });

  it('fails alone, and is not asked for again by key, while settlements cannot be read', async () => {
    const loaders = loadersOf(
      await erp.company('locked', { fill: byNumber({ n: 1, customer: 7, left: ['10'] }) }),
    );
    await remaining(loaders, 'locked:7');
    erp.statements();
    erp.server.misbehave({ kind: 'error', number: 1222, text: ofSettlements });

    const context = request();
    const question = { first: 5, after: null, filter: {} };
    const { nodes } = await loaders.ofClient(context, 'locked:7', question, { debts: true, counted: false });
    const [invoice] = nodes;

    expect(nodes).toHaveLength(1);
    await expect(invoice && loaders.debt(context, invoice)).rejects.toMatchObject({ code: 'ERP_TIMEOUT' });
    expect(erp.statements().filter((text) => ofSettlements.test(text))).toHaveLength(1);
  });

  it('is kept as every answer is, and says so', async () => {
    const company = await erp.company('kept', { fill: byNumber({ n: 1, customer: 7, left: ['10'] }) });
    const loaders = loadersOf(company, { cacheMs: 60_000 });
    await remaining(loaders, 'kept:7');
    await remaining(loaders, 'kept:7', { first: 5 });
    const context = request();
    erp.statements();

    expect(await remaining(loaders, 'kept:7', { first: 5, context })).toEqual({ 'FS/1': '10.0000' });
    expect(erp.statements()).toEqual([]);
    expect(notedFreshness(context.signal)).toMatchObject([{ company: 'kept', state: 'CACHED' }]);
  });

  it('does not make an answer less fresh that it is no part of', async () => {
    const company = await erp.company('unused', { fill: byNumber({ n: 1, customer: 7, left: ['10'] }) });
    const lookups: string[] = [];
    const meter = { ...noMeter, lookup: (_company: string, answer: string) => void lookups.push(answer) };
    const loaders = loadersOf(company, { staleMs: 60_000, meter });
    await remaining(loaders, 'unused:7');
    await remaining(loaders, 'unused:7');
    erp.server.misbehave({ kind: 'error', number: 1222, text: ofSettlements });
    const ask = async (told: boolean) => {
      const context = request();
      const question = { first: 50, after: null, filter: {} };
      const { nodes } = await loaders.ofClient(context, 'unused:7', question, {
        debts: true,
        counted: false,
      });
      if (told) for (const invoice of nodes) await loaders.debt(context, invoice);
      else await until(() => lookups.includes('stale'));
      return notedFreshness(context.signal);
    };

    expect(await ask(false)).toEqual([]);
    expect(await ask(true)).toMatchObject([{ company: 'unused', state: 'STALE' }]);
  });
});
