/** Features with a column for each definition, in exports and in OData. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { makeCardTypes, makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { exportRefusal, exportedRows, getExport, idsOf, type ExportedRow } from '../arrange/exports.ts';
import { define, redefine, setFeatures } from '../arrange/features.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { partsOf } from '../arrange/workbooks.ts';

const userKey = '01a00000-0000-7000-8000-00000000e00b';
const longKey = 'k'.repeat(60);

let service: TestService;
let own: Written;
let chain: Written;
let plain: Written;
let contact: Written;
let defined: Written;
let long: Written;

beforeAll(async () => {
  service = await startTestService({ callers: callersByHeader });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  await makeCardTypes(service);
  defined = await define(service, 'rabat', { kind: 'DECIMAL' });
  await define(service, 'uwagi', { kind: 'LONG_TEXT' });
  await define(service, 'od', { kind: 'DATE' });
  await define(service, 'vip', { kind: 'BOOLEAN', cardTypes: ['chain'] });
  await define(service, 'ile', { kind: 'INTEGER' });
  const choices = ['a', 'b', 'c'].map((key) => ({ key, name: key.toUpperCase() }));
  await define(service, 'marki', { kind: 'MULTI_CHOICE', choices });
  await define(service, 'klasa-a', { kind: 'CHOICE', choices });
  await define(service, 'klasa_a', { kind: 'TEXT' });
  long = await define(service, longKey, { kind: 'TEXT' });
  await define(service, 'hobby', { recordType: 'CONTACT', kind: 'TEXT' });
  own = await makeClient(service, { accountManagerId: `user_${userKey}` });
  chain = await makeClient(service, { cardType: 'chain' });
  plain = await makeClient(service);
  own = await setFeatures(service, own, [
    { key: 'rabat', decimal: '12.50' },
    { key: 'uwagi', text: 'Zażółć; "gęślą"\njaźń' },
    { key: 'od', date: '2020-02-29' },
    { key: 'ile', integer: -3 },
    { key: 'marki', choices: ['c', 'a'] },
    { key: 'klasa-a', choices: ['b'] },
    { key: longKey, text: 'długi' },
  ]);
  chain = await setFeatures(service, chain, [{ key: 'vip', boolean: true }]);
  contact = await makeContact(service, chain);
  contact = await setFeatures(service, contact, [{ key: 'hobby', text: 'żagle' }]);
});
afterAll(() => service.close());

const rowsOf = (address: string, headers = {}) => exportedRows(service, address, headers);
const rowOf = (rows: readonly ExportedRow[], { id }: Written) => rows.find((row) => row['id'] === id);
const keyOf = ({ id }: Written): string => id.slice(id.indexOf('_') + 1);

describe('features-wide', () => {
  it('is a row for each card and a column for each definition, in the order of definition', async () => {
    const rows = await rowsOf('features-wide.ndjson');
    expect(rows).toHaveLength(3);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      ...['id', 'clientId', 'createdAt', 'updatedAt', 'deleted'],
      ...['rabat', 'uwagi', 'od', 'vip', 'ile', 'marki', 'klasa-a', 'klasa_a'].map((key) => `feature.${key}`),
      `feature_${keyOf(long)}`,
    ]);
    expect(rowOf(rows, own)).toMatchObject({
      clientId: own.id,
      deleted: false,
      'feature.rabat': '12.50',
      'feature.uwagi': 'Zażółć; "gęślą"\njaźń',
      'feature.od': '2020-02-29',
      'feature.vip': null,
      'feature.ile': -3,
      'feature.marki': ['a', 'c'],
      'feature.klasa-a': 'b',
      'feature.klasa_a': null,
      [`feature_${keyOf(long)}`]: 'długi',
    });
    expect(rowOf(rows, chain)).toMatchObject({ 'feature.vip': true, 'feature.rabat': null });
    expect(rowOf(rows, plain)).toMatchObject({ 'feature.vip': null, 'feature.marki': null });
  });

  it('tells the same as CSV, as Excel has it in Polish, and as a workbook', async () => {
    const told = async (address: string) => (await getExport(service, address)).text();
    const table = (text: string, delimiter: string) =>
      parse<Record<string, string>>(text, { columns: true, delimiter, bom: true });
    const plainRow = table(await told('features-wide.csv'), ',').find(({ id }) => id === own.id);
    expect(plainRow).toMatchObject({
      'feature.rabat': '12.50',
      'feature.uwagi': 'Zażółć; "gęślą"\njaźń',
      'feature.marki': 'a c',
      'feature.vip': '',
    });
    const polish = table(await told('features-wide.csv?dialect=excel-pl'), ';');
    expect(polish.find(({ id }) => id === own.id)).toMatchObject({
      'feature.rabat': '12,50',
      'feature.ile': '-3',
      'feature.klasa-a': 'b',
    });
    const workbook = await getExport(service, 'features-wide.xlsx');
    const sheet = (await partsOf(Buffer.from(await workbook.arrayBuffer()))).get('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('feature.klasa-a');
    expect(sheet).toMatch(/<v>12\.50?<\/v>/);
    expect(sheet).toContain('a c');
  });

  it('is of records of another type where that is asked for', async () => {
    expect(await rowsOf('features-wide.ndjson?recordType=CONTACT')).toEqual([
      expect.objectContaining({ id: contact.id, clientId: chain.id, 'feature.hobby': 'żagle' }),
    ]);
    for (const recordType of ['DELIVERY_PLACE', 'RECIPIENT', 'EVENT', 'ATTACHMENT'])
      expect(await rowsOf(`features-wide.ndjson?recordType=${recordType}`)).toEqual([]);
  });

  it('has columns of choice, goes on after a row, and narrows as other sets do', async () => {
    const rows = await rowsOf('features-wide.ndjson?columns=feature.rabat');
    expect(Object.keys(rows[0] ?? {})).toEqual(['id', 'feature.rabat']);
    for (const [place, { id }] of rows.entries())
      expect(idsOf(await rowsOf(`features-wide.ndjson?after=${String(id)}`))).toEqual(
        idsOf(rows.slice(place + 1)),
      );
    expect(idsOf(await rowsOf(`features-wide.ndjson?client=${chain.id}`))).toEqual([chain.id]);
    expect(idsOf(await rowsOf('features-wide.ndjson?cardType=chain'))).toEqual([chain.id]);
    expect(idsOf(await rowsOf('features-wide.ndjson', headerOf('OWNER', userKey)))).toEqual([own.id]);
  });

  it('has nothing of definitions for another type of card, whatever was kept', async () => {
    const moved = await write(service, 'updateClient', { ...chain, cardType: 'shop' });
    expect(rowOf(await rowsOf('features-wide.ndjson'), chain)).toMatchObject({ 'feature.vip': null });
    chain = await write(service, 'updateClient', { ...moved, cardType: 'chain' });
    expect(rowOf(await rowsOf('features-wide.ndjson'), chain)).toMatchObject({ 'feature.vip': true });
  });

  it('keeps retired definitions where they were, and tells values taken away as none', async () => {
    defined = await redefine(service, defined, { retired: true });
    own = await setFeatures(service, own, [{ key: 'od', clear: true }]);
    expect(rowOf(await rowsOf('features-wide.ndjson'), own)).toMatchObject({
      'feature.rabat': '12.50',
      'feature.od': null,
    });
  });

  it('tells what is wrong, and of definitions only to those who may have them', async () => {
    const refused = (address: string, headers = {}) => exportRefusal(service, address, headers);
    expect(await refused('features-wide.csv?recordType=NOTE')).toEqual([
      400,
      'BAD_USER_INPUT',
      ['recordType RECORD_TYPE'],
    ]);
    expect(await refused('clients.csv?recordType=CLIENT')).toEqual([
      400,
      'BAD_USER_INPUT',
      ['recordType PARAMETER'],
    ]);
    expect(await refused('features-wide.csv?columns=feature.hobby')).toEqual([
      400,
      'BAD_USER_INPUT',
      ['columns COLUMN'],
    ]);
    expect(await refused('features-wide.csv?cardType=nic')).toEqual([
      400,
      'BAD_USER_INPUT',
      ['cardType CARD_TYPE'],
    ]);
    const hidden = await getExport(service, 'features-wide.csv?columns=x', headerOf('KEEPER', userKey));
    expect(await hidden.text()).not.toContain('rabat');
  });
});

describe('OData', () => {
  const odata = async (address: string): Promise<Response> => fetch(new URL(`odata/${address}`, service.url));

  it('has a property for each definition of cards', async () => {
    const metadata = await (await odata('$metadata')).text();
    const [, type = ''] = /<EntityType Name="FeaturesOfCard">(.*?)<\/EntityType>/s.exec(metadata) ?? [];
    expect([...type.matchAll(/<Property Name="(\w+)" Type="([\w.()]+)"/g)].map(([, ...of]) => of)).toEqual([
      ['id', 'Edm.String'],
      ['clientId', 'Edm.String'],
      ['createdAt', 'Edm.DateTimeOffset'],
      ['updatedAt', 'Edm.DateTimeOffset'],
      ['deleted', 'Edm.Boolean'],
      ['feature_rabat', 'Edm.Decimal'],
      ['feature_uwagi', 'Edm.String'],
      ['feature_od', 'Edm.Date'],
      ['feature_vip', 'Edm.Boolean'],
      ['feature_ile', 'Edm.Int64'],
      ['feature_marki', 'Collection(Edm.String)'],
      ['feature_klasa_a', 'Edm.String'],
      [expect.stringMatching(/^feature_[0-9a-f_]{36}$/), 'Edm.String'],
      [`feature_${longKey}`, 'Edm.String'],
    ]);
  });

  it('filters and sorts by them', async () => {
    const found = async (options: string) => {
      const response = await odata(`FeaturesWide?${options}`);
      return ((await response.json()) as { value: Record<string, unknown>[] }).value;
    };
    expect(await found('$filter=feature_rabat gt 12 and feature_klasa_a eq %27b%27')).toEqual([
      expect.objectContaining({ id: own.id, feature_rabat: 12.5, feature_marki: ['a', 'c'] }),
    ]);
    const sorted = await found('$orderby=feature_ile desc,id&$select=id,feature_ile');
    expect(sorted.map((row) => row['feature_ile'])).toEqual([-3, null, null]);
    expect(await found('$filter=feature_vip eq true&$expand=Client($select=code)')).toEqual([
      expect.objectContaining({
        id: chain.id,
        Client: expect.objectContaining({ code: expect.any(String) }),
      }),
    ]);
  });
});
