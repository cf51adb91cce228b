import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkReportSql } from '../../../src/reports/sql-reports/sql-text/check.ts';
import type { ReportSqlRules } from '../../../src/reports/sql-reports/sql-text/check.ts';
import { honestSql } from '../../arrange/honest-sql.ts';

const codes = (text: string, rules: Omit<ReportSqlRules, 'parameters'>): string[] =>
  checkReportSql(text, { parameters: [], ...rules }).map(({ code }) => code);

describe.each(['SQL_SERVER', 'POSTGRESQL'] as const)('for %s', (engine) => {
  it.each(honestSql.filter((row) => row.engine === engine))('takes $name', ({ text, parameters }) => {
    expect(checkReportSql(text, { engine, parameters })).toEqual([]);
  });
});

it('knows at least forty honest reports', () => {
  expect(honestSql.length).toBeGreaterThanOrEqual(40);
});

it('takes the same report with blanks, line ends and comments between its words', () => {
  const between = fc.constantFrom(' ', '\n', '\r\n\t', ' /* ; */ ', " -- '\n", ' /* a /* b */ */ ');
  fc.assert(
    fc.property(fc.constantFrom(...honestSql), between, ({ text, engine, parameters }, blank) => {
      const isPlain = !/['"[]|--|\/\*/u.test(text);
      const written = isPlain ? text.replace(/\s+/gu, blank) : blank + text + blank;
      expect(checkReportSql(written, { engine, parameters })).toEqual([]);
    }),
  );
});

describe('what may be permitted', () => {
  it('takes another database that is named as permitted, in any case', () => {
    const text = 'SELECT p.Kwota, Kadry.dbo.Place.Id FROM [KADRY].dbo.Place CROSS JOIN Kadry..Etaty AS p';
    expect(codes(text, { engine: 'SQL_SERVER', databases: ['Kadry'] })).toEqual([]);
    expect(codes(text, { engine: 'SQL_SERVER', databases: ['Sklep'] })).toContain('OTHER_DATABASE');
  });

  it('takes no other server, even one named like a permitted database', () => {
    expect(codes('SELECT * FROM Kadry.x.dbo.Place', { engine: 'SQL_SERVER', databases: ['Kadry'] })).toEqual([
      'OTHER_DATABASE',
    ]);
  });

  it("takes a function of the database's own that is permitted with its schema", () => {
    const text = 'SELECT [dbo].[F_Cena](1) AS cena, c.x FROM DBO.f_ceny(2) AS c';
    expect(codes(text, { engine: 'SQL_SERVER', functions: ['dbo.F_Cena', 'dbo.F_Ceny'] })).toEqual([]);
    expect(codes(text, { engine: 'SQL_SERVER', functions: ['dbo.F_Cena'] })).toEqual(['FORBIDDEN_FUNCTION']);
    expect(codes('SELECT F_Cena(1)', { engine: 'SQL_SERVER', functions: ['F_Cena'] })).toEqual([
      'FORBIDDEN_FUNCTION',
    ]);
  });

  it('takes tables on the list, by the name that is on it', () => {
    const tables = new Set(['client', 'crm.note', 'Deal']);
    const read = (from: string): string[] => codes(`SELECT 1 FROM ${from}`, { engine: 'POSTGRESQL', tables });
    for (const from of ['client', 'CLIENT', '"client"', 'crm.note', '"Deal"']) expect(read(from)).toEqual([]);
    for (const from of ['note', '"Client"', 'crm.client', 'deal'])
      expect(read(from)).toEqual(['TABLE_NOT_READABLE']);
  });

  it('takes a common table of any name where it is in scope', () => {
    const text = `WITH api_key AS (SELECT 1 AS a), b AS (SELECT a FROM api_key)
      SELECT * FROM b, api_key, (SELECT * FROM api_key) AS c UNION SELECT 1, 2, 3 FROM api_key`;
    expect(codes(text, { engine: 'POSTGRESQL', tables: new Set() })).toEqual([]);
  });
});
