import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InputRejected } from '../../../src/errors.ts';
import { bindReportSql } from '../../../src/reports/sql-reports/sql-text/bind.ts';
import type { SqlParameter } from '../../../src/reports/sql-reports/sql-text/parameters.ts';
import type { SqlEngine } from '../../../src/reports/sql-reports/sql-text/tokens.ts';

const one = (name: string): SqlParameter => ({ name, multiple: false });
const several = (name: string): SqlParameter => ({ name, multiple: true });

type Values = Readonly<Record<string, readonly (string | null)[]>>;

function bind(engine: SqlEngine, text: string, parameters: readonly SqlParameter[], values: Values) {
  return bindReportSql(text, engine, parameters, new Map(Object.entries(values)));
}

describe('for SQL Server', () => {
  it('leaves single parameters as they are and binds each once', () => {
    const text = 'SELECT @a WHERE @b = @a';
    expect(bind('SQL_SERVER', text, [one('a'), one('b')], { a: ['1'], b: [null] })).toEqual({
      text,
      places: [
        { bound: 'a', name: 'a', place: 0 },
        { bound: 'b', name: 'b', place: 0 },
      ],
    });
  });

  it('pads lists with their last value', () => {
    const { text, places } = bind('SQL_SERVER', 'SELECT 1 WHERE 1 IN (@k)', [several('k')], {
      k: ['a', 'b'],
    });
    expect(text).toBe('SELECT 1 WHERE 1 IN (@k_0, @k_1, @k_2, @k_3, @k_4, @k_5, @k_6, @k_7)');
    expect(places.map(({ place }) => place)).toEqual([0, 1, 1, 1, 1, 1, 1, 1]);
    expect(places[7]).toEqual({ bound: 'k_7', name: 'k', place: 1 });
  });

  it('asks nothing of a list without values, typed by the parameter', () => {
    const text = 'SELECT 1 WHERE 1 NOT IN (@k) OR 1 IN (@k)';
    expect(bind('SQL_SERVER', text, [several('k')], { k: [] })).toEqual({
      text: 'SELECT 1 WHERE 1 NOT IN (SELECT @k_0 WHERE 1 = 0) OR 1 IN (SELECT @k_0 WHERE 1 = 0)',
      places: [{ bound: 'k_0', name: 'k', place: 0 }],
    });
  });
});

describe('for PostgreSQL', () => {
  it('numbers parameters by their first use', () => {
    const text = 'SELECT :b::int, :a WHERE :b = 1';
    expect(bind('POSTGRESQL', text, [one('a'), one('b')], { a: ['1'], b: ['2'] })).toEqual({
      text: 'SELECT $1::int, $2 WHERE $1 = 1',
      places: [
        { bound: '$1', name: 'b', place: 0 },
        { bound: '$2', name: 'a', place: 0 },
      ],
    });
  });

  it('numbers the values of lists among the others, once for both of two uses', () => {
    const text = 'SELECT :a WHERE 1 IN (:k) OR 2 IN (:k) OR :b';
    const { text: bound, places } = bind('POSTGRESQL', text, [one('a'), one('b'), several('k')], {
      a: ['1'],
      b: ['2'],
      k: ['x'],
    });
    expect(bound).toBe('SELECT $1 WHERE 1 IN ($2) OR 2 IN ($2) OR $3');
    expect(places.map(({ name }) => name)).toEqual(['a', 'k', 'b']);
  });

  it('compares with an empty array where a list has no values', () => {
    const text = 'SELECT 1 WHERE 1 NOT IN (:k) OR 1 in ( :k ) OR :a';
    expect(bind('POSTGRESQL', text, [several('k'), one('a')], { k: [], a: ['x'] })).toEqual({
      text: "SELECT 1 WHERE 1 <> ALL ('{}') OR 1 = ANY ('{}') OR $1",
      places: [{ bound: '$1', name: 'a', place: 0 }],
    });
  });

  it('tells slices, casts and arrays from parameters', () => {
    const text = 'SELECT a[1:k], a[:k], a[k:], b::k, ARRAY[:k], ARRAY[[1], [:k]], a[(:k)]';
    expect(bind('POSTGRESQL', text, [one('k')], { k: ['1'] }).text).toBe(
      'SELECT a[1:k], a[:k], a[k:], b::k, ARRAY[$1], ARRAY[[1], [$1]], a[($1)]',
    );
  });
});

