import { describe, expect, it } from '@jest/globals';
import { processorMs, ticksIn } from '../../bench/processor-time.ts';

describe('processor time', () => {
  it('is user and system time, whatever the name of the program holds', () => {
    const stat = '4242 (node (v) 1 2) S 1 4242 4242 0 -1 4194560 100 200 3 4 1500 250 7 8 20 0 11 0 12345';
    expect(ticksIn(stat)).toBe(1_750);
  });

  it('refuses a form it does not know', () => {
    expect(() => ticksIn('4242 (node) S')).toThrow('another form');
  });

  it('is not told of a process that is not there', () => {
    expect(processorMs(2 ** 30)).toBeUndefined();
  });
});
