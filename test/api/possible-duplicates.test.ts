import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DuplicateSearch } from '../../src/clients/merge/duplicate-search.ts';
import { makeCardTypes, makeClient, makeContact, write, type Written } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await makeCardTypes(service);
});
afterAll(() => service.close());
beforeEach(() => service.dataSource.query('TRUNCATE client CASCADE'));

type Probe = Readonly<Record<string, unknown>>;

interface Report {
  readonly candidates: readonly {
    readonly client: { readonly id: string };
    readonly reasons: readonly string[];
    readonly score: number;
  }[];
  readonly hidden: number;
}

const query = `query ($of: DuplicateProbe!) {
  possibleDuplicates(of: $of) { candidates { client { id } reasons score } hidden }
}`;

const reportOf = async (of: Probe): Promise<Report> =>
  (await service.ask<{ possibleDuplicates: Report }>(query, { of })).possibleDuplicates;

const found = async (of: Probe): Promise<string[]> =>
  (await reportOf(of)).candidates.map(({ client }) => client.id);

const makeFirm = (fullName: string, city: string, more: Probe = {}): Promise<Written> =>
  makeClient(service, { fullName, shortName: fullName.slice(0, 90), address: { city }, ...more });

describe('the same tax id', () => {
  it.each(['5261040828', '526-104-08-28', 'PL 526 104 08 28', 'pl5261040828'])(
    'is found as typed: %s',
    async (taxId) => {
      const { id } = await makeClient(service, { taxId: '5261040828' });
      await makeClient(service, { taxId: '5260001246' });
      expect(await reportOf({ taxId })).toEqual({
        candidates: [{ client: { id }, reasons: ['TAX_ID'], score: 1 }],
        hidden: 0,
      });
    },
  );

  it('comes first, with every reason there is', async () => {
    const same = await makeFirm('Zupełnie Inna', 'Gdynia', { taxId: '5261040828' });
    const named = await makeFirm('Krokus', 'Łódź');
    const both = await makeFirm('Krokus Obuwie', 'Łódź', { taxId: 'DE136695976' });
    const { candidates } = await reportOf({ taxId: '5261040828', fullName: 'Krokus', city: 'Łódź' });
    expect(candidates.map(({ client, reasons }) => [client.id, reasons])).toEqual([
      [same.id, ['TAX_ID']],
      [named.id, ['NAME_AND_CITY']],
      [both.id, ['NAME_AND_CITY']],
    ]);
    expect(await reportOf({ taxId: 'de 136695976', fullName: 'krokus obuwie', city: 'lodz' })).toMatchObject({
      candidates: [{ client: { id: both.id }, reasons: ['TAX_ID', 'NAME_AND_CITY'], score: 1 }, {}],
    });
  });
});

describe('a similar name in the same town', () => {
  it.each([
    ['Obuwnik Łódzki', 'OBUWNIK LODZKI'],
    ['Obuwnik Łódzki sp. z o.o.', 'Obuwnik Łódzki Spółka z ograniczoną odpowiedzialnością'],
    ['Trzewik S.A.', 'Trzewik spółka akcyjna'],
    ['Trzewik sp. z o.o. sp. k.', 'Trzewik'],
    ['P.H.U. Jan Żółw', 'Jan Zolw'],
    ['Przedsiębiorstwo Handlowo-Usługowe Jan Żółw', 'Firma Handlowa Jan Żółw s.c.'],
    ['Bata', 'Bata s.r.o.'],
  ])('counts as the same where only form and spelling differ: %s, %s', async (one, other) => {
    const { id } = await makeFirm(one, 'Łódź');
    const { candidates } = await reportOf({ fullName: other, city: 'ŁODZ' });
    expect(candidates).toEqual([{ client: { id }, reasons: ['NAME_AND_CITY'], score: 1 }]);
  });

  it('scores by what the names have in common, and the short name counts too', async () => {
    const near = await makeFirm('Kowalscy Obuwie', 'Łódź');
    const shortly = await makeClient(service, {
      shortName: 'Kowalski Obuwie',
      fullName: 'Hurtownia Artykułów Skórzanych Jan Kowalski i Synowie',
      address: { city: 'Łódź' },
    });
    await makeFirm('Nowak Torebki', 'Łódź');
    const { candidates } = await reportOf({ fullName: 'Kowalski Obuwie sp. j.', city: 'Łódź' });
    expect(candidates.map(({ client }) => client.id)).toEqual([shortly.id, near.id]);
    expect(candidates[0]?.score).toBe(1);
    expect(candidates[1]?.score).toBeGreaterThan(0.5);
    expect(candidates[1]?.score).toBeLessThan(1);
  });

  it('is not one in another town, but is where no town is asked for', async () => {
    const { id } = await makeFirm('Trzewik', 'Radom');
    expect(await found({ fullName: 'Trzewik', city: 'Łódź' })).toEqual([]);
    expect(await reportOf({ fullName: 'Trzewik' })).toMatchObject({
      candidates: [{ client: { id }, reasons: ['NAME'] }],
    });
  });

  it('that is nothing but a legal form still says something', async () => {
    const { id } = await makeFirm('S.A.', 'Łódź');
    await makeFirm('Trzewik S.A.', 'Łódź');
    expect(await found({ fullName: 'S.A.' })).toEqual([id]);
  });
});

