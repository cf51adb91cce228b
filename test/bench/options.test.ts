import { describe, expect, it } from '@jest/globals';
import { readBenchOptions, UsageFault } from '../../bench/options.ts';

describe('options of the bench', () => {
  it('measures all but the ledgers when nothing is named', () => {
    expect(readBenchOptions([])).toEqual({
      measures: ['start', 'card', 'list'],
      rounds: 5,
      seconds: 5,
      connections: 32,
      json: false,
      clients: [10_000, 100_000, 1_000_000],
    });
  });

  it('measures what is named, once, with what is asked for', () => {
    const args = ['list', 'card', 'list', '--rounds', '7', '--seconds', '1', '--connections', '64', '--json'];
    expect(readBenchOptions(args)).toEqual({
      measures: ['card', 'list'],
      rounds: 7,
      seconds: 1,
      connections: 64,
      json: true,
      clients: [10_000, 100_000, 1_000_000],
    });
  });

  it('grows as far as is asked', () => {
    expect(readBenchOptions(['growth', '--clients', '10000,20000'])).toMatchObject({
      measures: ['growth'],
      clients: [10_000, 20_000],
    });
  });

  it('measures the ledgers when they are named', () => {
    expect(readBenchOptions(['erp', 'start']).measures).toEqual(['start', 'erp']);
  });

  it.each([
    [['growth', '--clients', '20000,10000'], /growing numbers/],
    [['growth', '--clients', '9999'], /at least 10000/],
    [['growth', '--clients', 'many'], /--clients takes a whole number/],
    [['cards'], /there is no measure cards/],
    [['card', 'toast', 'list'], /there is no measure toast/],
    [['--round', '3'], /--round/],
    [['--rounds', '0'], /--rounds takes a whole number from 1 to 100, not "0"/],
    [['--rounds', '-1'], /--rounds/],
    [['--seconds', '1.5'], /--seconds takes a whole number from 1 to 600, not "1.5"/],
    [['--connections', 'many'], /--connections takes a whole number from 1 to 1000, not "many"/],
    [['--connections', '1001'], /--connections/],
    [['--json=yes'], /--json/],
  ])('refuses %j and says why', (args, reason) => {
    expect(() => readBenchOptions(args)).toThrow(UsageFault);
    expect(() => readBenchOptions(args)).toThrow(reason);
  });
});
