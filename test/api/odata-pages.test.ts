/** OData, pulled page by page over the sample: the same records that exports tell, by whatever client; and an ERP's sets narrowed. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ODataQuery } from 'ts-odata-client';
import { entitySetName } from '../../src/exports/odata/model.ts';
import { exportSets } from '../../src/exports/sets.ts';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { makeEvent, makeNote, type Written } from '../arrange/cards.ts';
import { exportedRows, type ExportedRow } from '../arrange/exports.ts';
import {
  getOdata,
  inPagesOf,
  lettersOf,
  odataBody,
  odataRefusal,
  pagesOf,
  rowsOfPage,
  type OdataRow,
} from '../arrange/odata.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { define, setFeatures } from '../arrange/features.ts';
import { endOfFeed } from '../arrange/live.ts';
import { attach } from '../arrange/uploads.ts';

const userKey = '01a00000-0000-7000-8000-00000000e0da';
const names = [...exportSets.keys()];
const keyOf = (name: string): string => (name === 'changes' ? 'position' : 'id');
/** Pulls are told in the change log as well. */
const isNoPull = ({ recordType }: OdataRow): boolean => recordType !== 'EXPORT';
const erpNames = [...exportSets.values()].flatMap(({ name, source }) => (source === 'erp' ? [name] : []));

let service: SampleService;
/** A card with accounts. */
let busy: string;
const whole = new Map<string, OdataRow[]>();
const exported = (name: string): OdataRow[] => whole.get(name) ?? [];

/** As OData tells it: numbers by their digits, no list that is null, without the place where an export of an ERP goes on. */
function asInOdata(row: ExportedRow): OdataRow {
  const { cursor: _, ...rest } = row;
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [
      name.replace('feature.', 'feature_'),
      valueInOdata(name, value),
    ]),
  );
}

function valueInOdata(name: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (name === 'choices' || name === 'feature.marki') return value ?? [];
  return name === 'fields' ? JSON.stringify(value) : value;
}

const cardOfCode = async (code: string) =>
  (await service.ask<{ client: Written }>(`{ client(code: "${code}") { id version } }`)).client;

async function giveFeatures(code: string): Promise<void> {
  await setFeatures(service, await cardOfCode(code), [
    { key: 'rabat', decimal: '12.5' },
    { key: 'marki', choices: ['b', 'a'] },
  ]);
}

/** Whose pulls do not show in what they pull. */
const puller = headerOf('FINANCE', userKey);

beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  const client = await cardOfCode('OBUWNIK-LDZ');
  for (let count = 0; count < 3; count += 1) {
    await attach(service, client);
    await makeNote(service, client);
    await makeEvent(service, client);
  }
  await define(service, 'rabat', { name: 'Rabat', kind: 'DECIMAL' });
  const choices = ['a', 'b'].map((key) => ({ key, name: key }));
  await define(service, 'marki', { name: 'Marki', kind: 'MULTI_CHOICE', choices });
  for (const code of ['OBUWNIK-LDZ', 'GRUPA-RAZEM']) await giveFeatures(code);
  await endOfFeed(service);
  for (const name of names)
    whole.set(name, (await exportedRows(service, `${name}.ndjson`, puller)).map(asInOdata));
  const ofCards = Map.groupBy(exported('invoices'), ({ clientId }) => clientId);
  busy = String([...ofCards].toSorted(([, left], [, right]) => right.length - left.length)[0]?.[0]);
  await service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
    userKey,
    busy.slice('client_'.length),
  ]);
  whole.set('clients', (await exportedRows(service, 'clients.ndjson', puller)).map(asInOdata));
}, 60_000);
afterAll(() => service.close());

