import { describe, expect, it } from '@jest/globals';
import { readReportFile } from '../../../src/reports/sql-reports/files/report-file.ts';
import { faultsIn, plainHead, reportFile, reportIn } from '../../arrange/report-files.ts';

const whole = `/*---
title: 'Obroty: klient'
description: >-
  Co kupił,
  i kiedy.
database: ERP
company: main
roles: [SALES, MANAGER]
maxRows: 5000
parameters:
  - name: customers
    label: Klient
    type: TEXT
    required: true
    multiple: true
    fromClient: CUSTOMER_ID
  - { name: kind, label: Rodzaj, type: TEXT, default: no, choices: [no, yes, "~"] }
  - name: day
    label: Dzień
    type: DATE
    multiple: true
    defaults:
      - 2026-01-31
      - "2026-02-01"
  - { name: share, label: Udział, type: DECIMAL, default: 0.10 }
  - name: shop
    label: Sklep
    type: INTEGER
    choicesSql: |
      SELECT id
      FROM dbo.shop -- : # '
columns:
  - { name: net, label: Netto, format: '0.00' }
  - { name: "sold on", label: 'Sprzedano' } # a note
---*/

SELECT 1 AS net,
       2 AS [sold on]
`;

const given = {
  required: false,
  multiple: false,
  defaults: null,
  choices: null,
  choicesSql: null,
  fromClient: null,
};

const report = {
  key: 'sales',
  title: 'Obroty: klient',
  description: 'Co kupił, i kiedy.',
  database: 'ERP',
  company: 'main',
  roles: ['SALES', 'MANAGER'],
  maxRows: 5000,
  parameters: [
    {
      ...given,
      name: 'customers',
      label: 'Klient',
      type: 'TEXT',
      required: true,
      multiple: true,
      fromClient: 'CUSTOMER_ID',
    },
    { ...given, name: 'kind', label: 'Rodzaj', type: 'TEXT', defaults: ['no'], choices: ['no', 'yes', '~'] },
    {
      ...given,
      name: 'day',
      label: 'Dzień',
      type: 'DATE',
      multiple: true,
      defaults: ['2026-01-31', '2026-02-01'],
    },
    { ...given, name: 'share', label: 'Udział', type: 'DECIMAL', defaults: ['0.10'] },
    {
      ...given,
      name: 'shop',
      label: 'Sklep',
      type: 'INTEGER',
      choicesSql: "SELECT id\nFROM dbo.shop -- : # '\n",
    },
  ],
  labels: [
    { name: 'net', label: 'Netto', format: '0.00' },
    { name: 'sold on', label: 'Sprzedano', format: null },
  ],
  sql: 'SELECT 1 AS net,\n       2 AS [sold on]',
};

describe('a file of a report', () => {
  it('is its head and its SELECT, every value a text as it was written', () => {
    expect(reportIn(whole)).toEqual(report);
  });

  it('is the same with a byte order mark and with line ends of Windows', () => {
    expect(reportIn(`\uFEFF${whole.replaceAll('\n', '\r\n')}`)).toEqual(report);
    expect(reportIn(whole.replace('/*---\n', '/*---  \n').replace('---*/\n', '---*/\t\n'))).toEqual(report);
  });

  it('needs no more than a title, a database and a SELECT', () => {
    expect(reportIn(reportFile(), 'C:\\raporty\\sales-2.SQL')).toEqual({
      key: 'sales-2',
      title: 'Sprzedaż',
      description: null,
      database: 'ERP',
      company: null,
      roles: [],
      maxRows: null,
      parameters: [],
      labels: [],
      sql: 'SELECT 1 AS one',
    });
  });

  it.each([
    'Sales.sql',
    '1-sales.sql',
    'sales_2.sql',
    'sprzedaż.sql',
    `${'a'.repeat(61)}.sql`,
    'sales.txt',
    '',
  ])('cannot be named %s', (path) => {
    expect(faultsIn(reportFile(), path)).toEqual(['1 key KEY']);
  });

  it('tells each fault of its form at once, with its line', () => {
    const head = [
      'titel: Sprzedaż',
      'database: MYSQL',
      'maxRows: 1e6',
      'roles: SALES',
      'parameters:',
      '  - { name: a, label: A, type: DATE, required: yes, default: 2026-01-01, defaults: [2026-01-01] }',
      '  - name: b',
      '    type: [TEXT]',
      '    fromClient: PESEL',
      '  - c',
      'columns:',
      '  - name: net',
    ];
    expect(faultsIn(reportFile(head), 'Sales.sql').toSorted()).toEqual(
      [
        '1 key KEY',
        '2 titel UNKNOWN',
        '2 title REQUIRED',
        '3 database FORM',
        '4 maxRows FORM',
        '5 roles FORM',
        '7 parameters.0.required FORM',
        '8 parameters.1.label REQUIRED',
        '9 parameters.1.type FORM',
        '10 parameters.1.fromClient FORM',
        '11 parameters.2 FORM',
        '13 columns.0.label REQUIRED',
      ].toSorted(),
    );
  });

  it('has one default or a list of them', () => {
    const head = [
      ...plainHead,
      'parameters:',
      '  - { name: a, label: A, type: DATE, default: 2026-01-01, defaults: [2026-01-01] }',
    ];
    expect(faultsIn(reportFile(head))).toEqual(['5 parameters.0.defaults FORM']);
  });

  it.each([
    ['nothing', '', 1],
    ['no head', 'SELECT 1', 1],
    ['a SELECT before the head', `SELECT 1;\n${reportFile()}`, 1],
    ['another comment', reportFile().replace('/*---', '/* ---'), 1],
    ['a head that does not end', reportFile().replace('---*/', '*/'), 1],
    ['a head that ends within a line', reportFile().replace('---*/\n', '---*/ '), 1],
    ['no SELECT', reportFile(plainHead, ' \n'), 4],
    ['a comment in the head', reportFile([...plainHead, 'description: a /* b']), 4],
    ['the end of a comment in the head', reportFile(['title: a */ b', 'database: ERP']), 2],
    ['a head without end', reportFile([...plainHead, `description: ${'a'.repeat(60_001)}`]), 1],
  ])('is refused with %s', (_, text, line) => {
    expect(faultsIn(text)).toEqual([`${line}  HEAD`]);
  });

  it('tells what was found in it with its own words and lines', () => {
    const read = readReportFile('sales.sql', whole);
    if ('problems' in read) throw new Error('refused');
    const inFile = (path: string, message = 'wrong') => {
      const { line, path: told, message: words } = read.inFile({ path, code: 'X', message });
      return `${line} ${told}: ${words}`;
    };
    expect(inFile('labels.1.label')).toBe('34 columns.1.label: wrong');
    expect(inFile('parameters.2.defaults.1')).toBe('24 parameters.2.defaults.1: wrong');
    expect(inFile('parameters.1.defaults.0')).toBe('17 parameters.1.defaults.0: wrong');
    expect(inFile('key')).toBe('2 key: wrong');
    expect(inFile('sql', 'line 2, column 8: unknown')).toBe('38 sql: line 38, column 8: unknown');
    expect(inFile('sql', 'the parameter x is declared and not used')).toBe(
      '37 sql: the parameter x is declared and not used',
    );
  });
});