it('finds deleted and inactive cards too, but not the card in hand', async () => {
  const [deleted, inactive, own] = [
    await makeFirm('Trzewik', 'Łódź'),
    await makeFirm('Trzewik', 'Łódź', { active: false }),
    await makeFirm('Trzewik', 'Łódź'),
  ];
  await write(service, 'deleteClient', deleted);
  const ids = await found({ fullName: 'Trzewik', city: 'Łódź', excludeId: own.id });
  expect(ids.toSorted()).toEqual([deleted.id, inactive.id].toSorted());
});

it('tells everything that is wrong with the question at once', async () => {
  const refused = async (of: Probe) => (await service.refusal(query, { of })).extensions;
  expect(await refused({ city: 'Łódź', fullName: ' ' })).toMatchObject({
    code: 'BAD_USER_INPUT',
    problems: [{ path: 'of', code: 'EMPTY' }],
  });
  expect(await refused({ fullName: 'x'.repeat(401), taxId: 'a\u0000', city: '\ud800' })).toMatchObject({
    problems: [
      { path: 'of.taxId', code: 'CHARACTERS' },
      { path: 'of.fullName', code: 'TOO_LONG' },
      { path: 'of.city', code: 'CHARACTERS' },
    ],
  });
  const contact = await makeContact(service, await makeClient(service));
  expect(await refused({ taxId: '1', excludeId: contact.id })).toMatchObject({
    problems: [{ path: 'of.excludeId', code: 'ID' }],
  });
});

it('is found by indexes: of names, and of tax ids', async () => {
  await service.dataSource.query(
    `INSERT INTO client (id, version, created_at, created_by, updated_at, updated_by, code, active, card_type_id, short_name,
       full_name, tax_id, city)
     SELECT gen_random_uuid(), 1, now(), 'T', now(), 'T', 'N' || n, true, (SELECT id FROM card_type LIMIT 1),
       md5(n::text), md5(n::text) || ' sp. z o.o.', NULL, 'Łódź'
     FROM generate_series(1, 1000) AS n`,
  );
  await service.dataSource.query('VACUUM ANALYZE client');
  await service.dataSource.transaction(async (manager) => {
    // So that the answer does not depend on what the planner thinks of so few rows.
    await manager.query('SET LOCAL enable_seqscan = off');
    const scans = async (): Promise<number[]> => {
      const rows = await manager.query<{ scans: string }[]>(
        `SELECT pg_stat_get_xact_numscans(oid) AS scans FROM pg_class
         WHERE relname IN ('client_firm_names', 'client_tax_id_any') ORDER BY relname`,
      );
      return rows.map((row) => Number(row.scans));
    };
    const [names = NaN, taxIds = NaN] = await scans();
    const search = new DuplicateSearch(({ text, values }) => manager.query(text, [...values]));
    const probe = { taxId: '5261040828', fullName: 'c4ca4238a0b923820dcc509a6f75849b S.A.', city: 'Lodz' };
    expect(await search.find(probe, () => Promise.resolve(true))).toMatchObject([{ score: 1 }]);
    // Once by the full names, once by the short ones.
    expect(await scans()).toEqual([names + 2, taxIds + 1]);
  });
});
