/**
 * Filters as SQL. Values come in only as parameters, each of its column's type, so that indexes serve. What has no value is treated as
 * OData says: `eq` and `ne` know null, other comparisons with it do not hold. A `not` is brought down to the comparisons, because only
 * there it makes a difference whether something is false or unknown.
 */
import { keyBehindId, type Bind } from '../../reads/declaration.ts';
import type { CallOperand, Condition, Literal, Operand, ValueType } from './filter-condition.ts';
import { functionSql, type Given } from './filter-functions.ts';
import type { Comparison } from './filter-parser.ts';
import type { Property } from './model.ts';

interface Writing {
  readonly bind: Bind;
  /** Sees the table's row as `t`. */
  readonly sqlOf: (property: Property) => string;
}

const signs: Readonly<Record<Comparison, string>> = {
  eq: '=',
  ne: '<>',
  gt: '>',
  ge: '>=',
  lt: '<',
  le: '<=',
};

const databaseTypes: Readonly<Record<ValueType, string>> = {
  text: 'text',
  number: 'numeric',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
};

const wholeNumber = /^-?\d{1,18}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function literalSql({ type, value }: Literal, { bind }: Writing): string {
  if (type === 'null') return 'NULL';
  return type === 'number' && wholeNumber.test(value)
    ? bind(value, 'bigint')
    : bind(value, databaseTypes[type]);
}

function operandSql(operand: Operand, writing: Writing): string {
  switch (operand.of) {
    case 'literal':
      return literalSql(operand, writing);
    case 'property':
      return `(${writing.sqlOf(operand.property)})`;
    case 'call':
      return callSql(operand, writing);
  }
}

function callSql(call: CallOperand, writing: Writing): string {
  const patterned = call.given.length === 2;
  const given = call.given.map((operand, place): Given =>
    patterned && place === 1 && operand.of === 'literal'
      ? {
          sql: '',
          literal: { text: operand.value, bindText: (text) => writing.bind(text, 'text') },
        }
      : { sql: operandSql(operand, writing) },
  );
  return `(${functionSql(call, given)})`;
}

/** A property that holds an id, as the key behind it, and the key in a text; undefined in place of the key for a text that is no such id. */
function idComparison(left: Operand, right: Operand, { sqlOf }: Writing) {
  if (left.of !== 'property' || right.of !== 'literal' || right.type !== 'text') return undefined;
  const id = keyBehindId(sqlOf(left.property));
  return id && { column: id.column, key: keyIn(id.kind, right.value) };
}

function keyIn(kind: string, text: string): string | undefined {
  const key = text.startsWith(`${kind}_`) ? text.slice(kind.length + 1) : '';
  return uuid.test(key) ? key : undefined;
}

const turned: Readonly<Record<Comparison, Comparison>> = {
  eq: 'eq',
  ne: 'ne',
  gt: 'lt',
  ge: 'le',
  lt: 'gt',
  le: 'ge',
};
const opposite: Readonly<Record<'eq' | 'ne', 'eq' | 'ne'>> = { eq: 'ne', ne: 'eq' };

type Compared = Extract<Condition, { is: 'compare' }>;

function compareSql(condition: Compared, negated: boolean, writing: Writing): string {
  const { operator } = condition;
  const { left, right, sign } =
    condition.left.of === 'literal'
      ? { left: condition.right, right: condition.left, sign: turned[operator] }
      : { ...condition, sign: operator };
  if (sign === 'eq' || sign === 'ne') return equalSql(left, right, negated ? opposite[sign] : sign, writing);
  if (left.type === 'null' || right.type === 'null') return String(negated);
  const compared = orderedSql(left, right, sign, writing);
  return negated ? `(${compared}) IS NOT TRUE` : compared;
}

function equalSql(left: Operand, right: Operand, sign: 'eq' | 'ne', writing: Writing): string {
  if (right.type === 'null')
    return left.type === 'null'
      ? String(sign === 'eq')
      : `${operandSql(left, writing)} IS ${sign === 'eq' ? '' : 'NOT '}NULL`;
  const id = idComparison(left, right, writing);
  if (id && id.key === undefined) return String(sign === 'ne');
  const [one, other] = id ? [id.column, writing.bind(id.key, 'uuid')] : comparedSql(left, right, writing);
  if (sign === 'ne') return `${one} IS DISTINCT FROM ${other}`;
  // A plain comparison is what indexes serve, and a value is never null.
  return right.of === 'literal' ? `${one} = ${other}` : `${one} IS NOT DISTINCT FROM ${other}`;
}

function orderedSql(left: Operand, right: Operand, sign: Comparison, writing: Writing): string {
  const id = idComparison(left, right, writing);
  // Keys stand in the same order as the texts that are made of them.
  if (id?.key !== undefined) return `${id.column} ${signs[sign]} ${writing.bind(id.key, 'uuid')}`;
  const [one, other] = id
    ? [`${operandSql(left, writing)} COLLATE "C"`, operandSql(right, writing)]
    : comparedSql(left, right, writing);
  return `${one} ${signs[sign]} ${other}`;
}

/** Two columns may sort differently, and PostgreSQL would not know which way to compare them. */
function comparedSql(left: Operand, right: Operand, writing: Writing): readonly [string, string] {
  const [one, other] = [operandSql(left, writing), operandSql(right, writing)];
  const plain = left.type !== 'text' || right.of === 'literal';
  return plain ? [one, other] : [`(${one}) COLLATE "C"`, `(${other}) COLLATE "C"`];
}

function inSql({ of, list }: Extract<Condition, { is: 'in' }>, negated: boolean, writing: Writing): string {
  const values = list.filter(({ type }) => type !== 'null');
  const withNull = values.length < list.length;
  const sql = operandSql(of, writing);
  const among = amongSql(of, sql, values, writing);
  const found = withNull ? `(${among} OR ${sql} IS NULL)` : among;
  return negated ? `(${found}) IS NOT TRUE` : found;
}

function amongSql(of: Operand, sql: string, values: readonly Literal[], { bind, sqlOf }: Writing): string {
  const texts = values.map(({ value }) => value);
  const id = of.of === 'property' ? keyBehindId(sqlOf(of.property)) : undefined;
  if (id)
    return `${id.column} = ANY(${bind(
      texts.flatMap((text) => keyIn(id.kind, text) ?? []),
      'uuid[]',
    )})`;
  return of.type === 'null' ? 'false' : `${sql} = ANY(${bind(texts, `${databaseTypes[of.type]}[]`)})`;
}

export function conditionSql(condition: Condition, writing: Writing, negated = false): string {
  switch (condition.is) {
    case 'and':
    case 'or': {
      const word = (condition.is === 'and') === negated ? 'OR' : 'AND';
      return condition.parts.map((part) => `(${conditionSql(part, writing, negated)})`).join(` ${word} `);
    }
    case 'not':
      return conditionSql(condition.of, writing, !negated);
    case 'compare':
      return compareSql(condition, negated, writing);
    case 'in':
      return inSql(condition, negated, writing);
    case 'known': {
      // That it is false and that its opposite is true are the same, also where it may be unknown.
      const known = conditionSql(condition.of, writing, !condition.truth);
      return negated ? `(${known}) IS NOT TRUE` : known;
    }
    case 'test': {
      const test = operandSql(condition.of, writing);
      return negated ? `NOT (${test})` : `(${test})`;
    }
  }
}