describe('of YAML a head has', () => {
  it.each([
    ['no aliases', ['title: &a Sprzedaż', 'database: *a'], ['2 title YAML_ALIAS', '3 database YAML_ALIAS']],
    [
      'no aliases that grow',
      ['a: &a [x, x]', 'b: &b [*a, *a]', 'c: [*b, *b]'],
      ['2 a YAML_ALIAS', '3 b YAML_ALIAS', '4 c.0 YAML_ALIAS', '4 c.1 YAML_ALIAS'],
    ],
    ['no anchors on names', ['&a title: Sprzedaż'], ['2  YAML']],
    ['no tags', ['title: !!str Sprzedaż', 'roles: !!set {A, B}'], ['2 title YAML_TAG', '3 roles YAML_TAG']],
    ['no tags of JavaScript', ['title: !!js/function "x"'], ['2 title YAML_TAG']],
    ['no merging', ['<<: { title: a }', 'database: ERP'], ['2 title REQUIRED', '2 << UNKNOWN']],
    ['no name twice', ['title: a', 'database: ERP', 'title: b'], ['4  YAML']],
    ['no directives', ['%YAML 1.1', '---', ...plainHead], ['2  YAML']],
    ['one document', [...plainHead, '---', 'title: b'], ['4  YAML']],
    ['no lists as names', ['? [a]', ': b'], ['2  YAML']],
    ['no tabs', ['title: a', '\tdatabase: ERP'], ['3  YAML']],
    ['brackets that end', ['title: [a'], ['2  YAML']],
    ['quotes that end', ['title: "a', 'database: ERP'], ['3  YAML']],
    ['no empty values', ['title:', 'database: ~', 'company: null'], ['2 title', '3 database', '4 company']],
    ['names at all', ['Sprzedaż'], ['2  FORM']],
    ['a list nowhere above', ['- title: a'], ['2  FORM']],
    ['something in it', ['# nothing'], ['2  YAML']],
    ['no prototypes', [...plainHead, '__proto__: { title: a }'], ['4 __proto__ UNKNOWN']],
    ['nothing unknown within', ['constructor: a', ...plainHead], ['2 constructor UNKNOWN']],
  ])('%s', (_, head, faults) => {
    const told = faultsIn(reportFile(head)).map((fault) => fault.replace(' YAML_NOTHING', ''));
    expect(told.slice(0, faults.length)).toEqual(faults);
  });

  it.each([
    ['lists', '['],
    ['maps', '{a: '],
    ['dashes', '- '],
    ['questions', '? '],
    ['maps of lists', '{a: ['],
  ])('no %s in each other without end', (_, piece) => {
    for (const count of [20, 10_000])
      expect(faultsIn(reportFile([`title: a`, `roles:`, `  ${piece.repeat(count)}`]))).toContainEqual(
        expect.stringMatching(/YAML/),
      );
    expect(faultsIn(reportFile([piece.repeat(10_000)]))).toContainEqual(
      expect.stringMatching(/YAML_TOO_DEEP/),
    );
  });

  it('texts that other readers take for something else', () => {
    const words = [
      'yes',
      'off',
      'Null!',
      '1_000',
      '0x1F',
      '12:30:45',
      '1e3',
      '.inf',
      '2026-01-31',
      '007',
      '+1',
    ];
    const { roles } = reportIn(reportFile([...plainHead, 'roles:', ...words.map((word) => `  - ${word}`)]));
    expect(roles).toEqual(words);
  });
});
