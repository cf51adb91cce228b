import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkReportSql } from '../../../src/reports/sql-reports/sql-text/check.ts';
import { hostileSql } from '../../arrange/hostile-sql.ts';
import { honestSql } from '../../arrange/honest-sql.ts';

const codes = (text: string): string[] =>
  checkReportSql(text, { engine: 'POSTGRESQL', parameters: [] }).map(({ code }) => code);

it.each([
  ['a text of fifty thousand characters and one', `SELECT ${'1'.repeat(49_994)}`, 'TOO_LONG'],
  ['a hundred brackets in each other', `SELECT ${'('.repeat(100)}1${')'.repeat(100)}`, 'TOO_DEEP'],
  [
    'more brackets in each other than the parser takes',
    `SELECT ${'('.repeat(50)}1${')'.repeat(50)}`,
    'SQL_SYNTAX',
  ],
  ['ten thousand signs in a row', `SELECT ${'- '.repeat(10_000)}1`, 'SQL_SYNTAX'],
  ['ten thousand unions', `SELECT 1${' UNION SELECT 1'.repeat(3_000)}`, 'SQL_SYNTAX'],
])('refuses %s', (_, text, code) => {
  expect(codes(text)).toEqual([code]);
});

it('tells fifty problems at most', () => {
  expect(codes('；'.repeat(40_000)).length).toBeLessThanOrEqual(60);
  expect(codes(`SELECT ${'$a$ '.repeat(12_000)}`).length).toBeLessThanOrEqual(60);
  expect(codes(`SELECT ${'pg_sleep(1), '.repeat(3_000)}1`).length).toBeLessThanOrEqual(60);
});

it('answers to any text, and takes none that is not a SELECT', () => {
  const pieces = [...hostileSql, ...honestSql].flatMap(({ text }) => text.split(/(?<=\W)|(?=\W)/u));
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 40 }),
      fc.constantFrom('SQL_SERVER', 'POSTGRESQL'),
      (parts, engine) => {
        const text = parts.join('');
        const problems = checkReportSql(text, { engine, parameters: [] });
        if (problems.length === 0) expect(text).toMatch(/^(?:\s|--.*\n|\/\*[^]*\*\/)*(?:SELECT|WITH)/iu);
      },
    ),
    { numRuns: 500 },
  );
});
