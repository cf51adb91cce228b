/**
 * What somebody typed into a search box, as words to look for. Signs split a word where its parts are long enough to be
 * found by (Kowalski-Nowak) and are dropped where not (P.H.U., K-12/3), just as the documents hold both forms. A number
 * typed in groups is one number.
 */
import { InputRejected } from '../errors.ts';

export interface SearchWords {
  readonly words: readonly string[];
  /** The words in their order, between single spaces. */
  readonly phrase: string;
  /** As typed, for what is found by its whole value. */
  readonly whole: string;
}

const longest = 200;
const mostWords = 12;
const shortestPart = 3;

/** Nobody is told apart by it, and it is written in twenty ways. */
const legalForm = /(^|\s)(sp\.?\s*z\.?\s*o\.?\s*o\.?|s\.\s?a\.)(?=\s|$)/giu;
const grouped = /^\+?[\d\s().\-/]{3,}$/u;

function partsOf(chunk: string): string[] {
  const parts = chunk.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  return parts.every((part) => part.length >= shortestPart) ? parts : [parts.join('')];
}

/** With the country's prefix a number is found where it is kept with it and where not. */
const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^00(?=\d{9})/, '');

function wordsOf(text: string): string[] {
  if (grouped.test(text)) return [digitsOf(text)].filter((digits) => digits !== '');
  const withoutForm = text.replace(legalForm, '$1').trim();
  return (withoutForm === '' ? text : withoutForm)
    .split(/\s+/u)
    .flatMap(partsOf)
    .map((word) => word.replace(/^PL(?=\d{10}$)/i, ''));
}

/** Undefined for a blank search. Throws InputRejected with codes TOO_LONG and TOO_MANY. */
export function searchWords(search: string | null | undefined): SearchWords | undefined {
  const whole = search?.normalize('NFC').trim() ?? '';
  if (whole === '') return undefined;
  if (whole.length > longest) throw refused('TOO_LONG', `must have at most ${longest} characters`);
  const words = [...new Set(wordsOf(whole))];
  if (words.length > mostWords) throw refused('TOO_MANY', `may have at most ${mostWords} words`);
  // PostgreSQL holds no text with NUL in it, and refuses a parameter with one: such a text is found nowhere.
  if (whole.includes('\0')) return { words: [], phrase: '', whole: '' };
  return { words, phrase: words.join(' '), whole };
}

const refused = (code: string, message: string) => new InputRejected([{ path: 'search', code, message }]);
