import type { Problem } from '../../../errors.ts';
import type { Dialect } from './dialect.ts';
import { mostProblems, problemAt } from './tokens.ts';
import type { Token } from './tokens.ts';

/** What a token is there for. The last three are known by their place alone, whatever the parser calls them. */
export type Role = 'syntax' | 'either' | 'name' | 'call' | 'value' | 'type' | 'hint' | 'unit';

/** A name as its parts, as the engine reads them; a part may be empty (`database..relation`). */
export interface Named {
  readonly parts: readonly string[];
  /** The token of the last part. */
  readonly at: number;
  readonly isQuoted: boolean;
}

/** More than the parser takes. */
const deepest = 64;

/**
 * What the tokens of a text alone tell of it: what each is there for, which relations it reads, which functions it calls.
 * The parser's tree must tell the same.
 */
export class Outline {
  readonly roles: Role[];
  readonly names: Named[] = [];
  readonly relations: Named[] = [];
  readonly calls: Named[] = [];
  /** Parameters within aggregates and GROUP BY. */
  readonly inGroups = new Set<number>();
  readonly problems: Problem[] = [];
  /** Of a parenthesis or bracket its other one; -1 where there is none. */
  readonly partner: readonly number[];
  selects = 0;

  constructor(
    readonly text: string,
    readonly tokens: readonly Token[],
    readonly dialect: Dialect,
  ) {
    this.roles = tokens.map(({ kind }) => (kind === 'symbol' ? 'syntax' : 'value'));
    this.partner = this.pairs();
  }

  refuse(at: number, code: string, message: string): void {
    if (this.problems.length < mostProblems)
      this.problems.push(problemAt(this.text, this.tokens[at]?.start ?? this.text.length, code, message));
  }

  /** The word at a place, if one is there that no quotes make a name. */
  word(at: number): string | null {
    const token = this.tokens[at];
    return token?.kind === 'word' ? token.value : null;
  }

  isWord(at: number, ...words: readonly string[]): boolean {
    const word = this.word(at);
    return word !== null && words.includes(word);
  }

  isSymbol(at: number, symbol: string): boolean {
    const token = this.tokens[at];
    return token?.kind === 'symbol' && token.value === symbol;
  }

  isName(at: number): boolean {
    const token = this.tokens[at];
    if (token?.kind === 'name') return true;
    return token?.kind === 'word' && !this.dialect.syntax.has(token.value);
  }

  written(at: number): string {
    const token = this.tokens[at];
    return token === undefined ? 'the end' : this.text.slice(token.start, token.end);
  }

  /** Whether between a parenthesis and its partner there are names and commas only. */
  holdsNames(open: number): boolean {
    const close = this.partner[open] ?? -1;
    if (close < open + 2) return false;
    for (let at = open + 1; at < close; at += 1)
      if ((at - open) % 2 === 1 ? !this.isName(at) : !this.isSymbol(at, ',')) return false;
    return true;
  }

  private pairs(): number[] {
    const partner = this.tokens.map(() => -1);
    const open: number[] = [];
    for (const [at, { kind, value }] of this.tokens.entries()) {
      if (kind !== 'symbol') continue;
      if (value === '(' || value === '[') open.push(at);
      if (open.length > deepest) {
        this.refuse(at, 'TOO_DEEP', `there are more than ${deepest} brackets in each other here`);
        return partner;
      }
      if (value !== ')' && value !== ']') continue;
      const begin = open.pop() ?? -1;
      if (!this.isSymbol(begin, value === ')' ? '(' : '['))
        this.refuse(at, 'SQL_SYNTAX', `${value} closes nothing`);
      else partner[begin] = at;
      if (begin >= 0) partner[at] = begin;
    }
    for (const at of open) this.refuse(at, 'SQL_SYNTAX', `${this.written(at)} is not closed`);
    return partner;
  }
}
