import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalPhone } from '../../src/values/phone.ts';
import { normalRegon, normalTaxId } from '../../src/values/tax-id.ts';

describe('a tax id', () => {
  it.each([
    ['5261040828', '5261040828'],
    ['526-104-08-28', '5261040828'],
    ['526 10 40 828', '5261040828'],
    ['PL5261040828', '5261040828'],
    ['pl 526-104-08-28', '5261040828'],
    ['526\u00a0104\u00a008\u00a028', '5261040828'],
    ['DE136695976', 'DE136695976'],
    ['de 136 695 976', 'DE136695976'],
    ['CZ25123891', 'CZ25123891'],
    ['EL094259216', 'EL094259216'],
    ['ATU13585627', 'ATU13585627'],
    ['CHE-107.787.577', 'CHE107787577'],
    ['CHE-107.787.577 MWST', 'CHE107787577'],
    ['CHE107787577TVA', 'CHE107787577'],
  ])('%s is kept as %s', (given, kept) => {
    expect(normalTaxId(given)).toBe(kept);
  });

  it.each([
    ['a wrong check digit', '5261040827'],
    ['nine digits', '526104082'],
    ['eleven digits', '52610408281'],
    ['a remainder of ten', '1234567890'],
    ['nothing', ''],
    ['only a prefix', 'PL'],
    ['letters', 'ABCDEFGHIJ'],
    ['a wrong check digit of Germany', 'DE136695970'],
    ['a wrong check digit of Switzerland', 'CHE107787578'],
    ['digits of another script', '٥٢٦١٠٤٠٨٢٨'],
    ['full-width digits', '５２６１０４０８２８'],
  ])('with %s is none', (_case, given) => {
    expect(normalTaxId(given)).toBeUndefined();
  });

  it('of Poland holds exactly when its check digit does', () => {
    const weights = [6, 5, 7, 2, 3, 4, 5, 6, 7];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 10 }), (digits) => {
        // Offices' own numbers have no zero among the first three.
        fc.pre(digits.slice(0, 3).every((digit) => digit !== 0));
        const remainder = weights.reduce((sum, weight, at) => sum + weight * (digits[at] ?? 0), 0) % 11;
        const text = digits.join('');
        expect(normalTaxId(text)).toBe(remainder === digits[9] ? text : undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('is kept in a form that is kept as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'PLDEU0123456789 -') }), (text) => {
        const kept = normalTaxId(text);
        if (kept !== undefined) expect(normalTaxId(kept)).toBe(kept);
      }),
    );
  });
});

describe('a REGON', () => {
  it.each([
    ['123456785', '123456785'],
    ['123-456-785', '123456785'],
    ['12345678512347', '12345678512347'],
    ['123456786', undefined],
    ['12345678512348', undefined],
    ['12345678', undefined],
    ['', undefined],
    ['PL123456785', undefined],
  ])('%s is kept as %s', (given, kept) => {
    expect(normalRegon(given)).toBe(kept);
  });
});

describe('a telephone number', () => {
  it.each([
    ['601 200 300', '+48601200300'],
    ['(22) 620-10-00', '+48226201000'],
    ['+48 22 620 10 00', '+48226201000'],
    ['0048226201000', '+48226201000'],
    ['+49 30 901820', '+4930901820'],
    ['+1 202 456 1111', '+12024561111'],
    ['12', undefined],
    ['', undefined],
    ['brak', undefined],
    ['+999 123 456 789', undefined],
    ['60120030012345678', undefined],
  ])('%s is kept as %s', (given, kept) => {
    expect(normalPhone(given)).toBe(kept);
  });
});
