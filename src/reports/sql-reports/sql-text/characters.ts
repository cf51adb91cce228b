/**
 * Which characters a report's text may have where. What cannot be seen, or looks like something else, is refused: nobody
 * who reads a report before saving it should be shown another text than the server runs.
 */

/**
 * Letters beyond ASCII that may stand in names: Latin-1 and Latin Extended-A, which hold Polish and its neighbours, but for
 * those that become letters of ASCII in upper case.
 */
const letters =
  '\\u00C0-\\u00D6\\u00D8-\\u00DE\\u00E0-\\u00F6\\u00F8-\\u012F\\u0132-\\u0137\\u0139-\\u0148\\u014A-\\u017E';

export const namesOf = {
  SQL_SERVER: { first: `[A-Za-z_#${letters}]`, rest: `[A-Za-z0-9_#@$${letters}]*` },
  POSTGRESQL: { first: `[A-Za-z_${letters}]`, rest: `[A-Za-z0-9_$${letters}]*` },
} as const;

/** Between quotes a name may also have signs: those of ASCII, of Latin-1, dashes, quotation marks, the euro sign. */
const notInName = new RegExp(
  `[^ -~\\u00A1-\\u00AC\\u00AE-\\u00BF\\u00D7\\u00DF\\u00F7${letters}\\u2010-\\u2015\\u2018-\\u201F\\u2026\\u20AC]`,
  'u',
);

/** Controls, formats (bidirectional, zero-width), line and paragraph separators, surrogates, private use, unassigned. */
const unseen = /[^\P{C}\t\r\n]|[\u2028\u2029\u115F\u1160\u3164\uFFA0]|\u034F|\u17B4|\u17B5|[\uFE00-\uFE0F]/u;

/** The first character that may not stand in a text or a comment, or -1. A carriage return alone ends no line everywhere. */
export function unseenAt(text: string): number {
  const found = unseen.exec(text)?.index ?? -1;
  const lone = /\r(?!\n)/u.exec(text)?.index ?? -1;
  return found < 0 || (lone >= 0 && lone < found) ? lone : found;
}

export function oddInName(name: string): string | undefined {
  return notInName.exec(name)?.[0];
}

export function told(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return /[^\p{C}\p{Z}\p{M}]/u.test(character) ? `${character} (U+${code})` : `U+${code}`;
}

const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ı: 'i',
  đ: 'd',
  ð: 'd',
  ø: 'o',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ſ: 's',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
};

/**
 * A name as the most forgiving collation of a server could read it: without case, width, accents. Only what is forbidden
 * is looked up by it.
 */
export function folded(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\p{M}/gu, '').trimEnd();
  return plain.replace(/[^ -~]/gu, (letter) => plainLetters[letter] ?? letter);
}
