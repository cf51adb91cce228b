import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addAmounts, compareAmounts, subtractAmount } from '../../src/values/decimal.ts';

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
