import { SqlServerError } from '../engine.ts';
import { comparable, compare } from './comparison.ts';
import { convert } from './conversion.ts';
import { backslash, supportSchema } from './support.ts';
import type { Expression, Query } from './syntax.ts';
import type { Place } from './translation.ts';
import { plainText, rawText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isText, refuse } from './types.ts';

/** Conditions: WHERE, ON, HAVING, WHEN, CHECK. T-SQL has no boolean values, so nothing else can stand here. */
export function conditionOf(place: Place, expression: Expression): string {
  if (isCondition(expression)) return conditionText(place, expression);
  throw new SqlServerError(
    4145,
    'An expression of non-boolean type specified in a context where a condition is expected.',
    15,
  );
}

const conditions = ['logic', 'not', 'compare', 'between', 'in', 'like', 'isNull', 'exists'] as const;
type Condition = Extract<Expression, { kind: (typeof conditions)[number] }>;

function isCondition(expression: Expression): expression is Condition {
  return conditions.some((kind) => kind === expression.kind);
}

function conditionText(place: Place, expression: Condition): string {
  switch (expression.kind) {
    case 'logic':
      return `(${chain(expression, expression.operator)
        .map((one) => place.condition(one))
        .join(` ${expression.operator} `)})`;
    case 'not':
      return `(NOT ${place.condition(expression.operand)})`;
    case 'compare':
      return compare(expression.operator, place.value(expression.left), place.value(expression.right));
    case 'between':
      return between(place, expression);
    case 'in':
      return membership(place, expression);
    case 'like':
      return like(place, expression);
    case 'isNull':
      return `(${place.value(expression.value).sql} IS ${expression.not ? 'NOT ' : ''}NULL)`;
    case 'exists':
      return `EXISTS (${place.translation.query(expression.query, place.scope, 'bare').sql})`;
  }
}

/** A long row of ANDs or ORs as one list: nested brackets would run deep. */
function chain(expression: Expression, operator: 'AND' | 'OR'): Expression[] {
  if (expression.kind !== 'logic' || expression.operator !== operator) return [expression];
  return [...chain(expression.left, operator), ...chain(expression.right, operator)];
}

function between(place: Place, expression: Extract<Expression, { kind: 'between' }>): string {
  const value = place.value(expression.value);
  const low = compare('>=', value, place.value(expression.low));
  const high = compare('<=', value, place.value(expression.high));
  return `(${expression.not ? 'NOT ' : ''}(${low} AND ${high}))`;
}

function isQuery(among: readonly Expression[] | Query): among is Query {
  return 'body' in among;
}

function membership(place: Place, expression: Extract<Expression, { kind: 'in' }>): string {
  const value = place.value(expression.value);
  const { among } = expression;
  const word = expression.not ? 'NOT IN' : 'IN';
  if (isQuery(among)) return `(${inQuery(place, value, among, word)})`;
  const pairs = among.map((item) => comparable(value, place.value(item)));
  if (pairs.every(([left]) => left.sql === value.sql))
    return `(${value.sql} ${word} (${pairs.map(([, item]) => item.sql).join(', ')}))`;
  const equal = pairs.map(([left, item]) => `(${left.sql} = ${item.sql})`).join(' OR ');
  return expression.not ? `(NOT (${equal}))` : `(${equal})`;
}

function inQuery(place: Place, value: Typed, query: Query, word: string): string {
  const translated = place.translation.query(query, place.scope, 'bare');
  const [column, ...more] = translated.columns;
  if (column === undefined || more.length > 0)
    throw new SqlServerError(
      116,
      'Only one expression can be specified in the select list when the subquery is not introduced with EXISTS.',
    );
  const item: Typed = { sql: 'among.item', type: column.type, nullable: column.nullable };
  const [left, right] = comparable(value, item);
  if (right.sql === item.sql) return `${left.sql} ${word} (${translated.sql})`;
  // OFFSET: a value that stands there outright would be converted even where there is no row of it.
  const rows = `SELECT bare.item FROM (${translated.sql}) AS bare (item) OFFSET 0`;
  return `${left.sql} ${word} (SELECT ${right.sql} FROM (${rows}) AS among)`;
}

function like(place: Place, expression: Extract<Expression, { kind: 'like' }>): string {
  const [value, pattern] = [place.value(expression.value), place.value(expression.pattern)].map((one) =>
    isText(one.type) ? one : convert(one, { name: 'varchar', length: 8000 }),
  );
  if (value === undefined || pattern === undefined) throw refuse('this LIKE');
  const escape = expression.escape === null ? 'NULL' : rawText(place.value(expression.escape));
  const made = `${supportSchema}.pattern(${rawText(pattern)}, ${escape}) COLLATE ${supportSchema}.ci`;
  const seen = `translate(${plainText(value)}, '\\', chr(${backslash}))`;
  return `(${seen} LIKE (${made}) ESCAPE '\\')`;
}
