import type { Named, Outline } from './outline.ts';

/** Names of several parts, and the places where a name before a parenthesis calls nothing. */

/** Functions whose first argument is the unit of a date, not a name. */
const withUnit = new Set([
  'DATEADD',
  'DATEDIFF',
  'DATEDIFF_BIG',
  'DATENAME',
  'DATEPART',
  'DATETRUNC',
  'DATE_BUCKET',
]);
const lists = new Set(['CUBE', 'ROLLUP', 'SETS']);

/** Reads a name that begins here, and marks its parts. */
export function readName(outline: Outline, start: number): Named {
  const parts: string[] = [];
  let at = start;
  for (;;) {
    parts.push(part(outline, at));
    outline.roles[at] = 'name';
    if (at > start) refuseKeyword(outline, at);
    if (!outline.isSymbol(at + 1, '.')) break;
    if (outline.isSymbol(at + 2, '.')) {
      parts.push('');
      at += 1;
    }
    const next = outline.tokens[at + 2];
    if (next?.kind !== 'word' && next?.kind !== 'name') break;
    at += 2;
  }
  const named = { parts, at, isQuoted: outline.tokens[at]?.kind === 'name' };
  outline.names.push(named);
  return named;
}

/** PostgreSQL takes any word after a dot for a name, SQL Server does not: what could be either goes in quotes. */
export function refuseKeyword(outline: Outline, at: number): void {
  const word = outline.word(at) ?? '';
  const { syntax, refused } = outline.dialect;
  if (syntax.has(word) || refused.has(word))
    outline.refuse(at, 'FORBIDDEN_CONSTRUCT', `${outline.written(at)} is a name only in quotes`);
}

/** PostgreSQL reads what has no quotes in lower case. */
function part(outline: Outline, at: number): string {
  const written =
    outline.tokens[at]?.kind === 'name' ? (outline.tokens[at]?.value ?? '') : outline.written(at);
  const isFolded = outline.dialect.engine === 'POSTGRESQL' && outline.tokens[at]?.kind === 'word';
  return isFolded ? written.toLowerCase() : written;
}

/** Whether a word is there for the query's grammar although it could be a name. */
export function isGrammar(outline: Outline, at: number, isGrouping: boolean): boolean {
  const word = outline.word(at);
  if (word === null || !outline.dialect.either.has(word)) return false;
  if (!outline.isSymbol(at + 1, '(')) return true;
  if (word === 'FILTER' || word === 'OVER') return outline.isSymbol(at - 1, ')');
  if (word === 'SETS') return outline.isWord(at - 1, 'GROUPING');
  if (word === 'MATERIALIZED') return outline.isWord(at - 1, 'AS', 'NOT');
  if (word === 'BY') return outline.isWord(at - 1, 'GROUP', 'ORDER', 'PARTITION');
  return lists.has(word) && isGrouping;
}

/** `name (a, b) AS (SELECT …)` after WITH. */
export function isCommonTable(outline: Outline, at: number): boolean {
  const before = outline.isWord(at - 1, 'WITH', 'RECURSIVE') || outline.isSymbol(at - 1, ',');
  if (!before || !outline.holdsNames(at + 1)) return false;
  return outline.isWord((outline.partner[at + 1] ?? -1) + 1, 'AS');
}

/** `AS name (a, b)` and `) name (a, b)` among relations. */
export function isAliasList(outline: Outline, at: number): boolean {
  return (outline.isWord(at - 1, 'AS') || outline.isSymbol(at - 1, ')')) && outline.holdsNames(at + 1);
}

/** Marks the unit of a date that a call begins with. */
export function markUnit(outline: Outline, name: string, open: number): void {
  const isUnit =
    outline.dialect.engine === 'SQL_SERVER'
      ? withUnit.has(name) && outline.isSymbol(open + 2, ',')
      : name === 'EXTRACT' && outline.isWord(open + 2, 'FROM');
  const kind = outline.tokens[open + 1]?.kind;
  if (isUnit && (kind === 'word' || kind === 'text')) outline.roles[open + 1] = 'unit';
}
