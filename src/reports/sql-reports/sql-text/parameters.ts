import type { Problem } from '../../../errors.ts';
import type { Outline } from './outline.ts';

import type { Token } from './tokens.ts';

export interface SqlParameter {
  readonly name: string;
  /** Stands for several values, in `IN (…)`. */
  readonly multiple: boolean;
  /** PostgreSQL: the type its values are cast to; without one each is of the type that it is compared with. */
  readonly cast?: string | undefined;
}

/** Where `IN (@name)` stands: its first and last token, and whether NOT stands before it. */
export interface ListPlace {
  readonly first: number;
  readonly last: number;
  readonly isNegated: boolean;
}

/** The list that a parameter is the only content of, if it is. */
export function listPlace(tokens: readonly Token[], at: number): ListPlace | null {
  const is = (place: number, kind: Token['kind'], value: string): boolean =>
    tokens[place]?.kind === kind && tokens[place]?.value === value;
  if (!is(at - 2, 'word', 'IN') || !is(at - 1, 'symbol', '(') || !is(at + 1, 'symbol', ')')) return null;
  const isNegated = is(at - 3, 'word', 'NOT');
  return { first: isNegated ? at - 3 : at - 2, last: at + 1, isNegated };
}

export function checkParameters(outline: Outline, parameters: readonly SqlParameter[]): readonly Problem[] {
  const declared = new Map(parameters.map((parameter) => [parameter.name, parameter]));
  const used = new Set<string>();
  for (const [at, token] of outline.tokens.entries()) {
    if (token.kind !== 'parameter') continue;
    const parameter = declared.get(token.value);
    used.add(token.value);
    if (parameter === undefined) refuseUndeclared(outline, at, parameters);
    else if (parameter.multiple) checkList(outline, at);
  }
  const unused = parameters.filter(({ name }) => !used.has(name));
  return [
    ...namesWrong(parameters),
    ...unused.map(({ name }) =>
      problem('PARAMETER_UNUSED', `the parameter ${name} is declared and not used`),
    ),
  ];
}

function refuseUndeclared(outline: Outline, at: number, parameters: readonly SqlParameter[]): void {
  const written = outline.written(at);
  if (written.startsWith('@@'))
    return outline.refuse(at, 'FORBIDDEN_CONSTRUCT', `${written} tells about the server, not about the data`);
  const name = outline.tokens[at]?.value ?? '';
  const similar = parameters.find((one) => one.name.toLowerCase() === name.toLowerCase());
  const hint = similar === undefined ? '' : `: ${similar.name} is, in this spelling`;
  outline.refuse(at, 'PARAMETER_UNDECLARED', `the parameter ${written} is not declared${hint}`);
}

function checkList(outline: Outline, at: number): void {
  const place = listPlace(outline.tokens, at);
  if (outline.dialect.engine === 'SQL_SERVER' && outline.inGroups.has(at))
    outline.refuse(
      at,
      'PARAMETER_PLACE',
      `${outline.written(at)} stands for several values or none, and for none SQL Server must be given a query, which it does not take in aggregates and in GROUP BY: ask in a derived table, aggregate outside of it`,
    );
  const isPivot = place !== null && isPivotList(outline, place.first);
  if (place === null || isPivot)
    outline.refuse(
      at,
      'PARAMETER_PLACE',
      `${outline.written(at)} stands for several values and goes into parentheses of its own: IN (${outline.written(at)})`,
    );
}

/** `FOR column IN (…)`, where columns are listed. */
function isPivotList(outline: Outline, first: number): boolean {
  let at = first - 1;
  while (outline.isSymbol(at - 1, '.')) at -= 2;
  return outline.isWord(at - 1, 'FOR');
}

const wellFormed = /^[A-Za-z][A-Za-z0-9_]{0,63}$/u;

function namesWrong(parameters: readonly SqlParameter[]): Problem[] {
  const names = parameters.map(({ name }) => name.toLowerCase());
  return parameters.flatMap(({ name }, place) => {
    if (!wellFormed.test(name))
      return [
        problem(
          'PARAMETER_NAME',
          `the parameter's name ${name} must be letters, digits and _ after a letter`,
        ),
      ];
    if (names.indexOf(name.toLowerCase()) !== place)
      return [problem('PARAMETER_NAME', `there are two parameters named ${name}`)];
    const list = parameters.find((one) => one.multiple && isNumbered(name, one.name));
    if (list === undefined) return [];
    return [problem('PARAMETER_NAME', `${name} is how a value of the parameter ${list.name} is named`)];
  });
}

function isNumbered(name: string, list: string): boolean {
  const [begin, rest] = [name.slice(0, list.length + 1), name.slice(list.length + 1)];
  return begin.toLowerCase() === `${list}_`.toLowerCase() && /^\d+$/u.test(rest);
}

function problem(code: string, message: string): Problem {
  return { path: 'sql', code, message };
}
