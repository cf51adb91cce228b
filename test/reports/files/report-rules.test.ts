import { describe, expect, it } from '@jest/globals';
import type { ReportParameter, SqlReport } from '../../../src/reports/report.ts';
import { validateReport } from '../../../src/reports/sql-reports/report-rules.ts';

const known = {
  companies: new Set(['main']),
  roles: new Set(['SALES', 'BOSS']),
  tables: new Set(['client']),
  functions: ['dbo.F_Cena'],
  databases: ['archive'],
};

const one: ReportParameter = {
  name: 'a',
  label: 'A',
  type: 'TEXT',
  required: false,
  multiple: false,
  defaults: null,
  choices: null,
  choicesSql: null,
  fromClient: null,
};

const plain: SqlReport = {
  key: 'sales',
  title: 'Sprzedaż',
  description: null,
  database: 'ERP',
  company: null,
  sql: 'SELECT 1 AS n',
  parameters: [],
  labels: [],
  roles: [],
  maxRows: null,
};

/** Each as `path CODE`. */
const faults = (given: Partial<SqlReport>): readonly string[] =>
  validateReport({ ...plain, ...given }, known).map(({ path, code }) => `${path} ${code}`);

/** A report that uses each of its parameters once. */
const withParameters = (...parameters: readonly Partial<ReportParameter>[]): Partial<SqlReport> => {
  const all = parameters.map((given) => ({ ...one, ...given }));
  const used = [...new Set(all.map(({ name }) => name))];
  const conditions = used.map((name) =>
    all.some((parameter) => parameter.name === name && parameter.multiple)
      ? `x.c IN (@${name})`
      : `x.c = @${name}`,
  );
  return { parameters: all, sql: `SELECT x.c FROM dbo.x AS x WHERE ${conditions.join(' AND ')}` };
};

const parameterFaults = (given: Partial<ReportParameter>): readonly string[] =>
  faults(withParameters(given)).map((fault) => fault.replace('parameters.0.', ''));

const labels = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ name: `c${place}`, label: `C ${place}`, format: null }));