describe('in both', () => {
  const engines = fc.constantFrom<SqlEngine>('SQL_SERVER', 'POSTGRESQL');

  it.each([
    ['a', []],
    ['several', [null, null]],
  ])('binds null where %s has no value', (name, given) => {
    const parameter = name === 'a' ? one(name) : several(name);
    const { places } = bind('SQL_SERVER', `SELECT 1 WHERE 1 IN (@${name})`, [parameter], { [name]: given });
    expect(places.map(({ place }) => given[place] ?? null)).toEqual([null]);
  });

  it('leaves out NULL among the values of a list, which is in no list', () => {
    const { places } = bind('SQL_SERVER', 'SELECT 1 WHERE 1 IN (@k)', [several('k')], {
      k: [null, 'a', null],
    });
    expect(places).toEqual([{ bound: 'k_0', name: 'k', place: 1 }]);
  });

  it.each([
    [1, 1],
    [2, 8],
    [8, 8],
    [9, 32],
    [33, 128],
    [129, 512],
    [512, 512],
  ])('gives a list of %i values %i places', (count, places) => {
    const values = { k: Array.from({ length: count }, (_, at) => String(at)) };
    expect(bind('POSTGRESQL', 'SELECT 1 WHERE 1 IN (:k)', [several('k')], values).places).toHaveLength(
      places,
    );
  });

  it.each([
    [
      'TOO_MANY_VALUES',
      'SELECT 1 WHERE 1 IN (@k)',
      [several('k')],
      { k: Array.from({ length: 513 }, () => 'x') },
    ],
    ['ONE_VALUE', 'SELECT @k', [one('k')], { k: ['a', 'b'] }],
    ['PARAMETER_UNDECLARED', 'SELECT @k', [], {}],
    ['SQL_SYNTAX', "SELECT @k, '", [one('k')], { k: ['a'] }],
  ])('refuses with %s what cannot be bound', (code, text, parameters, values) => {
    expect(() => bind('SQL_SERVER', text, parameters, values)).toThrow(
      expect.objectContaining({
        problems: expect.arrayContaining([expect.objectContaining({ code })]) as unknown,
      }),
    );
    expect(() => bind('SQL_SERVER', text, parameters, values)).toThrow(InputRejected);
  });

  /** What holds no parameter, though it may look so. */
  const inert = fc.oneof(
    fc
      .string({ unit: fc.constantFrom('@', ':', 'a', 'k', '"', ' ', '-', '*', '\n', '[', '$') })
      .map((text) => `'${text}'`),
    fc.string({ unit: fc.constantFrom('@', ':', 'a', 'k', "'", ' ', '*', '-') }).map((text) => `--${text}\n`),
    fc
      .string({ unit: fc.constantFrom('@', ':', 'a', 'k', "'", '"', ' ', '\n') })
      .map((text) => `/*${text}/*@k :k*/*/`),
    fc.string({ unit: fc.constantFrom('@', ':', 'a', 'k', "'", ' ', '-', '*') }).map((text) => `"x${text}"`),
    fc.constantFrom('SELECT', ',', '(', ')', '=', 'a', '1', ' ', '\n', 'e.k'),
  );
  const marks = { SQL_SERVER: ['@k', '@k'], POSTGRESQL: [':k', '$1'] } as const;

  it('changes nothing but the tokens of parameters', () => {
    fc.assert(
      fc.property(
        engines,
        fc.array(fc.oneof(inert, fc.constant(null)), { maxLength: 30 }),
        (engine, parts) => {
          const [written, bound] = marks[engine];
          const join = (mark: string): string => parts.map((part) => part ?? mark).join(' , ');
          expect(bind(engine, join(written), [one('k')], { k: ['1'] }).text).toBe(join(bound));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('fills lists where they stand and nowhere else', () => {
    fc.assert(
      fc.property(
        engines,
        fc.array(fc.oneof(inert, fc.constant(null)), { maxLength: 30 }),
        fc.integer({ min: 1, max: 8 }),
        (engine, parts, count) => {
          const [written] = marks[engine];
          const values = { k: Array.from({ length: count }, (_, at) => `:k @k '${at}`) };
          const list = Array.from({ length: count === 1 ? 1 : 8 }, (_, at) =>
            engine === 'SQL_SERVER' ? `@k_${at}` : `$${at + 1}`,
          );
          const join = (content: string): string =>
            parts.map((part) => part ?? `IN (${content})`).join(' , ');
          expect(bind(engine, join(written), [several('k')], values).text).toBe(join(list.join(', ')));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never lets a value into the text', () => {
    fc.assert(
      fc.property(engines, fc.array(fc.string(), { minLength: 1, maxLength: 20 }), (engine, given) => {
        const [written] = marks[engine];
        const bound = (values: readonly string[]): string =>
          bind(engine, `SELECT 1 IN (${written})`, [several('k')], { k: values }).text;
        expect(bound(given)).toBe(bound(given.map(() => 'x')));
      }),
    );
  });
});
