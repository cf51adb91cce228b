/** The reports shipped, on the sample's client OBUWNIK-LDZ and its cards: what they tell is what the API tells. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EngineSession } from '../../../src/sandbox-erp/engine.ts';
import { addAmounts, compareAmounts, subtractAmount } from '../../../src/values/decimal.ts';
import { define, featureOf, setFeatures } from '../../arrange/features.ts';
import { startSampleService, type SampleService } from '../../arrange/sample-service.ts';
import {
  runOnCrm,
  runOnErp,
  shippedReport,
  type Given,
  type TextRows,
} from '../../arrange/shipped-reports.ts';

let service: SampleService;
let session: EngineSession;

beforeAll(async () => {
  service = await startSampleService();
  session = await service.sandbox.engine.open({ user: 'kartoteka', database: 'obuwie' });
});

afterAll(() => service.close());

const code = 'OBUWNIK-LDZ';
const asking = (fields: string) => `query ($code: String) { client(code: $code) { ${fields} } }`;

async function ofClient<Fields>(fields: string): Promise<Fields> {
  return (await service.ask<{ client: Fields }>(asking(fields), { code })).client;
}

async function customersOf(): Promise<readonly string[]> {
  const { erpAccounts } = await ofClient<{ erpAccounts: { customerId: string; company: { key: string } }[] }>(
    'erpAccounts { customerId company { key } }',
  );
  return erpAccounts.filter(({ company }) => company.key === 'main').map(({ customerId }) => customerId);
}

async function rowsOf(key: string, given: Given = {}): Promise<TextRows> {
  const report = await shippedReport(key);
  return (await runOnErp(session, report, { customers: await customersOf(), ...given })).rows;
}

const column = (rows: TextRows, place: number): string[] => rows.map((row) => row[place] ?? '');

interface Money {
  readonly amount: string;
}
interface Sales {
  readonly currency: string;
  readonly documents: number;
  readonly net: Money;
  readonly gross: Money;
}
interface OrderLine {
  readonly quantity: string;
  readonly delivered: string;
  readonly net: Money;
}
interface Settlement {
  readonly documentNumber: string;
  readonly side: string;
  readonly dueOn: string | null;
  readonly remaining: Money;
}

/** Half a ten-thousandth rounded up; none of the amounts is below zero. */
function netLeft({ quantity, delivered, net }: OrderLine): string {
  const units = (amount: string) => BigInt(addAmounts([amount]).replace('.', ''));
  const [all, left] = [units(quantity), units(subtractAmount(quantity, delivered))];
  const rounded = (units(net.amount) * left * 2n + all) / (all * 2n);
  const digits = rounded.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

describe('for a client of the sample', () => {
  it('the turnover by group adds up to the top products', async () => {
    const rows = await rowsOf('turnover-by-product-group');
    const { topProducts } = await ofClient<{
      topProducts: { items: { productGroup: string | null; net: Money }[] };
    }>('topProducts(company: "main", first: 200) { items { productGroup net { amount } } }');
    const told = Object.fromEntries(
      [...Map.groupBy(topProducts.items, ({ productGroup }) => productGroup ?? '(bez grupy)')].map(
        ([group, items]) => [group, addAmounts(items.map(({ net }) => net.amount))],
      ),
    );
    const reported = Object.fromEntries(
      [...Map.groupBy(rows, ([, group]) => group ?? '')].map(([group, some]) => [
        group,
        addAmounts(column(some, 4)),
      ]),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(reported).toEqual(told);
  });

  it('the turnover by recipient adds up to the sales', async () => {
    const days = { issuedFrom: ['2025-01-01'], issuedTo: ['2025-12-31'] };
    const rows = await rowsOf('recipient-turnover', days);
    const { sales } = await ofClient<{ sales: { items: Sales[] } }>(
      'sales(company: "main", by: YEAR, from: "2025-01-01", to: "2025-12-31") { items { currency documents net { amount } gross { amount } } }',
    );
    const reported = [...Map.groupBy(rows, (row) => row[3] ?? '')].map(([currency, some]) => [
      currency,
      column(some, 4).reduce((sum, documents) => sum + Number(documents), 0),
      addAmounts(column(some, 5)),
      addAmounts(column(some, 6)),
    ]);
    expect(reported).toEqual(
      sales.items.map(({ currency, documents, net, gross }) => [
        currency,
        documents,
        net.amount,
        gross.amount,
      ]),
    );
    expect(reported.length).toBeGreaterThan(0);
  });

  it('the unpaid items are the settlements that are overdue by more than thirty days', async () => {
    const { settlements } = await ofClient<{ settlements: { nodes: Settlement[] } }>(
      'settlements(first: 200, filter: { company: "main", openOnly: true }) { nodes { documentNumber side dueOn remaining { amount } } }',
    );
    const open = settlements.nodes.filter(({ side, dueOn }) => side === 'RECEIVABLE' && dueOn !== null);
    const due = open.map(({ dueOn }) => dueOn ?? '').toSorted();
    const latest = new Date(due.at(-1) ?? '');
    // So that some are in and the latest one is not.
    const asOf = new Date(latest.valueOf() + 30 * 86_400_000).toISOString().slice(0, 10);
    const expected = open.filter(({ dueOn }) => (dueOn ?? '') < (due.at(-1) ?? ''));
    expect(expected.length).toBeGreaterThan(0);
    const rows = await rowsOf('unpaid-over-30-days', { asOf: [asOf] });
    const told = (
      number: string | null | undefined,
      dueOn: string | null | undefined,
      remaining: string | null | undefined,
    ) => `${String(number)} ${String(dueOn)} ${String(remaining)}`;
    expect(rows.map((row) => told(row[0], row[2], row[6])).toSorted()).toEqual(
      expected
        .map(({ documentNumber, dueOn, remaining }) => told(documentNumber, dueOn, remaining.amount))
        .toSorted(),
    );
  });

  it('what was paid, by the month, is what its payments settled', async () => {
    const { settlements } = await ofClient<{
      settlements: { nodes: { side: string; matches: { amount: Money; payment: object | null }[] }[] };
    }>(
      'settlements(first: 200, filter: { company: "main" }) { nodes { side matches { amount { amount } payment { id } } } }',
    );
    const matches = settlements.nodes
      .filter(({ side }) => side === 'RECEIVABLE')
      .flatMap((one) => one.matches);
    const paid = matches.filter(({ payment }) => payment !== null).map(({ amount }) => amount.amount);
    const rows = await rowsOf('payment-behaviour');
    expect(paid.length).toBeGreaterThan(10);
    expect(addAmounts(column(rows, 3))).toBe(addAmounts(paid));
    expect(rows.every((row) => compareAmounts(row[4] ?? '', row[3] ?? '') <= 0)).toBe(true);
  });

  it('the backlog is what is not delivered of the orders that are open', async () => {
    const { orders } = await ofClient<{
      orders: {
        nodes: { requestedOn: string | null; lines: readonly OrderLine[] }[];
      };
    }>(
      'orders(first: 200, filter: { company: "main", status: [OPEN, PARTLY_DELIVERED] }) { nodes { requestedOn lines { quantity delivered net { amount } } } }',
    );
    const rows = await rowsOf('order-backlog');
    const waiting = orders.nodes.flatMap(({ lines }) =>
      lines.filter(({ quantity, delivered }) => compareAmounts(subtractAmount(quantity, delivered), '0') > 0),
    );
    expect(waiting.length).toBeGreaterThan(0);
    expect(column(rows, 3).reduce((sum, lines) => sum + Number(lines), 0)).toBe(waiting.length);
    expect(addAmounts(column(rows, 5))).toBe(addAmounts(waiting.map(netLeft)));
  });
});

interface Card {
  readonly id: string;
  readonly version: number;
  readonly code: string;
  readonly active: boolean;
  readonly cardType: { readonly id: string; readonly key: string };
}

const seen = ({ id, version }: Card) => ({ id, version });

describe('cards without a required feature', () => {
  const cards = async (): Promise<readonly Card[]> =>
    (
      await service.ask<{ clients: { nodes: Card[] } }>(
        '{ clients(first: 200) { nodes { id version code active cardType { id key } } } }',
      )
    ).clients.nodes;
  const missing = async (given: Given = {}): Promise<readonly string[]> => {
    const report = await shippedReport('cards-without-required-feature');
    const { columns, rows } = await runOnCrm(service.databaseUrl, report, given);
    expect(columns).toEqual(report.labels.map(({ name }) => name));
    return rows.map((row) => `${String(row[0])} ${String(row[4])} ${String(row[6])}`);
  };

  it('are told, one row for each card and feature, of the types that need it', async () => {
    const all = await cards();
    const [some, ...rest] = all.filter(({ active }) => active);
    if (some === undefined) throw new Error('the sample has no card');
    const { cardType } = some;
    await define(service, 'segment', { required: true, cardTypes: [cardType.key] });
    await define(service, 'region', { required: true });
    await define(service, 'hobby', { required: false });
    const region = { key: 'region', text: 'Północ' };
    await setFeatures(service, seen(some), [region, { key: 'segment', text: 'A' }]);
    const other = rest.find((card) => card.cardType.key === cardType.key);
    if (other === undefined) throw new Error('the sample has no two cards of a type');
    await setFeatures(service, seen(other), [{ key: 'segment', text: 'B' }]);
    expect((await featureOf(service, other.id, 'segment'))?.isSet).toBe(true);

    const row = ({ code: cardCode, id }: Card, key: string) => `${cardCode} ${key} ${id}`;
    const active = all.filter((card) => card.active);
    const lacksRegion = active.filter((card) => card !== some).map((card) => row(card, 'region'));
    const lacksSegment = active
      .filter((card) => card.cardType.key === cardType.key && card !== some && card !== other)
      .map((card) => row(card, 'segment'));
    expect(lacksSegment.length).toBeGreaterThan(0);
    expect((await missing()).toSorted()).toEqual([...lacksRegion, ...lacksSegment].toSorted());
    expect((await missing({ feature: ['segment'] })).toSorted()).toEqual(lacksSegment.toSorted());
    expect((await missing({ feature: ['segment'], activeOnly: ['false'] })).length).toBe(
      all.filter((card) => card.cardType.key === cardType.key).length - 2,
    );
    expect((await missing({ cardType: [cardType.key], feature: ['region'] })).length).toBe(
      active.filter((card) => card.cardType.key === cardType.key).length - 1,
    );
  });

  it('offers the features and card types that there are', async () => {
    const { parameters } = await shippedReport('cards-without-required-feature');
    const choices = parameters.flatMap(({ choicesSql }) => choicesSql ?? []);
    const offered = await Promise.all(
      choices.map((sql) => service.dataSource.query<readonly { readonly key: string }[]>(sql)),
    );
    const types = new Set((await cards()).map(({ cardType }) => cardType.key));
    expect(offered[0]?.map(({ key }) => key)).toEqual(['region', 'segment']);
    expect(offered[1]?.map(({ key }) => key)).toEqual(expect.arrayContaining([...types]));
  });
});
