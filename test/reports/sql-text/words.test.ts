import { describe, expect, it } from '@jest/globals';
import { checkReportSql } from '../../../src/reports/sql-reports/sql-text/check.ts';
import { dialectOf } from '../../../src/reports/sql-reports/sql-text/dialect.ts';
import type { SqlEngine } from '../../../src/reports/sql-reports/sql-text/tokens.ts';

const passes = (engine: SqlEngine, text: string): boolean =>
  checkReportSql(text, { engine, parameters: [] }).length === 0;

/** Functions that are written in forms of their own. */
const forms: Readonly<Record<string, string>> = {
  CAST: 'CAST(a AS int)',
  TRY_CAST: 'TRY_CAST(a AS int)',
  CONVERT: 'CONVERT(int, a)',
  TRY_CONVERT: 'TRY_CONVERT(int, a)',
  EXTRACT: 'EXTRACT(year FROM a)',
  POSITION: "POSITION('a' IN b)",
};

function callsOf(name: string): string[] {
  const own = forms[name];
  if (own !== undefined) return [own];
  return ['a', 'a, b', 'a, b, c', '', 'day, a', 'day, 1, a'].map((values) => `${name}(${values})`);
}

describe.each(['SQL_SERVER', 'POSTGRESQL'] as const)('for %s', (engine) => {
  const dialect = dialectOf(engine);

  it.each([...dialect.functions.allowed])('takes %s as a call, and never in quotes', (name) => {
    const calls = callsOf(name).flatMap((call) => [
      `SELECT ${call} AS x FROM t`,
      `SELECT x.a FROM ${call} AS x`,
    ]);
    expect(calls.filter((text) => passes(engine, text))).not.toEqual([]);
    expect(passes(engine, `SELECT "${name}"(a) AS x FROM t`)).toBe(false);
    expect(passes(engine, `SELECT sys.${name}(a) AS x FROM t`)).toBe(false);
  });

  it.each([...dialect.types])('takes the type %s', (type) => {
    const written = type === 'DOUBLE' ? 'double precision' : type;
    expect(passes(engine, `SELECT CAST(a AS ${written}) AS x FROM t`)).toBe(true);
  });

  it.each([...dialect.refused.keys()])(
    'refuses the word %s wherever it stands, but not in quotes',
    (word) => {
      for (const text of [
        `SELECT ${word} FROM t`,
        `SELECT a AS ${word} FROM t`,
        `SELECT 1 ${word}`,
        `SELECT a.${word} FROM a`,
      ])
        expect(passes(engine, text)).toBe(false);
      expect(passes(engine, `SELECT a."${word}", '${word}' AS b FROM a`)).toBe(true);
    },
  );

  it('has no word in two lists', () => {
    const all = [...dialect.syntax, ...dialect.either, ...dialect.refused.keys()];
    expect(all.filter((word, at) => all.indexOf(word) !== at)).toEqual([]);
  });
});
