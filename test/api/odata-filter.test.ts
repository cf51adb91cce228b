/** Filters of OData against a model of what they mean, as SQL on the wire, and as whoever means harm would write them. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bare, makeCardTypes, makeClient, type Written } from '../arrange/cards.ts';
import { getOdata, lettersOf, odataRefusal, rowsOfPage, type OdataRow } from '../arrange/odata.ts';
import { aCondition, holds, type Fact } from '../arrange/odata-filters.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { countStatements, type WireCounter } from '../arrange/wire-counter.ts';

let wire: WireCounter;
let service: TestService;
let cards: Written[];
let rows: OdataRow[];
const texts = ['Żółw', 'żółw', "O'Neil", 'a_b', 'a%b', 'a\\b', 'umowa', 'UMOWA 2026', '', ' ', '😀 ok'];

/** Files without bytes: of all records they have the most kinds of values. */
async function insertAttachments(): Promise<void> {
  const keys = cards.map(({ id }) => bare(id));
  await service.dataSource.transaction(async (manager) => {
    await manager.query(
      `INSERT INTO attachment (id, version, created_at, created_by, updated_at, updated_by, deleted_at, client_id, category, description,
         valid_from, valid_until, revision, file_name, media_type, size, sha256)
       SELECT gen_random_uuid(), 1 + n % 3, '2026-01-30T23:59:59.5Z'::timestamptz + n * interval '7 hours', 'Anna', '2026-03-01Z'::timestamptz - n * interval '1 day', 'Jan',
         CASE WHEN n % 5 = 0 THEN '2026-04-01Z'::timestamptz END, ($1::uuid[])[1 + n % 3], (ARRAY['CONTRACT', 'OTHER'])[1 + n % 2],
         CASE WHEN n % 4 > 0 THEN ($2::text[])[1 + n % $3] END, CASE WHEN n % 3 > 0 THEN date '2025-12-30' + n END,
         CASE WHEN n % 3 > 1 THEN date '2025-12-30' + n * 2 END, 1, ($2::text[])[1 + (n * 7) % $3] || n % 4 || '.pdf', 'application/pdf', 1 + n * n * 1000, repeat('a', 64)
       FROM generate_series(1, 40) n`,
      [keys, texts, texts.length],
    );
    await manager.query(
      `INSERT INTO attachment_revision (id, attachment_id, number, file_name, media_type, size, sha256, created_at, created_by)
       SELECT gen_random_uuid(), id, 1, file_name, media_type, size, sha256, created_at, created_by FROM attachment`,
    );
  });
}

beforeAll(async () => {
  service = await startTestService({
    through: async (url) => {
      wire = await countStatements(url);
      return wire.url;
    },
  });
  await makeCardTypes(service);
  cards = [await makeClient(service), await makeClient(service), await makeClient(service)];
  await insertAttachments();
  rows = await rowsOfPage(service, 'Attachments');
});
afterAll(async () => {
  await service.close();
  await wire.close();
});

const idsOf = (found: readonly OdataRow[]): unknown[] => found.map(({ id }) => id);

it('a filter finds exactly the records that it is true of, however it is put together', async () => {
  const values = () => rows as unknown as readonly Fact[];
  await fc.assert(
    fc.asyncProperty(aCondition(values), async (condition) => {
      const found = await rowsOfPage(service, `Attachments?$select=id&$filter=${condition.text}`);
      expect({ filter: condition.text, ids: idsOf(found) }).toEqual({
        filter: condition.text,
        ids: idsOf(rows.filter((row) => holds(condition, row as unknown as Fact))),
      });
    }),
    { numRuns: 400 },
  );
});

