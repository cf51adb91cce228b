/** Exports of what the ERPs hold, over the sample's two companies: the same figures that the API tells, by whoever may. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { erpSets } from '../../src/exports/erp-sets/erp-sets.ts';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import {
  asTexts,
  exportRefusal,
  exportedRows,
  getExport,
  idsOf,
  type ExportedRow,
} from '../arrange/exports.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';

const userKey = '01a00000-0000-7000-8000-00000000e006';
const names = erpSets.map(({ name }) => name);

let service: SampleService;
/** A card with accounts, and one with none. */
let busy: string;
const whole = new Map<string, ExportedRow[]>();
beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  for (const name of names) whole.set(name, await exportedRows(service, `${name}.ndjson`));
  const ofCards = Map.groupBy(all('invoices'), ({ clientId }) => clientId);
  busy = String([...ofCards].toSorted(([, left], [, right]) => right.length - left.length)[0]?.[0]);
  await service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
    userKey,
    busy.slice('client_'.length),
  ]);
}, 60_000);
afterAll(() => service.close());

const all = (name: string): ExportedRow[] => whole.get(name) ?? [];
const rowsOf = (address: string, headers = {}) => exportedRows(service, address, headers);
const refusal = (address: string, headers = {}) => exportRefusal(service, address, headers);
const ofCard = (rows: readonly ExportedRow[]) => rows.filter(({ clientId }) => clientId === busy);

describe.each(names)('the set %s', (name) => {
  it('is the same in both forms, each row once, company by company and customer by customer', async () => {
    const rows = all(name);
    const csv = await getExport(service, `${name}.csv`);
    const table = parse<Record<string, string>>(await csv.text(), { columns: true });
    const places = rows.map(({ company, customerId }) => `${String(company)}:${String(customerId)}`);

    expect(rows.length).toBeGreaterThan(40);
    expect(table).toEqual(rows.map(asTexts));
    expect(new Set(idsOf(rows)).size).toBe(rows.length);
    expect(places).toEqual(places.toSorted((left, right) => (left < right ? -1 : left > right ? 1 : 0)));
    expect(new Set(rows.map(({ company }) => company))).toEqual(new Set(['export', 'main']));
    expect(Object.keys(rows[0] ?? {})).toEqual(
      erpSets.find((set) => set.name === name)?.columns.map((column) => column.name),
    );
  });

  it('goes on after its rows, the last of a customer and of a company among them', async () => {
    const rows = all(name);
    const bounds = rows.flatMap(({ customerId }, place) =>
      rows[place + 1]?.['customerId'] === customerId ? [] : [place, place + 1],
    );
    const some = [0, 1, 7, ...bounds.filter((_, place) => place % 5 < 2).slice(0, 10), rows.length - 1];
    for (const place of some.filter((one) => one < rows.length))
      expect(idsOf(await rowsOf(`${name}.ndjson?after=${String(rows[place]?.['cursor'])}`))).toEqual(
        idsOf(rows.slice(place + 1)),
      );
  });

  it('is of one card, of one company, and of those cards that the caller sees', async () => {
    const own = ofCard(all(name));
    expect(own.length).toBeGreaterThan(0);
    expect(await rowsOf(`${name}.ndjson?client=${busy}`)).toEqual(own);
    expect(await rowsOf(`${name}.ndjson`, headerOf('OWNER', userKey))).toEqual(own);
    expect(await rowsOf(`${name}.ndjson?company=export`)).toEqual(
      all(name).filter(({ company }) => company === 'export'),
    );
  });

  it('has the columns that are asked for, and where to go on', async () => {
    const [row] = await rowsOf(`${name}.ndjson?columns=customerId`);
    expect(Object.keys(row ?? {})).toEqual(['id', 'customerId', 'cursor']);
  });
});

interface Listed {
  readonly client: Readonly<Record<string, { readonly nodes: readonly Readonly<Record<string, unknown>>[] }>>;
}

const told = async (selection: string) =>
  (
    await service.ask<Listed>(`query ($id: ID!) { client(id: $id) { ${selection} } }`, {
      id: busy,
    })
  ).client;

const amount = (money: unknown) => (money as { amount: string } | null)?.amount ?? null;
const idIn = (record: unknown) => (record as { id: string } | null)?.id ?? null;
const byId = (rows: readonly ExportedRow[]) => new Map(rows.map((row) => [row['id'], row]));

it('tells of invoices what the API tells, what is left to pay included', async () => {
  const { invoices } = await told(
    `invoices(first: 200, filter: { includeCancelled: true }) { nodes { id number issuedOn dueOn kind cancelled ksefNumber daysOverdue overdue paidState
      net { amount currency } vat { amount } gross { amount } remaining { amount } paid { amount } corrects { id } lines { lineNo productCode quantity net { amount } } } }`,
  );
  const rows = byId(ofCard(all('invoices')));
  const lines = Map.groupBy(ofCard(all('invoice-lines')), ({ invoiceId }) => invoiceId);

  expect(invoices?.nodes.length).toBe(rows.size);
  for (const { net, vat, gross, remaining, paid, corrects, lines: ownLines, ...plain } of invoices?.nodes ??
    []) {
    expect(rows.get(plain['id'])).toMatchObject({
      ...plain,
      net: amount(net),
      vat: amount(vat),
      gross: amount(gross),
      remaining: amount(remaining),
      paid: amount(paid),
      correctsId: idIn(corrects),
    });
    expect(
      (lines.get(plain['id']) ?? []).map(({ lineNo, productCode, quantity, net: ofLine }) => ({
        lineNo,
        productCode,
        quantity,
        net: { amount: ofLine },
      })),
    ).toEqual(ownLines);
  }
});

