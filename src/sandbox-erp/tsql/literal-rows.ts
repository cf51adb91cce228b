import type { Token } from './lexer.ts';
import type { Expression, Statement } from './syntax.ts';

/**
 * INSERT … VALUES with nothing but literals, read straight from the tokens: scripts of data are thousands of such rows,
 * and the parser takes its time over them. Null for anything else, which then goes the usual way.
 */
export function readLiteralInsert(tokens: readonly Token[]): Statement | null {
  const head = readHead(tokens);
  if (head === null) return null;
  const rows: Expression[][] = [];
  let at = head.next;
  for (;;) {
    const row = readRow(tokens, at);
    if (row === null) return null;
    rows.push(row.values);
    at = row.next;
    if (at === tokens.length) return { kind: 'insert', table: head.table, columns: head.columns, rows };
    if (!isSymbol(tokens[at], ',')) return null;
    at += 1;
  }
}

function isSymbol(token: Token | undefined, value: string): boolean {
  return token?.kind === 'symbol' && token.value === value;
}

function isName(token: Token | undefined): token is Token {
  return token?.kind === 'word' || token?.kind === 'name';
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.value === word;
}

function readHead(
  tokens: readonly Token[],
): { table: readonly string[]; columns: readonly string[]; next: number } | null {
  if (!isWord(tokens[0], 'INSERT')) return null;
  const table: string[] = [];
  let at = isWord(tokens[1], 'INTO') ? 2 : 1;
  for (;;) {
    const token = tokens[at];
    if (!isName(token)) return null;
    table.push(token.value);
    at += 1;
    if (!isSymbol(tokens[at], '.')) break;
    at += 1;
  }
  const columns: string[] = [];
  if (isSymbol(tokens[at], '(')) {
    do {
      const token = tokens[at + 1];
      if (!isName(token)) return null;
      columns.push(token.value);
      at += 2;
    } while (isSymbol(tokens[at], ','));
    if (!isSymbol(tokens[at], ')')) return null;
    at += 1;
  }
  return isWord(tokens[at], 'VALUES') ? { table, columns, next: at + 1 } : null;
}

function readRow(tokens: readonly Token[], start: number): { values: Expression[]; next: number } | null {
  if (!isSymbol(tokens[start], '(')) return null;
  const values: Expression[] = [];
  let at = start;
  do {
    const negative = isSymbol(tokens[at + 1], '-');
    const value = literal(tokens[at + (negative ? 2 : 1)], negative);
    if (value === null) return null;
    values.push(value);
    at += negative ? 3 : 2;
  } while (isSymbol(tokens[at], ','));
  return isSymbol(tokens[at], ')') ? { values, next: at + 1 } : null;
}

function literal(token: Token | undefined, negative: boolean): Expression | null {
  if (token?.kind === 'number') {
    const number: Expression = { kind: 'number', text: token.value };
    return negative ? { kind: 'negate', operand: number } : number;
  }
  if (negative) return null;
  if (token?.kind === 'text') return { kind: 'text', value: token.value, national: token.national };
  if (isWord(token, 'NULL')) return { kind: 'null' };
  return isWord(token, 'DEFAULT') ? { kind: 'default' } : null;
}
