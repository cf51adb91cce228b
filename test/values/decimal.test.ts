import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addAmounts,
  compareAmounts,
  compareDecimals,
  plainDecimal,
  subtractAmount,
} from '../../src/values/decimal.ts';

const tenThousandths = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });

/** Written the long way round: sign, whole part, four places. */
function written(value: bigint): string {
  const size = value < 0n ? -value : value;
  return `${value < 0n ? '-' : ''}${size / 10_000n}.${String(size % 10_000n).padStart(4, '0')}`;
}

it('adds and subtracts as whole numbers of ten-thousandths do', () => {
  fc.assert(
    fc.property(tenThousandths, tenThousandths, (left, right) => {
      expect(addAmounts([written(left), written(right)])).toBe(written(left + right));
      expect(subtractAmount(written(left), written(right))).toBe(written(left - right));
      expect(compareAmounts(written(left), written(right))).toBe(left === right ? 0 : left < right ? -1 : 1);
    }),
  );
});

it('sums ten thousand times 0.0001 to 1.0000', () => {
  expect(addAmounts(Array.from({ length: 10_000 }, () => '0.0001'))).toBe('1.0000');
});

it('keeps the greatest amount of the contract', () => {
  expect(addAmounts(['99999999999.9999', '0.0001'])).toBe('100000000000.0000');
});

it('reads fewer places than four', () => {
  expect(addAmounts(['1', '0.5'])).toBe('1.5000');
});

it.each(['', '1,5', '1.00001', 'NaN', '1e3', ' 1'])('refuses %j', (text) => {
  expect(() => addAmounts([text])).toThrow(RangeError);
});

describe('numbers of any precision', () => {
  const someDecimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }))
    .map(([digits, places]) => {
      const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
      const whole = text.slice(0, text.length - places);
      const sign = digits < 0n ? '-' : '';
      return {
        text: `${sign}${whole}${places > 0 ? `.${text.slice(-places)}` : ''}`,
        scaled: digits * 10n ** BigInt(6 - places),
      };
    });

  it('compare as they do when brought to the same places', () => {
    fc.assert(
      fc.property(someDecimal, someDecimal, (left, right) => {
        const expected = left.scaled === right.scaled ? 0 : left.scaled < right.scaled ? -1 : 1;
        expect(compareDecimals(left.text, right.text)).toBe(expected);
      }),
    );
  });

  it.each([
    ['007.10', '7.10'],
    ['-0.00', '0.00'],
    ['-000', '0'],
    ['0.5', '0.5'],
    ['-00.5', '-0.5'],
    ['100', '100'],
  ])('%s is written as %s', (given, plain) => {
    expect(plainDecimal(given)).toBe(plain);
  });
});
