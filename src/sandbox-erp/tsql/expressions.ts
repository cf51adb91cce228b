import { SqlServerError } from '../engine.ts';
import { aggregate, isAggregate } from './aggregates.ts';
import { calculate, negated } from './arithmetic.ts';
import { compare } from './comparison.ts';
import { convert } from './conversion.ts';
import { callFunction } from './functions.ts';
import { conditionOf } from './predicates.ts';
import type { Scope } from './scope.ts';
import type { Expression } from './syntax.ts';
import { systemVariable } from './system-functions.ts';
import type { Place, Translation } from './translation.ts';
import { nullLiteral, numberLiteral, textLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { refuse, unify } from './types.ts';
import { windowed } from './windows.ts';

/** Where expressions are translated: a query's sources, and both translators. */
export function placeIn(translation: Translation, scope: Scope): Place {
  const place: Place = {
    translation,
    scope,
    value: (expression) => valueOf(place, expression),
    condition: (expression) => conditionOf(place, expression),
  };
  return place;
}

function valueOf(place: Place, expression: Expression): Typed {
  switch (expression.kind) {
    case 'column':
      return place.scope.column(expression.path);
    case 'variable':
      return place.translation.variable(expression.name);
    case 'system':
      return systemVariable(place, expression.name);
    case 'number':
      return numberLiteral(expression.text);
    case 'text':
      return textLiteral(expression.value, expression.national);
    case 'binary':
      return binary(expression.hex);
    case 'null':
      return nullLiteral();
    case 'negate':
      return negated(place.value(expression.operand));
    case 'arithmetic':
      return calculate(expression.operator, place.value(expression.left), place.value(expression.right));
    case 'case':
      return choice(place, expression);
    case 'cast':
      return cast(place, expression);
    case 'call':
      if (isAggregate(expression)) return aggregate(place, expression, null);
      return callFunction(place, expression);
    case 'window':
      return windowed(place, expression);
    case 'scalar':
      return scalar(place, expression);
    case 'default':
      throw new SqlServerError(102, "Incorrect syntax near the keyword 'DEFAULT'.", 15);
    case 'compare':
    case 'logic':
    case 'not':
    case 'between':
    case 'in':
    case 'like':
    case 'isNull':
    case 'exists':
      throw new SqlServerError(102, 'Incorrect syntax: a condition stands where a value is expected.', 15);
  }
}

function binary(hex: string): Typed {
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  return {
    sql: `'\\x${even}'::bytea`,
    type: { name: 'varbinary', length: Math.max(1, even.length / 2) },
    nullable: false,
  };
}

function scalar(place: Place, expression: Extract<Expression, { kind: 'scalar' }>): Typed {
  const query = place.translation.query(expression.query, place.scope, 'bare');
  const [column, ...more] = query.columns;
  if (column === undefined || more.length > 0)
    throw new SqlServerError(
      116,
      'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
    );
  if (column.isNullLiteral) return nullLiteral();
  return { sql: `(${query.sql})`, type: column.type, nullable: true };
}

function choice(place: Place, expression: Extract<Expression, { kind: 'case' }>): Typed {
  const operand = expression.operand === null ? null : place.value(expression.operand);
  const branches = expression.branches.map(({ when, then }) => ({
    when: operand === null ? place.condition(when) : compare('=', operand, place.value(when)),
    then: place.value(then),
  }));
  return chosen(branches, expression.otherwise === null ? nullLiteral() : place.value(expression.otherwise));
}

/** CASE and IIF: all branches in the type they share. */
function chosen(
  branches: readonly { readonly when: string; readonly then: Typed }[],
  otherwise: Typed,
): Typed {
  const type = shared([...branches.map((branch) => branch.then), otherwise]);
  const texts = branches.map(({ when, then }) => `WHEN ${when} THEN ${convert(then, type).sql}`);
  return {
    sql: `(CASE ${texts.join(' ')} ELSE ${convert(otherwise, type).sql} END)`,
    type,
    nullable: otherwise.nullable || branches.some((branch) => branch.then.nullable),
  };
}

export function shared(values: readonly Typed[]): Typed['type'] {
  const known = values.filter((value) => value.literal !== 'null');
  const [first, ...more] = known.length > 0 ? known : values;
  if (first === undefined) throw refuse('a list of values without any');
  return more.reduce((type, value) => unify(type, value.type), first.type);
}

function cast(place: Place, expression: Extract<Expression, { kind: 'cast' }>): Typed {
  const { style } = expression;
  if (style !== null && style.kind !== 'number')
    throw refuse('a style of CONVERT that is not a plain number');
  const { sql, plain, type, nullable } = convert(place.value(expression.value), expression.type, {
    style: style === null ? null : Number(style.text),
    attempt: expression.attempt,
    assigning: false,
  });
  // Nothing is a mere literal any more once its type was said.
  return plain === undefined ? { sql, type, nullable } : { sql, plain, type, nullable };
}
