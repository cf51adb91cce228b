import type { Outline } from './outline.ts';
import { readType } from './types-in-text.ts';

/** Clauses of T-SQL that are read from the tokens: hints, options, FOR XML, the columns of OPENJSON. */

const hints = new Set(['NOLOCK', 'READUNCOMMITTED', 'READCOMMITTED', 'READPAST', 'NOEXPAND']);
const longest = 32_767;

/** `WITH (…)`. Answers the place of its last token. */
export function readWithParentheses(outline: Outline, open: number): number {
  const close = outline.partner[open] ?? -1;
  const before = outline.partner[open - 2] ?? -1;
  if (outline.isSymbol(open - 2, ')') && outline.isWord(before - 1, 'OPENJSON'))
    readColumns(outline, open, close);
  else readHints(outline, open, close);
  return Math.max(close, open);
}

function readHints(outline: Outline, open: number, close: number): void {
  for (let at = open + 1; at < close; at += 1) {
    outline.roles[at] = 'hint';
    if (outline.isSymbol(at, ',') || hints.has(outline.word(at) ?? '')) continue;
    outline.refuse(
      at,
      'FORBIDDEN_CONSTRUCT',
      `the hint ${outline.written(at)} locks, forces or is not known here`,
    );
    return;
  }
}

function readColumns(outline: Outline, open: number, close: number): void {
  let at = open + 1;
  while (at < close) {
    if (outline.isName(at)) outline.roles[at] = 'name';
    at = Math.max(readType(outline, at + 1), at + 2);
    if (outline.tokens[at]?.kind === 'text') at += 1;
    if (outline.isWord(at, 'AS') && outline.isWord(at + 1, 'JSON')) {
      outline.roles[at] = 'syntax';
      outline.roles[at + 1] = 'syntax';
      at += 2;
    }
    if (at < close && !outline.isSymbol(at, ','))
      return outline.refuse(at, 'SQL_SYNTAX', `${outline.written(at)} does not belong among these columns`);
    at += 1;
  }
}

/** `OPTION (…)`. Answers the place of its last token. */
export function readOption(outline: Outline, at: number): number {
  const open = at + 1;
  const close = outline.isSymbol(open, '(') ? (outline.partner[open] ?? -1) : -1;
  const words = [];
  for (let one = open + 1; one < close; one += 1) {
    outline.roles[one] = 'hint';
    words.push(outline.written(one).toUpperCase());
  }
  const limit = /^(?:RECOMPILE ?,? ?)?MAXRECURSION (\d+)$/u.exec(words.join(' '))?.[1];
  const isLimited = limit !== undefined && Number(limit) >= 1 && Number(limit) <= longest;
  if (!isLimited && words.join(' ') !== 'RECOMPILE')
    outline.refuse(
      at,
      'FORBIDDEN_CONSTRUCT',
      'of OPTION a report may have RECOMPILE and MAXRECURSION 1 to 32767',
    );
  return Math.max(close, at);
}

/** `FOR XML PATH ('…') [, TYPE]` in a subquery, the old way to join texts. Answers the place of its last token. */
export function readFor(outline: Outline, at: number): number {
  let end = at;
  if (outline.isWord(at + 1, 'XML') && outline.isWord(at + 2, 'PATH')) {
    end = at + 2;
    const isNamed = outline.isSymbol(end + 1, '(') && outline.tokens[end + 2]?.kind === 'text';
    if (isNamed && outline.isSymbol(end + 3, ')')) end += 3;
    if (outline.isSymbol(end + 1, ',') && outline.isWord(end + 2, 'TYPE')) end += 2;
  }
  for (let one = at; one <= end; one += 1)
    if (outline.tokens[one]?.kind === 'word') outline.roles[one] = 'syntax';
  if (!outline.isSymbol(end + 1, ')'))
    outline.refuse(
      at,
      'FORBIDDEN_CONSTRUCT',
      "of FOR a report may have FOR XML PATH ('…') [, TYPE] in a subquery: rows are told as rows, sequences are not drawn from",
    );
  return end;
}
