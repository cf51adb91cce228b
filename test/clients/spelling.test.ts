import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { variantsTwoAway, wordsMeant } from '../../src/clients/spelling.ts';

const letter = fc.constantFrom(...'abcdefgkiowz');
const word = fc.string({ unit: letter, minLength: 8, maxLength: 12 });
/** What the database keeps for a known word. */
const kept = (known: string): Set<string> =>
  new Set([known, ...Array.from(known, (_, place) => known.slice(0, place) + known.slice(place + 1))]);

type Edit = (text: string, place: number, by: string) => string;
const edits: readonly Edit[] = [
  (text, place) => text.slice(0, place) + text.slice(place + 1),
  (text, place, by) => text.slice(0, place) + by + text.slice(place),
  (text, place, by) => text.slice(0, place) + by + text.slice(place + 1),
  (text, place) =>
    text.slice(0, place) +
    text
      .slice(place, place + 2)
      .split('')
      .reverse()
      .join('') +
    text.slice(place + 2),
];

describe('words two mistakes away', () => {
  it('have a variant in common with what is looked up for them, whichever the mistakes are', () => {
    const edit = fc.tuple(fc.constantFrom(...edits), fc.nat({ max: 7 }), letter);
    fc.assert(
      fc.property(word, edit, edit, (known, [first, at, by], [second, then, with_]) => {
        const typed = second(first(known, at, by), then, with_);
        fc.pre(typed.length >= 8 && wordsMeant(typed, [known], 1).length === 1);
        const looked = new Set([...variantsTwoAway(typed), ...kept(typed)]);
        expect([...kept(known)].some((variant) => looked.has(variant))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
