import { SqlServerError } from '../engine.ts';

/**
 * T-SQL as tokens with their places. The parser's own tokens are not enough: statements are told apart, big INSERTs are
 * read and the parser's answer is checked on these.
 */
export interface Token {
  readonly kind: 'word' | 'name' | 'variable' | 'number' | 'text' | 'binary' | 'symbol';
  /** Words and variables in upper case; names without their brackets; texts without their quotes; the rest as written. */
  readonly value: string;
  readonly national: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

const patterns: readonly (readonly [Token['kind'] | 'blank', RegExp])[] = [
  ['blank', /\s+|--[^\r\n]*/uy],
  ['text', /N?'(?:[^']|'')*'/iuy],
  ['name', /\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"/uy],
  ['binary', /0x[0-9a-f]*/iuy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/iuy],
  ['variable', /@@?[\p{L}_#$][\p{L}\p{N}_@#$]*/uy],
  ['word', /[\p{L}_#][\p{L}\p{N}_@#$]*/uy],
  ['symbol', /<>|<=|>=|!=|!<|!>|\+=|-=|\*=|\/=|%=|::|\|\||[-+*/%&|^~=<>(),.;]/uy],
];

/** Where a block comment that starts at `start` ends; they nest. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.startsWith('/*', at)) {
      depth += 1;
      at += 1;
    } else if (text.startsWith('*/', at)) {
      depth -= 1;
      at += 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new SqlServerError(113, "Missing end comment mark '*/'.", 15);
}

function valueOf(kind: Token['kind'], written: string): string {
  switch (kind) {
    case 'word':
    case 'variable':
      return written.toUpperCase();
    case 'text':
      return written.slice(written.indexOf("'") + 1, -1).replaceAll("''", "'");
    case 'name':
      return written.startsWith('[')
        ? written.slice(1, -1).replaceAll(']]', ']')
        : written.slice(1, -1).replaceAll('""', '"');
    case 'binary':
      return written.slice(2).toLowerCase();
    case 'number':
    case 'symbol':
      return written;
  }
}

function match(text: string, at: number): readonly [Token['kind'] | 'blank', string] {
  if (text.startsWith('/*', at)) return ['blank', text.slice(at, commentEnd(text, at))];
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const written = pattern.exec(text)?.[0];
    if (written !== undefined) return [kind, written];
  }
  const near = text.slice(at, at + 1);
  if (near === "'" || near === '"')
    throw new SqlServerError(
      105,
      `Unclosed quotation mark after the character string '${text.slice(at + 1, at + 31)}'.`,
      15,
    );
  throw new SqlServerError(102, `Incorrect syntax near '${near}'.`, 15);
}

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (let at = 0; at < text.length;) {
    const [kind, written] = match(text, at);
    if (kind !== 'blank') {
      const national = kind === 'text' && !written.startsWith("'");
      tokens.push({
        kind,
        value: valueOf(kind, written),
        national,
        start: at,
        end: at + written.length,
        line,
      });
    }
    if (written.includes('\n')) line += written.split('\n').length - 1;
    at += written.length;
  }
  return tokens;
}

/** The text of some tokens as it was written but for comments, and for words that `other` has another spelling for. */
export function textOf(
  text: string,
  tokens: readonly Token[],
  other: Readonly<Record<string, string>> = {},
): string {
  let written = '';
  let from: number | undefined;
  for (const token of tokens) {
    if (from !== undefined)
      written += text.slice(from, token.start).includes('\n') ? '\n' : token.start > from ? ' ' : '';
    written += (token.kind === 'word' ? other[token.value] : undefined) ?? text.slice(token.start, token.end);
    from = token.end;
  }
  return written;
}