describe.each(names)('the set %s', (name) => {
  const set = entitySetName(name);

  it('is in its pages what the export tells, row for row and digit for digit', async () => {
    const rows = exported(name);
    const size = Math.max(2, Math.ceil(rows.length / 6));
    const pages = await pagesOf(service, set, { ...puller, ...inPagesOf(size) });

    expect(rows.length).toBeGreaterThan(2);
    expect(pages.flatMap(({ value }) => value)).toEqual(rows);
    expect(pages.length).toBe(Math.ceil(rows.length / size));
    for (const page of pages) expect(page['@odata.context']).toBe(`${service.url}odata/$metadata#${set}`);
  });

  it('is pulled whole by a client library', async () => {
    const ids: unknown[] = [];
    const query = ODataQuery.forV4<Record<string, string>>(`${service.url}odata/${set}`, {
      requestInit: () => ({
        headers: { ...puller, ...inPagesOf(Math.max(40, Math.ceil(exported(name).length / 4))) },
      }),
    });
    for await (const row of query) ids.push(String(row[keyOf(name)]));
    expect(ids).toEqual(exported(name).map((row) => row[keyOf(name)]));
  });

  it('is of those cards that the caller sees', async () => {
    const headers = headerOf('OWNER', userKey);
    const seen = (await pagesOf(service, set, headers)).flatMap(({ value }) => value.filter(isNoPull));
    const cardOf = (row: OdataRow) => (name === 'clients' ? row['id'] : row['clientId']);
    expect(seen).toEqual(
      (await exportedRows(service, `${name}.ndjson`, headers)).map(asInOdata).filter(isNoPull),
    );
    for (const row of seen) expect([busy, ...(name === 'changes' ? [null] : [])]).toContain(cardOf(row));
    if (name !== 'changes')
      expect(seen).toHaveLength(exported(name).filter((row) => cardOf(row) === busy).length);
  });
});

it('what is told about records is found by its key, filtered and counted as records are', async () => {
  const [feature] = exported('features');
  const alone = async (address: string) => {
    const { '@odata.context': context, ...row } = await odataBody(service, address, puller);
    expect(context).toMatch(/\/\$entity$/);
    return row;
  };
  expect(await alone(`Features('${String(feature?.['id'])}')`)).toEqual(feature);
  expect(await alone('Changes(3)')).toEqual(exported('changes')[2]);
  expect(await alone('Changes(position=3)')).toEqual(exported('changes')[2]);
  expect((await odataRefusal(service, "Changes('3')", puller)).status).toBe(400);
  expect((await odataRefusal(service, 'Changes(999999999)', puller)).status).toBe(404);
  expect(await rowsOfPage(service, 'Features?$filter=number eq 12.5 and deleted eq false', puller)).toEqual(
    exported('features').filter(({ key }) => key === 'rabat'),
  );
  const after = await pagesOf(service, 'Changes?$filter=position gt 9', { ...puller, ...inPagesOf(50) });
  expect(after.flatMap(({ value }) => value)).toEqual(exported('changes').slice(9));
  const count = await getOdata(service, 'Changes/$count?$filter=position le 9', puller);
  expect(await count.text()).toBe('9');
  const [withCard] = await rowsOfPage(service, 'Features?$top=1&$expand=Client($select=id)', puller);
  expect(withCard?.['Client']).toEqual({ id: feature?.['clientId'] });
});

it('a page that $top cuts is the last one, and one that it does not goes on with what is left', async () => {
  const pages = await pagesOf(service, 'Invoices?$top=25&$select=id', inPagesOf(10));
  expect(pages.map(({ value }) => value.length)).toEqual([10, 10, 5]);
  expect(pages.flatMap(({ value }) => value.map(({ id }) => id))).toEqual(
    exported('invoices')
      .slice(0, 25)
      .map(({ id }) => id),
  );
  expect(await rowsOfPage(service, 'Invoices?$top=0')).toEqual([]);
});

describe.each(erpNames)('of the ERP, the set %s', (name) => {
  const set = entitySetName(name);
  const idsOf = async (filter: string) =>
    (await pagesOf(service, `${set}?$select=id&$filter=${filter}`, inPagesOf(500))).flatMap(({ value }) =>
      value.map(({ id }) => id),
    );
  const those = (test: (row: OdataRow) => boolean) =>
    exported(name)
      .filter(test)
      .map(({ id }) => id);

  it('is narrowed to a company, a customer, a card, and several of these', async () => {
    const customerId = exported(name).find(({ company }) => company === 'main')?.['customerId'];
    expect(await idsOf("company eq 'export'")).toEqual(those(({ company }) => company === 'export'));
    expect(await idsOf(`clientId eq '${busy}'`)).toEqual(those(({ clientId }) => clientId === busy));
    expect(await idsOf(`'main' eq company and customerId eq '${String(customerId)}'`)).toEqual(
      those((row) => row['company'] === 'main' && row['customerId'] === customerId),
    );
    for (const none of ["company eq 'x'", "clientId eq 'x'", "company eq 'main' and company eq 'export'"])
      expect(await idsOf(none)).toEqual([]);
  });

  it('refuses what its ERP cannot be asked, and what would need all of it at once', async () => {
    for (const filter of ["id eq 'x'", "company eq 'main' or company eq 'export'", "company ne 'main'"])
      expect(await odataRefusal(service, `${set}?$filter=${filter}`)).toMatchObject({
        status: 501,
        code: 'NOT_OFFERED',
        target: '$filter',
      });
    for (const option of ['$orderby=id', '$skip=1', '$count=true'])
      expect((await odataRefusal(service, `${set}?${option}`)).status).toBe(501);
    expect((await odataRefusal(service, `${set}/$count`)).status).toBe(501);
    expect((await odataRefusal(service, `${set}('x')`)).status).toBe(501);
    expect(await odataRefusal(service, `${set}?$skiptoken=x`)).toMatchObject({
      status: 400,
      target: '$skiptoken',
    });
  });
});