describe('a report', () => {
  it.each<[string, Partial<SqlReport>, readonly string[]]>([
    ['is kept as it is', {}, []],
    ['has a key', { key: 'Sales' }, ['key KEY']],
    ['has a key of sixty signs', { key: 'a'.repeat(60) }, []],
    ['has no longer key', { key: 'a'.repeat(61) }, ['key KEY']],
    ['has a title', { title: ' ' }, ['title REQUIRED']],
    ['has a title of some length', { title: 'x'.repeat(201) }, ['title TOO_LONG']],
    ['has a title that can be shown', { title: 'a\u0000' }, ['title FORBIDDEN_CHARACTER']],
    ['has a title that is well formed', { title: 'a\uD800' }, ['title FORBIDDEN_CHARACTER']],
    ['has a description or none', { description: '' }, ['description REQUIRED']],
    ['has a description of some length', { description: 'x'.repeat(2_001) }, ['description TOO_LONG']],
    ['is of a company that there is', { company: 'main' }, []],
    ['is of no other company', { company: 'other' }, ['company COMPANY']],
    ['is of no company over the CRM', { database: 'CRM', company: 'main' }, ['company COMPANY']],
    ['is for roles that there are', { roles: ['SALES', 'BOSS'] }, []],
    ['is for no other roles', { roles: ['SALES', 'sales', 'SALES'] }, ['roles.1 ROLE', 'roles.2 DUPLICATE']],
    ['answers a row at least', { maxRows: 0 }, ['maxRows RANGE']],
    ['answers whole rows', { maxRows: 1.5 }, ['maxRows RANGE']],
    ['answers ten million rows at most', { maxRows: 10_000_001 }, ['maxRows RANGE']],
    ['has two hundred columns with labels', { labels: labels(200) }, []],
    ['has no more columns with labels', { labels: labels(201) }, ['labels TOO_MANY']],
    [
      'has columns that can be told apart',
      {
        labels: [
          { name: 'net', label: 'Netto', format: '0.00' },
          { name: 'NET', label: 'Netto', format: '' },
          { name: '', label: ' ', format: null },
        ],
      },
      [
        'labels.1.format REQUIRED',
        'labels.1.name DUPLICATE',
        'labels.1.label DUPLICATE',
        'labels.2.name REQUIRED',
        'labels.2.label REQUIRED',
      ],
    ],
    ['is a SELECT', { sql: 'DELETE FROM dbo.x' }, ['sql FORBIDDEN_CONSTRUCT', 'sql NOT_A_SELECT']],
    ['reads its own database', { sql: 'SELECT 1 AS n FROM other.dbo.x' }, ['sql OTHER_DATABASE']],
    ['reads a database that is permitted', { sql: 'SELECT 1 AS n FROM archive.dbo.x' }, []],
    ['calls a function that is permitted', { sql: 'SELECT dbo.F_Cena(1) AS n' }, []],
    ['calls no other', { sql: 'SELECT dbo.F_Rabat(1) AS n' }, ['sql FORBIDDEN_FUNCTION']],
    ['reads tables of the CRM that it may', { database: 'CRM', sql: 'SELECT code FROM client' }, []],
    ['reads no others', { database: 'CRM', sql: 'SELECT * FROM api_key' }, ['sql TABLE_NOT_READABLE']],
  ])('%s', (_, given, expected) => {
    expect(faults(given)).toEqual(expected);
  });

  it('tells all of its faults at once', () => {
    expect(faults({ key: '', title: '', company: 'x', roles: ['x'], maxRows: -1, sql: '' })).toEqual([
      'key KEY',
      'title REQUIRED',
      'company COMPANY',
      'maxRows RANGE',
      'roles.0 ROLE',
      expect.stringMatching(/^sql /),
    ]);
  });

  it('has fifty parameters at most', () => {
    const many = (count: number) =>
      withParameters(...Array.from({ length: count }, (_, place) => ({ name: `p${place}` })));
    expect(faults(many(50))).toEqual([]);
    expect(faults(many(51))).toEqual(['parameters TOO_MANY']);
  });

  it('has parameters whose names are told apart without letter case', () => {
    expect(faults(withParameters({ name: 'day' }, { name: 'Day' }))).toEqual([
      'parameters.1.name PARAMETER_NAME',
    ]);
    expect(faults({ ...withParameters({ name: 'b' }), sql: 'SELECT @B AS n' })).toEqual([
      'sql PARAMETER_UNDECLARED',
      'sql PARAMETER_UNUSED',
    ]);
  });

  it('has no parameter that is named as a value of another would be', () => {
    expect(faults(withParameters({ name: 'a', multiple: true }, { name: 'a_1' }))).toEqual([
      'sql PARAMETER_NAME',
    ]);
  });
});