describe('by what a filter says', () => {
  const those = (test: (row: OdataRow) => boolean) => idsOf(rows.filter(test));
  it.each<readonly [string, (row: OdataRow) => boolean]>([
    ["description eq 'Żółw'", ({ description }) => description === 'Żółw'],
    ["tolower(description) eq 'żółw'", ({ description }) => /^żółw$/i.test(String(description))],
    ["toupper(description) eq 'ŻÓŁW'", ({ description }) => /^żółw$/i.test(String(description))],
    ["contains(description,'''')", ({ description }) => String(description).includes("'")],
    ["contains(description,'_')", ({ description }) => String(description).includes('_')],
    ["contains(description,'%')", ({ description }) => String(description).includes('%')],
    ["contains(description,'\\')", ({ description }) => String(description).includes('\\')],
    [
      'length(description) eq 4',
      ({ description }) => [...String(description)].length === 4 && description !== null,
    ],
    ['createdAt ge 2026-02-01T01:00:00+01:00', ({ createdAt }) => String(createdAt) >= '2026-02-01T00:00:00'],
    ['createdAt lt 2026-02-01T00:00Z', ({ createdAt }) => String(createdAt) < '2026-02-01T00:00:00'],
    ['date(createdAt) eq 2026-01-31', ({ createdAt }) => String(createdAt).startsWith('2026-01-31')],
    ['year(validFrom) eq 2025', ({ validFrom }) => String(validFrom).startsWith('2025')],
    [
      'not (validFrom gt 2026-01-10)',
      ({ validFrom }) => validFrom === null || lettersOf(validFrom) <= '2026-01-10',
    ],
    ['validFrom ne 2026-01-10', ({ validFrom }) => validFrom !== '2026-01-10'],
    [
      "not contains(description,'a')",
      ({ description }) => description !== null && !lettersOf(description).includes('a'),
    ],
    ['size gt 100000.5', ({ size }) => Number(size) > 100_000.5],
    ['size in (1001,4001,null)', ({ size }) => ['1001', '4001'].includes(String(size))],
    ['deleted', ({ deleted }) => deleted === true],
    ['deleted eq false and true', ({ deleted }) => deleted === false],
    ['(size gt 100000) eq deleted or false', () => false],
  ])('%s', async (filter, test) => {
    const answer = await getOdata(service, `Attachments?$select=id&$filter=${filter}`);
    const { value } = (await answer.json()) as { value?: OdataRow[] };
    // A condition is not compared with a property: told, and not answered wrongly.
    if (answer.status !== 200)
      expect([filter, answer.status]).toEqual([expect.stringContaining(') eq deleted'), 501]);
    else expect(idsOf(value ?? [])).toEqual(those(test));
  });

  it('ids are compared as they are written', async () => {
    const [card] = cards;
    const of = async (filter: string) =>
      idsOf(await rowsOfPage(service, `Attachments?$select=id&$filter=${filter}`));
    expect(await of(`clientId eq '${card?.id}'`)).toEqual(those(({ clientId }) => clientId === card?.id));
    expect(await of(`clientId ne '${card?.id}'`)).toEqual(those(({ clientId }) => clientId !== card?.id));
    expect(await of(`clientId gt '${card?.id}'`)).toEqual(
      those(({ clientId }) => String(clientId) > String(card?.id)),
    );
    expect(await of(`clientId eq '${card?.id.toUpperCase()}'`)).toEqual([]);
    expect(await of(`clientId in ('${card?.id}','x')`)).toEqual(
      those(({ clientId }) => clientId === card?.id),
    );
    expect(await of("clientId ge 'client_'")).toEqual(idsOf(rows));
    expect(await of("contains(clientId,'client_')")).toEqual(idsOf(rows));
  });
});

it('values reach the database as parameters, of the types of their columns', async () => {
  wire.reset();
  await rowsOfPage(
    service,
    `Attachments?$filter=clientId eq '${cards[0]?.id}' and updatedAt ge 2026-02-01T00:00:00Z and (validFrom lt 2026-03-01 or size in (1,2)) and startswith(fileName,'Żó')`,
  );
  const [statement = ''] = wire.statements().filter((text) => text.includes('FROM attachment'));
  expect(statement).toContain('t.client_id = $1::uuid');
  expect(statement).toMatch(/\(t\.updated_at\) >= \$2::timestamptz/);
  expect(statement).toMatch(/\(t\.valid_from\) < \$3::date/);
  expect(statement).toMatch(/\(t\.size::float8\) = ANY\(\$4::numeric\[\]\)/);
  expect(statement).toMatch(/\(t\.file_name\) LIKE \$5::text/);
  expect(statement).not.toMatch(/2026|Żó/);
  expect(wire.statements().filter((text) => text.includes('FROM attachment'))).toHaveLength(1);
});

