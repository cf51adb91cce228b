import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateText, momentOf, timeText } from '../../src/sandbox-erp/wire/calendar.ts';
import { parseDeclarations } from '../../src/sandbox-erp/wire/declarations.ts';
import { decimalText, realText, unscaled } from '../../src/sandbox-erp/wire/numbers.ts';

const FIRST_DAY = Date.parse('0001-01-01T00:00:00Z');
const LAST_DAY = Date.parse('9999-12-31T00:00:00Z');
const MILLISECONDS_OF_DAY = 86_400_000;

describe('days', () => {
  it('agree with the Gregorian calendar from the year 1 to 9999', () => {
    const days = (LAST_DAY - FIRST_DAY) / MILLISECONDS_OF_DAY;
    for (let day = 0; day <= days; day += day % 365 === 0 ? 1 : 13) {
      const text = new Date(FIRST_DAY + day * MILLISECONDS_OF_DAY).toISOString().slice(0, 10);
      if (momentOf(text).days !== day || dateText(day) !== text) throw new Error(`${text} is not day ${day}`);
    }
    expect(momentOf('9999-12-31').days).toBe(days);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '0000-01-01',
    '24-01-01',
    '',
  ])('%s is refused', (text) => {
    expect(() => momentOf(text)).toThrow('is not a day of the calendar');
  });

  it('keep every tick of their time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 863_999_999_999 }), (ticks) => {
        expect(momentOf(`2024-02-29 ${timeText(ticks, 7)}`)).toEqual({ days: 738_944, ticks });
      }),
    );
  });
});

describe('decimals', () => {
  it('of any precision and scale come back digit by digit', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }),
        fc.integer({ min: 0, max: 38 }),
        (value, scale) => {
          expect(unscaled(decimalText(value, scale), scale)).toBe(value);
        },
      ),
    );
  });

  it.each([
    ['-0.5', 4, -5000n],
    ['.5', 1, 5n],
    ['5.', 1, 50n],
    ['+7', 0, 7n],
    ['1.5000', 1, 15n],
  ])('%s at scale %i is %s', (text, scale, expected) => {
    expect(unscaled(text, scale)).toBe(expected);
  });

  it.each(['', '.', '-', '1,5', '1e3', 'NaN', '1.25'])('%s is refused at scale 1', (text) => {
    expect(() => unscaled(text, 1)).toThrow();
  });

  it('of single precision are shown in as few digits as tell them apart', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Math.fround(Number(realText(value)))).toBe(value === 0 ? 0 : value);
      }),
    );
    expect(realText(Math.fround(0.1))).toBe('0.1');
  });
});

describe('declarations', () => {
  it('are read with their facets and the defaults of SQL Server', () => {
    const text =
      '@a int, @b AS [decimal](19, 4),@c nvarchar(max) , @d numeric, @e datetime2, @f varchar, @g float(24), @łąka_1 time(0)';

    expect(parseDeclarations(text)).toEqual([
      { name: '@a', type: { name: 'int' } },
      { name: '@b', type: { name: 'decimal', precision: 19, scale: 4 } },
      { name: '@c', type: { name: 'nvarchar', length: -1 } },
      { name: '@d', type: { name: 'decimal', precision: 18, scale: 0 } },
      { name: '@e', type: { name: 'datetime2', scale: 7 } },
      { name: '@f', type: { name: 'varchar', length: 1 } },
      { name: '@g', type: { name: 'real' } },
      { name: '@łąka_1', type: { name: 'time', scale: 0 } },
    ]);
  });

  it.each(['@a', '@a int,', '@a int @b int', 'a int', '@a int = 5'])('"%s" is refused', (text) => {
    expect(() => parseDeclarations(text)).toThrow('Incorrect syntax');
  });
});
