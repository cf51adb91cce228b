/** The words of a filter, each with its place. A plus sign of an offset may have become a blank on its way in an address: it is taken for what it was. */
import { rejected, rejectedAt, shown } from './faults.ts';

type TokenKind = 'name' | 'text' | 'number' | 'date' | 'instant' | 'guid' | 'sign' | 'end';

export interface Token {
  readonly kind: TokenKind;
  /** As it was written; of a text what it holds. */
  readonly text: string;
  /** From 1. */
  readonly at: number;
}

const longest = 8_000;
const mostTokens = 4_000;

/** The first that fits is what stands there; so the longer forms come first. */
const forms: readonly (readonly [TokenKind, RegExp])[] = [
  ['guid', /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/iy],
  ['instant', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+\- ]\d\d:\d\d)(?![\w:])/iy],
  ['date', /\d{4}-\d\d-\d\d(?![\w:-])/y],
  ['number', /-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])/iy],
  ['text', /'(?:[^']|'')*'/y],
  ['name', /[A-Za-z_$@][A-Za-z0-9_.]*/y],
  ['sign', /[(),/:]/y],
];

const blank = /[ \t]*/y;

function tokenAt(text: string, place: number): readonly [TokenKind, string] | undefined {
  for (const [kind, form] of forms) {
    form.lastIndex = place;
    const found = form.exec(text)?.[0];
    if (found !== undefined) return [kind, found];
  }
  return undefined;
}

const heldBy = (kind: TokenKind, written: string): string =>
  kind === 'text' ? written.slice(1, -1).replaceAll("''", "'") : written;

function unreadable(option: string, text: string, place: number): Error {
  const at = place + 1;
  if (text[place] === "'") return rejectedAt(option, at, 'SYNTAX', 'a text that begins here never ends');
  const what = /^\S{1,60}/.exec(text.slice(place))?.[0] ?? '';
  return rejectedAt(option, at, 'SYNTAX', `${shown(what)} is nothing that a filter can hold`);
}

/** Throws InputRejected. */
export function tokensOf(option: string, text: string): readonly Token[] {
  if (text.length > longest)
    throw rejected(option, 'TOO_LONG', `may have ${longest} characters, and has ${text.length}`);
  const tokens: Token[] = [];
  let place = 0;
  for (;;) {
    blank.lastIndex = place;
    place += blank.exec(text)?.[0].length ?? 0;
    if (place >= text.length) break;
    const found = tokenAt(text, place);
    if (!found) throw unreadable(option, text, place);
    const [kind, written] = found;
    if (kind === 'text' && written.includes('\0'))
      throw rejectedAt(option, place + 1, 'TEXT', 'no text that is kept here holds the sign NUL');
    tokens.push({ kind, text: heldBy(kind, written), at: place + 1 });
    if (tokens.length > mostTokens) throw rejected(option, 'TOO_LONG', `may have ${mostTokens} words`);
    place += written.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length + 1 }];
}
