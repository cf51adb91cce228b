import type { Problem } from '../../../errors.ts';
import { namesOf, oddInName, told, unseenAt } from './characters.ts';

export type SqlEngine = 'SQL_SERVER' | 'POSTGRESQL';

/**
 * A report's text as tokens with their places, cut as the engine itself cuts it. Where two settings of a server would cut
 * differently, or where a cut is not known for sure, there is a problem instead.
 */
export interface Token {
  readonly kind: 'word' | 'name' | 'parameter' | 'number' | 'text' | 'dollar' | 'symbol';
  /** Words in upper case, names and texts without their marks, parameters without their sign. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Cut {
  readonly tokens: readonly Token[];
  readonly problems: readonly Problem[];
}

export function problemAt(text: string, at: number, code: string, message: string): Problem {
  const before = text.slice(0, at);
  const line = before.split('\n').length;
  const column = at - before.lastIndexOf('\n');
  return { path: 'sql', code, message: `line ${line}, column ${column}: ${message}` };
}

/** How many things wrong are told at once; after them a text is not read on. */
export const mostProblems = 50;

type Piece = Token['kind'] | 'blank' | 'comment';

const words = {
  SQL_SERVER: new RegExp(namesOf.SQL_SERVER.first + namesOf.SQL_SERVER.rest, 'uy'),
  POSTGRESQL: new RegExp(namesOf.POSTGRESQL.first + namesOf.POSTGRESQL.rest, 'uy'),
} as const;
const number = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/uy;
const quoted = /"(?:[^"]|"")*"/uy;
const shared = [
  ['blank', /[ \t\r\n]+/uy],
  ['comment', /--[^\r\n]*/uy],
] as const;

const patterns: Readonly<Record<SqlEngine, readonly (readonly [Piece, RegExp])[]>> = {
  SQL_SERVER: [
    ...shared,
    ['text', /[nN]?'(?:[^']|'')*'/uy],
    ['name', quoted],
    ['name', /\[(?:[^\]]|\]\])*\]/uy],
    ['number', /0[xX][0-9A-Fa-f]*/uy],
    ['number', number],
    ['parameter', new RegExp(`@${namesOf.SQL_SERVER.rest}`, 'uy')],
    ['word', words.SQL_SERVER],
    ['symbol', /<>|<=|>=|!=|!<|!>|[-+*/%&|^]=|::|%%|[-+*/%&|^~=<>(),.;]/uy],
  ],
  POSTGRESQL: [
    ...shared,
    ['text', /[eE]'(?:[^'\\]|\\[^]|'')*'/uy],
    ['text', /'(?:[^']|'')*'/uy],
    ['name', quoted],
    ['dollar', /\$((?:[A-Za-z_\u0080-\u{10FFFF}][A-Za-z0-9_\u0080-\u{10FFFF}]*)?)\$[^]*?\$\1\$/uy],
    ['number', number],
    ['word', words.POSTGRESQL],
    ['symbol', /::|:=|[-+*/<>=~!@#%^&|`?]+|[()[\],.;:]/uy],
  ],
};

/** Where a block comment that starts here ends; they nest in both engines. -1 where it does not. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    if (pair === '/*') depth += 1;
    if (pair === '*/') depth -= 1;
    if (pair === '/*' || pair === '*/') at += 1;
    if (depth === 0) return at + 1;
  }
  return -1;
}

