import { describe, expect, it } from '@jest/globals';
import { readBenchOptions, UsageFault } from '../../bench/options.ts';

describe('options of the bench', () => {
  it('measures all but what takes long when nothing is named, with less', () => {
    const options = readBenchOptions([]);
    expect(options).toMatchObject({
      sides: ['service', 'limit', 'postgraphile', 'mercurius', 'first-stage'],
      rounds: 5,
      seconds: 3,
      connections: 32,
      json: false,
      clients: [10_000, 100_000, 1_000_000],
      named: false,
    });
    expect(options.measures).toEqual(
      expect.arrayContaining(['start', 'memory', 'card', 'list', 'flat', 'search', 'export']),
    );
    expect(options.measures).not.toEqual(expect.arrayContaining(['growth']));
    expect(options.measures).not.toEqual(expect.arrayContaining(['erp']));
  });

  it('sets the service beside whom it is told, each once and in their own order', () => {
    expect(readBenchOptions(['card', '--sides', 'ordinary,limit,limit']).sides).toEqual([
      'service',
      'limit',
      'ordinary',
    ]);
  });

  it('measures what is named, once, with what is asked for', () => {
    const args = ['list', 'card', 'list', '--rounds', '7', '--seconds', '1', '--connections', '64', '--json'];
    expect(readBenchOptions(args)).toEqual({
      measures: ['card', 'list'],
      sides: ['service', 'limit', 'postgraphile', 'mercurius', 'first-stage'],
      rounds: 7,
      seconds: 1,
      connections: 64,
      json: true,
      clients: [10_000, 100_000, 1_000_000],
      named: true,
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
    [['card', '--sides', 'hasura'], /--sides knows no hasura, but service, limit/],
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