it('tells of orders, payments and settlements what the API tells', async () => {
  const { orders, payments, settlements } = await told(
    `orders(first: 200) { nodes { id number orderedOn status net { amount } lines { lineNo delivered } } }
     payments(first: 200) { nodes { id paidOn method reference amount { amount } unallocated { amount } matches { amount { amount } matchedOn } } }
     settlements(first: 200) { nodes { id side dueOn settledOn overdue daysOverdue amount { amount } remaining { amount } invoice { id } } }`,
  );
  const told3 = [orders, payments, settlements].map((list) => list?.nodes ?? []);
  const exported = ['orders', 'payments', 'settlements'].map((name) => byId(ofCard(all(name))));
  expect(told3.map(({ length }) => length)).toEqual(exported.map(({ size }) => size));
  for (const [place, nodes] of told3.entries())
    for (const { net, amount: given, unallocated, remaining, invoice, lines, matches, ...plain } of nodes) {
      const row = exported[place]?.get(plain['id']);
      expect(row).toMatchObject(plain);
      if (lines) expect(row?.['net']).toBe(amount(net));
      if (given) expect(row?.['amount']).toBe(amount(given));
      if (unallocated) expect(row?.['unallocated']).toBe(amount(unallocated));
      if (remaining)
        expect([row?.['remaining'], row?.['invoiceId']]).toEqual([amount(remaining), idIn(invoice)]);
      if (matches)
        expect(
          all('settlement-matches')
            .filter(({ paymentId }) => paymentId === plain['id'])
            .map((match) => String(match['matchedOn']))
            .toSorted(),
        ).toEqual((matches as { matchedOn: string }[]).map(({ matchedOn }) => matchedOn).toSorted());
    }
});

it('sums balances and ageing as the API does, ageing of a past day, too', async () => {
  const figures = '{ company { key } currency unallocated { amount }';
  const { balances, ageing } = (await told(
    `balances { items ${figures} receivable { amount } overdue { amount } payable { amount } } } ageing(asOf: "2026-02-01") { items ${figures} notDue { amount } over90 { amount } total { amount } } }`,
  )) as unknown as Record<string, { items: readonly Readonly<Record<string, unknown>>[] }>;
  const past = await rowsOf('ageing.ndjson?asOf=2026-02-01');
  for (const [items, rows] of [
    [balances?.items ?? [], ofCard(all('balances'))],
    [ageing?.items ?? [], ofCard(past)],
  ] as const) {
    expect(items.length).toBeGreaterThan(0);
    for (const { company, currency, ...amounts } of items) {
      const own = rows.filter(
        (row) => row['company'] === (company as { key: string }).key && row['currency'] === currency,
      );
      for (const [name, money] of Object.entries(amounts)) {
        const cents = own.reduce((sum, row) => sum + BigInt(String(row[name]).replace('.', '')), 0n);
        expect(cents).toBe(BigInt(String(amount(money)).replace('.', '')));
      }
    }
  }
  expect(new Set(past.map(({ asOf }) => asOf))).toEqual(new Set(['2026-02-01']));
});

describe('parts of a set', () => {
  it('are of days, half-open, said as days or as instants', async () => {
    const wanted = all('invoices').filter(
      ({ issuedOn }) => String(issuedOn) >= '2025-03-01' && String(issuedOn) < '2025-06-01',
    );
    expect(wanted.length).toBeGreaterThan(10);
    expect(await rowsOf('invoices.ndjson?from=2025-03-01&to=2025-06-01')).toEqual(wanted);
    expect(await rowsOf('invoices.ndjson?from=2025-03-01T00:00:00Z&to=2025-06-01T00:00:00Z')).toEqual(wanted);
    expect(idsOf(await rowsOf('invoice-lines.ndjson?from=2025-03-01&to=2025-06-01'))).toEqual(
      idsOf(
        all('invoice-lines').filter(
          ({ issuedOn }) => String(issuedOn) >= '2025-03-01' && String(issuedOn) < '2025-06-01',
        ),
      ),
    );
  });

  it.each(['invoices', 'orders', 'payments', 'settlements', 'order-lines', 'invoice-lines'])(
    'of %s are what was changed since, and whatever the ERP does not say when it was changed',
    async (name) => {
      const moments = all(name).map((row) => row['modifiedAt'] as string | null);
      const times = moments.filter((time) => time !== null);
      const since = times.toSorted()[Math.floor(times.length / 2)] ?? '';
      await service.dataSource.query(`UPDATE erp_account SET updated_at = '2000-01-01'`);
      expect(idsOf(await rowsOf(`${name}.ndjson?updatedSince=${since}`))).toEqual(
        idsOf(all(name).filter((_, place) => (moments[place] ?? since) >= since)),
      );
    },
  );

  it('are nothing for a card without an account: a CSV still says its columns', async () => {
    await makeCardTypes(service);
    const { id } = await makeClient(service);
    const csv = await getExport(service, `payments.csv?client=${id}`);
    expect([csv.status, await csv.text()]).toEqual([
      200,
      'id,company,customerId,clientId,paidOn,currency,amount,unallocated,method,reference,modifiedAt,cursor\n',
    ]);
  });
});

