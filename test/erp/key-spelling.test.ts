import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keySpelling, keyValue } from '../../src/erp/key-types.ts';
import type { SqlType } from '../../src/erp/statement.ts';

const whole: SqlType = { name: 'int' };
const big: SqlType = { name: 'bigint' };
const exact: SqlType = { name: 'decimal', precision: 10, scale: 2 };
const number: SqlType = { name: 'decimal', precision: 18, scale: 0 };
const filled: SqlType = { name: 'char', length: 10 };

describe('a key as somebody types it', () => {
  it.each([
    [whole, '007', '7'],
    [whole, ' +7 ', '7'],
    [whole, '-07', '-7'],
    [whole, '000', '0'],
    [big, '0009223372036854775807', '9223372036854775807'],
    [exact, '7', '7.00'],
    [exact, '07.5', '7.50'],
    [exact, '7.5000', '7.50'],
    [exact, '0.5', '0.50'],
    [number, '0012.0', '12'],
    [filled, 'AB   ', 'AB'],
  ])('for %j, %j, is %s', (type, typed, expected) => {
    expect(keySpelling(type, typed)).toBe(expected);
    expect(keyValue(type, expected)).not.toBeUndefined();
  });

  it.each([
    [whole, 'abc'],
    [whole, '7.0'],
    [whole, '1e3'],
    [whole, '2147483648'],
    [exact, '7.001'],
    [exact, '7,5'],
    [exact, '999999999'],
    [{ name: 'uniqueidentifier' } satisfies SqlType, '7'],
    [filled, ' 1234567890'],
  ])('for %j, %j, is none', (type, typed) => {
    expect(keyValue(type, keySpelling(type, typed))).toBeUndefined();
  });

  it('stays as it is where the ERP itself writes it so', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), (id) => {
        expect(keySpelling(whole, String(id))).toBe(String(id));
      }),
    );
  });
});