describe('what cannot be understood is refused, with where it is:', () => {
  it.each([
    ['code eq', 400, 'SYNTAX', /character 8/],
    ['eq 1', 400, 'SYNTAX', /character 4/],
    ["code eq 'x", 400, 'SYNTAX', /never ends, at character 9/],
    ['code eq "x"', 400, 'SYNTAX', /character 9/],
    ["(code eq 'x'", 400, 'SYNTAX', /character 13/],
    ["code eq 'x')", 400, 'SYNTAX', /character 12/],
    ["code eq 'x' code", 400, 'SYNTAX', /character 13/],
    ["code EQ 'x'", 400, 'SYNTAX', /character 6/],
    ["code in 'x'", 400, 'SYNTAX', /character 9/],
    ["code in ('x',code)", 400, 'SYNTAX', /character 14/],
    ["secret eq 'x'", 400, 'PROPERTY', /no property "secret", at character 1; it has id/],
    ["__proto__ eq 'x'", 400, 'PROPERTY', /character 1/],
    ['code eq 1', 400, 'TYPE', /code is of type text and not number/],
    ["version eq '1'", 400, 'TYPE', /version is of type number/],
    ['createdAt ge 2026-01-01', 400, 'TYPE', /2026-01-31T08:00:00Z/],
    ['active gt true', 400, 'TYPE', /gt/],
    ['code', 400, 'TYPE', /true or false/],
    ["not code eq 'x'", 400, 'TYPE', /character 5/],
    ['createdAt ge 2026-02-30T00:00:00Z', 400, 'VALUE', /2026-02-30/],
    ["createdAt ge datetime'2026-01-01'", 400, 'SYNTAX', /datetime/],
    ['createdAt ge 2026-01-01T25:00:00Z', 400, 'VALUE', /no instant/],
    ['version eq 1e999', 400, 'VALUE', /digits/],
    [`version eq ${'9'.repeat(40)}`, 400, 'VALUE', /digits/],
    ['id eq 01a00000-0000-7000-8000-00000000e0da', 400, 'TYPE', /apostrophes/],
    ['length(1) eq 1', 400, 'TYPE', /length\(text\)/],
    ['contains(code)', 400, 'TYPE', /contains\(text, text\)/],
    ["code eq 'a\0b'", 400, 'TEXT', /NUL/],
    ['version add 1 eq 2', 501, 'UNSUPPORTED', /add/],
    ["concat(code,'x') eq 'x'", 501, 'UNSUPPORTED', /concat/],
    ["toString(code) eq 'x'", 501, 'UNSUPPORTED', /toString/],
    ["constructor(code) eq 'x'", 501, 'UNSUPPORTED', /constructor/],
    ["PrimaryContact/lastName eq 'x'", 501, 'UNSUPPORTED', /path/],
    ["sharedWithIds/any(x:x eq 'y')", 501, 'UNSUPPORTED', /path/],
    ["sharedWithIds eq 'x'", 501, 'UNSUPPORTED', /single value/],
    ["$it/code eq 'x'", 501, 'UNSUPPORTED', /\$it/],
    ['@p eq 1', 501, 'UNSUPPORTED', /@p/],
    [`${'('.repeat(50)}active${')'.repeat(50)}`, 400, 'TOO_DEEP', /40/],
    [`${'not '.repeat(60)}active`, 400, 'TOO_DEEP', /40/],
    [`version in (${'1,'.repeat(1_000)}1)`, 400, 'TOO_MANY', /1000/],
    [`code eq '${'x'.repeat(8_000)}'`, 400, 'TOO_LONG', /8000/],
  ])('%.60s', async (filter, status, code, message) => {
    const refusal = await odataRefusal(service, `Clients?$filter=${filter}`);
    expect(refusal).toMatchObject({ status, target: '$filter', details: [`$filter ${code}`] });
    expect(refusal.message).toMatch(message);
  });

  it('bytes that are no UTF-8', async () => {
    const answer = await fetch(`${service.url}odata/Clients?$filter=code%20eq%20%27%FF%27`);
    expect([answer.status, await answer.json()]).toMatchObject([400, { error: { target: '$filter' } }]);
  });
});

it.each([
  `code eq 'x'' OR 1=1 --'`,
  `contains(code,''';DROP TABLE client;--')`,
  `code eq '$1' or code eq '\\'`,
  `code in ('{"a"}','\\",NULL')`,
  `code eq '${'😀'.repeat(900)}'`,
  `code eq '\u202e\u0007'`,
  `${"code eq 'x' or ".repeat(300)}false`,
])('%.60s finds nothing, and harms nothing', async (filter) => {
  expect(await rowsOfPage(service, `Clients?$filter=${filter}`)).toEqual([]);
  expect(await rowsOfPage(service, 'Clients?$select=id')).toHaveLength(3);
});
