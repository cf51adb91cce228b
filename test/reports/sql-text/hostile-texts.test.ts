import { describe, expect, it } from '@jest/globals';
import { checkReportSql } from '../../../src/reports/sql-reports/sql-text/check.ts';
import { hostileSql } from '../../arrange/hostile-sql.ts';

const readable = new Set(['client', 'note']);

describe.each(['SQL_SERVER', 'POSTGRESQL'] as const)('for %s', (engine) => {
  const rows = hostileSql.filter((row) => row.engine === engine);

  it.each(rows)('refuses $name with $code', ({ text, code, parameters }) => {
    const tables = engine === 'POSTGRESQL' ? readable : undefined;
    const problems = checkReportSql(text, {
      engine,
      parameters,
      ...(tables === undefined ? {} : { tables }),
    });
    expect(problems.map((problem) => problem.code)).toContain(code);
    expect(problems.every(({ path, message }) => path === 'sql' && message.length > 10)).toBe(true);
  });
});

it('knows at least ninety hostile texts', () => {
  expect(new Set(hostileSql.map(({ engine, text }) => engine + text)).size).toBeGreaterThanOrEqual(90);
});

it('refuses every hostile text also as a derived table and behind a common table', () => {
  const queries = ['a query in brackets', 'VALUES'];
  const taken = hostileSql
    .filter(({ name, code }) => !code.startsWith('PARAMETER_') && !queries.includes(name))
    .flatMap((row) =>
      [`SELECT * FROM (${row.text}\n) AS q`, `WITH q AS (${row.text}\n) SELECT * FROM q`].map((text) => ({
        ...row,
        text,
      })),
    )
    .filter(
      ({ text, engine, parameters }) =>
        checkReportSql(text, { engine, parameters, tables: readable }).length === 0,
    );
  expect(taken.map(({ name }) => name)).toEqual([]);
});

it('tells everything that is wrong at once, each with its place', () => {
  const problems = checkReportSql('SELECT pg_sleep(:a),\n  current_user\nINTO x FROM api_key;\nSELECT 1', {
    engine: 'POSTGRESQL',
    parameters: [{ name: 'b', multiple: false }],
    tables: readable,
  });
  expect(problems.map(({ code, message }) => `${code} ${message.split(': ')[0]}`).sort()).toEqual([
    'FORBIDDEN_FUNCTION line 1, column 8',
    'FORBIDDEN_FUNCTION line 2, column 3',
    'NOT_ONE_STATEMENT line 3, column 20',
    'NOT_ONE_STATEMENT line 4, column 1',
    'PARAMETER_UNDECLARED line 1, column 17',
    'PARAMETER_UNUSED the parameter b is declared and not used',
    'SELECT_INTO line 3, column 1',
  ]);
});