it('is for Excel in Polish with decimal commas', async () => {
  const bytes = Buffer.from(
    await (
      await getExport(service, 'invoices.csv?dialect=excel-pl&columns=net,issuedOn,modifiedAt')
    ).arrayBuffer(),
  );
  const rows = parse<Record<string, string>>(bytes, { columns: true, delimiter: ';', bom: true });
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(rows.map(({ net }) => net)).toEqual(all('invoices').map(({ net }) => String(net).replace('.', ',')));
  expect(rows[0]?.['modifiedAt']).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
});

describe('what cannot be asked is refused, each fault with its place:', () => {
  const cursor = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url');
  it.each([
    ['orders.csv?company=nowhere', ['company COMPANY']],
    ['orders.csv?asOf=2026-01-01', ['asOf PARAMETER']],
    ['ageing.csv?asOf=yesterday', ['asOf DATE']],
    ['ageing.csv?asOf=2026-02-30', ['asOf DATE']],
    ['ageing.csv?from=2026-01-01', ['from PARAMETER']],
    ['balances.csv?updatedSince=2026-01-01T00:00:00Z', ['updatedSince PARAMETER']],
    ['settlement-matches.csv?updatedSince=2026-01-01T00:00:00Z', ['updatedSince PARAMETER']],
    ['orders.csv?from=2026-02-30', ['from DATE_TIME']],
    ['orders.csv?from=2026-02-01&to=2026-01-01', ['to RANGE']],
    ['orders.csv?updatedSince=2026-01-01', ['updatedSince DATE_TIME']],
    ['orders.csv?after=order:main:0:1', ['after CURSOR']],
    [`orders.csv?after=${cursor('export invoices', 'main', '1', '["0","1"]')}`, ['after CURSOR']],
    [`orders.csv?after=${cursor('export orders', 'main', '1', '{}')}`, ['after CURSOR']],
    [`orders.csv?after=${cursor('export orders', 'main', '1001', '["0"]')}`, ['after CURSOR']],
    [`orders.csv?after=${cursor('export orders', 'main', '1001', '["x","1"]')}`, ['after CURSOR']],
    ['orders.csv?columns=secret', ['columns COLUMN']],
    ['clients.csv?company=main', ['company PARAMETER']],
    ['orders.csv?client=x&company=nowhere', ['client ID']],
  ])('%s', async (address, problems) => {
    expect(await refusal(address)).toEqual([400, 'BAD_USER_INPUT', problems]);
  });
});

describe('debts', () => {
  it.each(['payments', 'settlements', 'settlement-matches', 'balances', 'ageing'])(
    'are the set %s, which needs their permission',
    async (name) => {
      expect(await refusal(`${name}.csv`, headerOf('EXPORTER', userKey))).toEqual([
        403,
        'FORBIDDEN',
        ['set PERMISSION'],
      ]);
    },
  );

  it('are columns of invoices that are not there for whoever may not see them', async () => {
    const [row] = await rowsOf('invoices.ndjson', headerOf('EXPORTER', userKey));
    const lacking = ['remaining', 'paid', 'paidState', 'overdue', 'daysOverdue'];
    expect(Object.keys(all('invoices')[0] ?? {}).filter((name) => !(name in (row ?? {})))).toEqual(lacking);
    expect(await refusal('invoices.csv?columns=remaining', headerOf('EXPORTER', userKey))).toEqual([
      400,
      'BAD_USER_INPUT',
      ['columns COLUMN'],
    ]);
  });

  it.each(names)('or not, nobody without the permission to export has %s', async (name) => {
    expect(await refusal(`${name}.csv`, headerOf('SALES', userKey))).toMatchObject([
      403,
      'FORBIDDEN',
      expect.anything(),
    ]);
  });
});

it('nothing is told of a customer whose card is deleted, or that is linked no more', async () => {
  const before = await rowsOf('orders.ndjson');
  const cards = [...new Set(before.map(({ clientId }) => String(clientId)))].filter((id) => id !== busy);
  const [first = '', second = ''] = cards;
  const bare = (id: string) => id.slice('client_'.length);
  await service.dataSource.query('UPDATE client SET deleted_at = now() WHERE id = $1', [bare(first)]);
  await service.dataSource.query('UPDATE erp_account SET deleted_at = now() WHERE client_id = $1', [
    bare(second),
  ]);
  expect(await rowsOf('orders.ndjson')).toEqual(
    before.filter(({ clientId }) => clientId !== first && clientId !== second),
  );
});
