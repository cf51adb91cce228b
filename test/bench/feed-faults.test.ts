import { expect, it } from '@jest/globals';
import { feedFaults, type MetBy, type MetChange } from '../../bench/feed-faults.ts';

const met = (...changes: readonly string[]): MetChange[] =>
  changes.map((change, index) => ({ change, recordType: 'NOTE', position: String(index + 1) }));
const everything = (changes: MetChange[]): MetBy => ({ recordTypes: null, met: changes });
const committed = new Set(['a:1', 'a:2', 'b:1']);
const whole = everything(met('a:1', 'b:1', 'a:2'));

it('finds nothing where everybody met everything once and in one order', () => {
  expect(feedFaults(committed, [whole, whole, { recordTypes: ['CLIENT'], met: [] }])).toEqual([]);
});

it.each([
  ['skipped', 'b:1 was skipped', [everything(met('a:1', 'a:2'))]],
  ['invented', 'c:1 was never committed', [everything(met('a:1', 'b:1', 'a:2', 'c:1'))]],
  ['repeated', 'b:1 came twice', [everything(met('a:1', 'b:1', 'a:2', 'b:1'))]],
  ['turned round', 'a:2 came after version 0', [everything(met('a:2', 'a:1', 'b:1'))]],
  [
    'in another order',
    'readers of all did not meet the same changes in the same order',
    [whole, everything(met('b:1', 'a:1', 'a:2'))],
  ],
  [
    'missed by those who read one type',
    'readers of NOTE did not meet the same changes in the same order',
    [whole, { recordTypes: ['NOTE'], met: met('a:1', 'b:1') }],
  ],
  [
    'out of their positions',
    'b:1 came at a position before the last one',
    [
      everything(
        met('a:1', 'b:1', 'a:2').map((one) => (one.change === 'a:1' ? { ...one, position: '10' } : one)),
      ),
    ],
  ],
] as const)('finds changes that were %s', (_what, fault, readers) => {
  expect(feedFaults(committed, readers)).toContain(fault);
});