/** PostgreSQL's rules for runs of signs: comments end them, and + or - at the end of most stands by itself. */
function operatorIn(run: string): string {
  const comment = /--|\/\*/u.exec(run)?.index ?? run.length;
  let operator = run.slice(0, comment);
  if (!/[~!@#%^&|`?]/u.test(operator))
    while (operator.length > 1 && /[-+]$/u.test(operator)) operator = operator.slice(0, -1);
  return operator;
}

class Cutter {
  private readonly tokens: Token[] = [];
  private readonly problems: Problem[] = [];
  /** Of each open bracket or parenthesis whether a colon in it parts the ends of a slice. */
  private readonly slices: boolean[] = [];

  constructor(
    private readonly text: string,
    private readonly engine: SqlEngine,
  ) {}

  cut(): Cut {
    let at = 0;
    while (at < this.text.length && this.problems.length < mostProblems) {
      const piece = this.pieceAt(at);
      if (piece === null) break;
      const [kind, written] = piece;
      this.checkCharacters(kind, written, at);
      if (kind !== 'blank' && kind !== 'comment') this.keep(kind, written, at);
      at += written.length;
    }
    return { tokens: this.tokens, problems: this.problems };
  }

  private refuse(at: number, code: string, message: string): null {
    this.problems.push(problemAt(this.text, at, code, message));
    return null;
  }

  private pieceAt(at: number): readonly [Piece, string] | null {
    if (this.text.startsWith('/*', at)) {
      const end = commentEnd(this.text, at);
      if (end < 0) return this.refuse(at, 'SQL_SYNTAX', 'this comment does not end');
      return ['comment', this.text.slice(at, end)];
    }
    const parameter = this.colonParameterAt(at);
    if (parameter !== null) return parameter;
    for (const [kind, pattern] of patterns[this.engine]) {
      pattern.lastIndex = at;
      const written = pattern.exec(this.text)?.[0];
      if (written === undefined) continue;
      return [kind, kind === 'symbol' && this.engine === 'POSTGRESQL' ? operatorIn(written) : written];
    }
    const character = String.fromCodePoint(this.text.codePointAt(at) ?? 0);
    if (/['"[]/u.test(character))
      return this.refuse(at, 'SQL_SYNTAX', `what begins with ${character} does not end`);
    if (unseenAt(character) < 0)
      this.refuse(at, 'FORBIDDEN_CHARACTER', `${told(character)} may not stand here`);
    return ['blank', character];
  }

  private colonParameterAt(at: number): readonly [Piece, string] | null {
    if (this.engine !== 'POSTGRESQL' || this.text[at] !== ':' || this.slices.at(-1) === true) return null;
    words.POSTGRESQL.lastIndex = at + 1;
    const name = words.POSTGRESQL.exec(this.text)?.[0];
    return name === undefined ? null : ['parameter', `:${name}`];
  }

  private keep(kind: Token['kind'], written: string, at: number): void {
    const before = this.tokens.at(-1);
    if (written === '[') this.slices.push(!this.beginsArray(before));
    if (written === '(') this.slices.push(false);
    if (written === ')' || written === ']') this.slices.pop();
    if (kind === 'word' && before?.kind === 'number' && before.end === at)
      this.refuse(at, 'SQL_SYNTAX', 'there is a blank missing after a number');
    this.tokens.push({ kind, value: valueOf(kind, written), start: at, end: at + written.length });
  }

  /** `ARRAY[` and the brackets within it hold elements; every other bracket holds a place or a slice. */
  private beginsArray(before: Token | undefined): boolean {
    if (before?.kind === 'word') return before.value === 'ARRAY';
    return (before?.value === '[' || before?.value === ',') && before.kind === 'symbol' && this.inArray();
  }

  private inArray(): boolean {
    return this.slices.at(-1) === false;
  }

  private checkCharacters(kind: Piece, written: string, at: number): void {
    const unseen = unseenAt(written);
    const character = String.fromCodePoint(written.codePointAt(Math.max(unseen, 0)) ?? 0);
    if (unseen >= 0)
      this.refuse(
        at + unseen,
        'FORBIDDEN_CHARACTER',
        `${told(character)} cannot be seen and may not stand in a report`,
      );
    if (kind === 'name') this.checkName(written, at);
    if (kind === 'dollar')
      this.refuse(
        at,
        'FORBIDDEN_CONSTRUCT',
        'texts between dollar signs are not taken: write them in quotes',
      );
    if (kind === 'word') this.checkPrefix(written, at);
    if (kind === 'text' && this.engine === 'POSTGRESQL' && /^'[^]*\\'/u.test(written))
      this.refuse(at, 'SQL_SYNTAX', 'a backslash before a quote is read in two ways: write chr(92) for it');
  }

  private checkName(written: string, at: number): void {
    const odd = oddInName(written);
    if (odd !== undefined)
      this.refuse(at + written.indexOf(odd), 'FORBIDDEN_CHARACTER', `${told(odd)} may not stand in a name`);
    if (valueOf('name', written).trim() === '') this.refuse(at, 'SQL_SYNTAX', 'a name is empty');
  }

  /** What PostgreSQL reads together with the quote after it. */
  private checkPrefix(written: string, at: number): void {
    if (/\$/u.test(written))
      this.refuse(at, 'FORBIDDEN_CHARACTER', '$ may not stand in a name without quotes');
    if (this.engine !== 'POSTGRESQL') return;
    const after = this.text.slice(at + written.length, at + written.length + 2);
    const isUnicode = /^u$/iu.test(written) && /^&['"]/u.test(after);
    if (isUnicode || (/^[bxn]$/iu.test(written) && after.startsWith("'")))
      this.refuse(
        at,
        'FORBIDDEN_CONSTRUCT',
        `texts and names that begin with ${written}${after} are not taken`,
      );
  }
}

function valueOf(kind: Token['kind'], written: string): string {
  switch (kind) {
    case 'word':
      return written.replace(/[a-z]/gu, (letter) => letter.toUpperCase());
    case 'name':
      return written.startsWith('[')
        ? written.slice(1, -1).replaceAll(']]', ']')
        : written.slice(1, -1).replaceAll('""', '"');
    case 'text':
      return written.slice(written.indexOf("'") + 1, -1).replaceAll("''", "'");
    case 'parameter':
      return written.slice(1);
    case 'number':
    case 'dollar':
    case 'symbol':
      return written;
  }
}

export function cutIntoTokens(text: string, engine: SqlEngine): Cut {
  return new Cutter(text, engine).cut();
}
