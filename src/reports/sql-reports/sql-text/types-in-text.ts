import type { Outline } from './outline.ts';

/** The names of types, which look like names and calls: where one is due, and where one ends. */

const second: Readonly<Record<string, string>> = { DOUBLE: 'PRECISION', CHARACTER: 'VARYING' };

/** The place after a type that begins here; the same place where none does. */
export function typeEnd(outline: Outline, start: number): number {
  const word = outline.word(start);
  if (word === null || !outline.dialect.types.has(word)) return start;
  let at = start + 1;
  if (outline.isWord(at, second[word] ?? '')) at += 1;
  at = facetsEnd(outline, at);
  if (
    outline.isWord(at, 'WITH', 'WITHOUT') &&
    outline.isWord(at + 1, 'TIME') &&
    outline.isWord(at + 2, 'ZONE')
  )
    at += 3;
  while (outline.isSymbol(at, '[') && outline.isSymbol(at + 1, ']')) at += 2;
  return at;
}

function facetsEnd(outline: Outline, open: number): number {
  if (!outline.isSymbol(open, '(')) return open;
  const close = outline.partner[open] ?? -1;
  for (let at = open + 1; at < close; at += 1) {
    const isFacet = outline.tokens[at]?.kind === 'number' || outline.isWord(at, 'MAX');
    if ((at - open) % 2 === 1 ? !isFacet : !outline.isSymbol(at, ',')) return open;
  }
  return close - open === 2 || close - open === 4 ? close + 1 : open;
}

/** Reads the type that is due here; tells where something else stands. Answers the place after it. */
export function readType(outline: Outline, start: number): number {
  const end = typeEnd(outline, start);
  for (let at = start; at < end; at += 1) outline.roles[at] = 'type';
  if (end === start)
    outline.refuse(
      start,
      'FORBIDDEN_CONSTRUCT',
      `${outline.written(start)} is not a type that a report may convert to`,
    );
  return end;
}