describe('a parameter', () => {
  it.each(['client', 'company', 'LIMIT', 'format', 'dialect', 'é', 'a-b', '_a', '1a', ''])(
    'cannot be named %s',
    (name) => {
      expect(faults({ parameters: [{ ...one, name }] })).toContain('parameters.0.name PARAMETER_NAME');
    },
  );

  it.each<[Partial<ReportParameter>, readonly string[]]>([
    [{ type: 'TEXT', defaults: ['Łódź'] }, []],
    [{ type: 'TEXT', defaults: ['a\u0007'] }, ['defaults.0 VALUE']],
    [{ type: 'TEXT', defaults: ['x'.repeat(4_001)] }, ['defaults.0 TOO_LONG']],
    [
      {
        type: 'INTEGER',
        multiple: true,
        defaults: ['0', '-12', '9223372036854775807', '-9223372036854775808'],
      },
      [],
    ],
    [
      {
        type: 'INTEGER',
        multiple: true,
        defaults: ['1.0', '007', '+1', '1e3', '', '9223372036854775808', '-9223372036854775809'],
      },
      [0, 1, 2, 3, 4, 5, 6].map((place) => `defaults.${place} VALUE`),
    ],
    [{ type: 'DECIMAL', multiple: true, defaults: ['-12.50', '0.1'] }, []],
    [
      { type: 'DECIMAL', multiple: true, defaults: ['1,5', '1e3', '.5'] },
      [0, 1, 2].map((p) => `defaults.${p} VALUE`),
    ],
    [{ type: 'BOOLEAN', defaults: ['true'] }, []],
    [{ type: 'BOOLEAN', defaults: ['yes'] }, ['defaults.0 VALUE']],
    [{ type: 'DATE', defaults: ['2024-02-29'] }, []],
    [
      { type: 'DATE', multiple: true, defaults: ['2023-02-29', '1.2.2024'] },
      ['defaults.0 VALUE', 'defaults.1 VALUE'],
    ],
    [{ type: 'DATETIME', defaults: ['2024-02-29T08:00:00.5Z'] }, []],
    [
      {
        type: 'DATETIME',
        multiple: true,
        defaults: ['2024-02-29T08:00:00+01:00', '2024-02-29', '2024-02-29T24:00:00Z'],
      },
      [0, 1, 2].map((place) => `defaults.${place} VALUE`),
    ],
    [{ defaults: ['a', 'b'] }, ['defaults ONE_VALUE']],
    [{ defaults: [] }, ['defaults REQUIRED']],
    [{ multiple: true, defaults: Array.from({ length: 101 }, () => 'a') }, ['defaults TOO_MANY']],
    [{ required: true, defaults: ['a'] }, ['required REQUIRED_WITH_DEFAULT']],
    [{ choices: ['a', 'b'], defaults: ['b'] }, []],
    [{ choices: ['a', 'b'], defaults: ['c'] }, ['defaults.0 CHOICE']],
    [{ choices: [] }, ['choices REQUIRED']],
    [{ choices: ['a', 'a'] }, ['choices.1 DUPLICATE']],
    [{ type: 'DATE', choices: ['x'] }, ['choices.0 VALUE']],
    [{ choices: Array.from({ length: 501 }, (_, place) => String(place)) }, ['choices TOO_MANY']],
    [{ choicesSql: 'SELECT DISTINCT c FROM dbo.x' }, []],
    [{ choices: ['a'], choicesSql: 'SELECT c FROM dbo.x' }, ['choicesSql CHOICES_TWICE']],
    [{ choicesSql: 'SELECT c FROM dbo.x WHERE c = @a' }, ['choicesSql PARAMETER_UNDECLARED']],
    [{ choicesSql: 'EXEC dbo.p' }, ['choicesSql FORBIDDEN_CONSTRUCT', 'choicesSql NOT_A_SELECT']],
    [{ label: '' }, ['label REQUIRED']],
    [{ label: 'x'.repeat(201) }, ['label TOO_LONG']],
    [{ fromClient: 'CUSTOMER_ID', multiple: true, required: true }, []],
    [{ fromClient: 'CUSTOMER_ID', type: 'INTEGER' }, []],
    [{ fromClient: 'NIP', type: 'INTEGER' }, ['type FROM_CLIENT']],
    [{ fromClient: 'CUSTOMER_CODE', type: 'DATE' }, ['type FROM_CLIENT']],
    [{ fromClient: 'CLIENT_ID', multiple: true }, ['multiple FROM_CLIENT']],
    [{ fromClient: 'CUSTOMER_ID', defaults: ['a'] }, ['defaults FROM_CLIENT']],
    [
      { fromClient: 'CUSTOMER_ID', choices: ['a'], choicesSql: 'SELECT 1' },
      ['choices FROM_CLIENT', 'choicesSql FROM_CLIENT'],
    ],
  ])('with %j is told %j', (given, expected) => {
    expect(parameterFaults(given)).toEqual(expected);
  });

  it("over the CRM is not the ERP's customer, and reads its choices from what may be read", () => {
    const crm = (given: Partial<ReportParameter>) =>
      faults({
        database: 'CRM',
        sql: `SELECT code FROM client WHERE code ${given.multiple === true ? 'IN (:a)' : '= :a'}`,
        parameters: [{ ...one, ...given }],
      });
    expect(crm({ fromClient: 'CLIENT_ID' })).toEqual([]);
    expect(crm({ fromClient: 'CUSTOMER_ID', multiple: true })).toEqual([
      'parameters.0.fromClient FROM_CLIENT',
    ]);
    expect(crm({ choicesSql: 'SELECT code FROM client' })).toEqual([]);
    expect(crm({ choicesSql: 'SELECT id FROM api_key' })).toEqual([
      'parameters.0.choicesSql TABLE_NOT_READABLE',
    ]);
  });
});