const days = {
  orders: 'orderedOn',
  'order-lines': 'orderedOn',
  invoices: 'issuedOn',
  'invoice-lines': 'issuedOn',
  payments: 'paidOn',
  settlements: 'issuedOn',
  'settlement-matches': 'matchedOn',
};

it.each(Object.entries(days))('%s are narrowed to a range of days, by either end', async (name, day) => {
  const rows = exported(name);
  const known = rows.flatMap((row) => (row[day] === null ? [] : [lettersOf(row[day])])).toSorted();
  const [from = '', to = ''] = [known[Math.floor(known.length / 3)], known[Math.floor(known.length / 2)]];
  const those = (test: (value: string) => boolean) =>
    rows.filter((row) => row[day] !== null && test(lettersOf(row[day]))).map(({ id }) => id);
  const asked = async (filter: string) =>
    (await pagesOf(service, `${entitySetName(name)}?$select=id&$filter=${filter}`)).flatMap(({ value }) =>
      value.map(({ id }) => id),
    );

  expect(await asked(`${day} ge ${from} and ${day} lt ${to}`)).toEqual(
    those((value) => value >= from && value < to),
  );
  expect(await asked(`${day} gt ${from} and ${to} ge ${day}`)).toEqual(
    those((value) => value > from && value <= to),
  );
  expect(await asked(`${day} eq ${from}`)).toEqual(those((value) => value === from));
  expect(await asked(`${day} ge ${to} and ${day} lt ${from}`)).toEqual([]);
});

it('documents are narrowed to what the ERP changed since, those of which it does not say when on request', async () => {
  const rows = exported('invoices');
  const dated = rows.flatMap(({ modifiedAt }) => (modifiedAt === null ? [] : [lettersOf(modifiedAt)]));
  const since = dated.toSorted()[Math.floor(dated.length / 2)] ?? '';
  const asked = async (filter: string) =>
    (await pagesOf(service, `Invoices?$select=id&$filter=${filter}`)).flatMap(({ value }) =>
      value.map(({ id }) => id),
    );
  const those = (test: (modifiedAt: unknown) => boolean) =>
    rows.filter(({ modifiedAt }) => test(modifiedAt)).map(({ id }) => id);

  expect(dated.length).toBeGreaterThan(0);
  expect(await asked(`modifiedAt ge ${since}`)).toEqual(those((at) => at !== null && lettersOf(at) >= since));
  expect(await asked(`modifiedAt gt ${since}`)).toEqual(those((at) => at !== null && lettersOf(at) > since));
  expect(await asked(`modifiedAt ge ${since} or modifiedAt eq null`)).toEqual(
    those((at) => at === null || lettersOf(at) >= since),
  );
  expect((await odataRefusal(service, `Invoices?$filter=modifiedAt lt ${since}`)).status).toBe(501);
});

it('ageing is as of the day that is asked for', async () => {
  const rows = await rowsOfPage(service, 'Ageing?$filter=asOf eq 2026-06-30&$top=3');
  expect(rows.map(({ asOf }) => asOf)).toEqual(['2026-06-30', '2026-06-30', '2026-06-30']);
  const ofExport = (await exportedRows(service, 'ageing.ndjson?asOf=2026-06-30')).slice(0, 3);
  expect(rows).toEqual(ofExport.map(asInOdata));
});

it('amounts are exact: numbers by their digits, or texts where a caller asks for these', async () => {
  const plain = await (await getOdata(service, 'Invoices?$top=1&$select=net,daysOverdue')).text();
  expect(plain).toMatch(/"net":-?\d+\.\d{4},"daysOverdue":(\d+|null)/);
  const compatible = await getOdata(service, 'Invoices?$top=1&$select=net', {
    accept: 'application/json;IEEE754Compatible=true',
  });
  expect(compatible.headers.get('content-type')).toBe(
    'application/json;odata.metadata=minimal;IEEE754Compatible=true;charset=utf-8',
  );
  expect(await compatible.text()).toMatch(/"net":"-?\d+\.\d{4}"/);
});
