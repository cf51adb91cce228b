import { describe, expect, it } from '@jest/globals';
import { quantile, ratioOf, spreadOf } from '../../bench/spreads.ts';

describe('spreads', () => {
  it('takes the middle round, and shows how far the others lie', () => {
    expect(spreadOf([30, 10, 100, 20, 25])).toEqual({ median: 25, min: 10, max: 100 });
  });

  it('takes the mean of the two middle ones of an even number', () => {
    expect(spreadOf([4, 1, 3, 2]).median).toBe(2.5);
  });

  it('reads a quantile between two values in proportion', () => {
    expect(quantile([0, 10, 20, 30, 40], 0.99)).toBeCloseTo(39.6);
  });

  it('refuses to make a figure of no rounds', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });

  it('takes the ratio within each round before the middle of them', () => {
    // The second round was slow for both: the ratio of the medians would be 100 / 150.
    expect(ratioOf([100, 10, 120], [200, 20, 150])).toEqual({ median: 0.5, min: 0.5, max: 0.8 });
  });

  it('refuses sides with different numbers of rounds', () => {
    expect(() => ratioOf([1, 2], [1])).toThrow(RangeError);
  });
});
