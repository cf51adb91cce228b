import { describe, expect, it } from '@jest/globals';
import { UsageFault } from '../../bench/options.ts';
import { readSoakOptions, runSoak, type SoakCheck } from '../../bench/soak-harness.ts';
import { Workplace } from '../../bench/workplace.ts';

const check = (name: string, run: SoakCheck['run']): SoakCheck => ({
  name,
  what: `what ${name} promises`,
  unit: 'kills',
  count: 100,
  run,
});

const passing = (name: string, counts: number[] = []) =>
  check(name, (count) => {
    counts.push(count);
    return Promise.resolve({ passed: true, found: 'nothing lost' });
  });

const failing = check('lossy', () => Promise.resolve({ passed: false, found: '1 write lost' }));
const breaking = check('broken', () => Promise.reject(new Error('no service')));

const soak = (checks: readonly SoakCheck[], ...args: string[]) =>
  runSoak(checks, readSoakOptions(checks, args), new Workplace());

describe('soak', () => {
  it('runs every check with its own count when none is named', async () => {
    const counts: number[] = [];
    const { text, passed } = await soak([passing('kill', counts), passing('stop', counts)]);
    expect(counts).toEqual([100, 100]);
    expect(passed).toBe(true);
    expect(text).toMatch(/kill +100 kills +\d+\.\d +passed +nothing lost/);
  });

  it('runs what is named, as often as asked', async () => {
    const counts: number[] = [];
    await soak([passing('kill', counts), failing], 'kill', '--count', '3');
    expect(counts).toEqual([3]);
  });

  it('goes on after a failure, shows it, and has not passed', async () => {
    const { text, passed } = await soak([failing, breaking, passing('kill')]);
    expect(passed).toBe(false);
    expect(text).toMatch(/lossy .* FAILED +1 write lost/);
    expect(text).toMatch(/broken .* FAILED +no service/);
    expect(text).toMatch(/kill .* passed +nothing lost/);
  });

  it('only lists when asked to', async () => {
    const { text } = await soak([breaking], '--list');
    expect(text).toBe('  broken (100 kills): what broken promises');
  });

  it('has not passed when there was nothing to check', async () => {
    expect(await soak([])).toEqual({ passed: false, text: 'there are no checks' });
  });

  it.each([[['shake']], [['--counts', '3']], [['--count', '0']], [['--count', 'x']]])(
    'refuses %j',
    (args) => {
      expect(() => readSoakOptions([failing], args)).toThrow(UsageFault);
    },
  );
});
