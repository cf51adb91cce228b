/** Which known words somebody may have meant who made a typing mistake. */

const shortestForgiven = 5;
const mistakesFrom = [
  { length: 8, mistakes: 2 },
  { length: shortestForgiven, mistakes: 1 },
] as const;

/** How many mistakes a word of this length may have; a short one with a mistake in it could be anything. */
export const mistakesAllowed = (word: string): number =>
  /\d/.test(word) ? 0 : (mistakesFrom.find(({ length }) => word.length >= length)?.mistakes ?? 0);

/**
 * How many letters were left out, added, mistaken for another or swapped with their neighbour between the two (optimal
 * string alignment).
 */
function mistakesBetween(given: string, meant: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: meant.length + 1 }, (_, place) => place);
  for (let row = 1; row <= given.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= meant.length; column += 1) {
      const same = given[row - 1] === meant[column - 1];
      const swapped =
        row > 1 && column > 1 && given[row - 1] === meant[column - 2] && given[row - 2] === meant[column - 1];
      current.push(
        Math.min(
          (last[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (last[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[meant.length] ?? 0;
}

/** The nearest of the known words that are near enough, at most `most` of them; the word itself is none of them. */
export function wordsMeant(given: string, known: readonly string[], most: number): string[] {
  const near = [...new Set(known)]
    .map((word) => ({ word, mistakes: mistakesBetween(given, word) }))
    .filter(({ mistakes }) => mistakes > 0 && mistakes <= mistakesAllowed(given))
    .toSorted((left, right) => left.mistakes - right.mistakes);
  return near
    .filter(({ mistakes }) => mistakes === near[0]?.mistakes)
    .slice(0, most)
    .map(({ word }) => word);
}

const alphabet = [...'abcdefghijklmnopqrstuvwxyz'];

/** The word without each of its letters. */
const shortened = (word: string): string[] =>
  Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1));

/** The word with each of its letters another, and with each two neighbours swapped. */
function mistaken(word: string): string[] {
  const [changed, swapped]: [string[], string[]] = [[], []];
  for (let place = 0; place < word.length; place += 1) {
    const [before, after] = [word.slice(0, place), word.slice(place + 1)];
    for (const letter of alphabet) changed.push(before + letter + after);
    if (after !== '') swapped.push(before + after.charAt(0) + word.charAt(place) + after.slice(1));
  }
  return [...changed, ...swapped];
}

/** The word with each letter at each place. */
const lengthened = (word: string): string[] =>
  Array.from(
    { length: word.length + 1 },
    (_, place) => [word.slice(0, place), word.slice(place)] as const,
  ).flatMap(([before, after]) => alphabet.map((letter) => before + letter + after));

/**
 * What a known word two mistakes away has among its variants, which are itself and it without each of its letters: so all
 * such words are found by an index that knows one mistake only.
 */
export function variantsTwoAway(word: string): string[] {
  const less = shortened(word);
  return [
    ...new Set([
      ...mistaken(word),
      ...lengthened(word),
      ...less.flatMap((one) => [...shortened(one), ...mistaken(one)]),
    ]),
  ];
}
