import { SqlServerError } from '../engine.ts';
import { convert } from './conversion.ts';
import { supportSchema } from './support.ts';
import type { Comparison } from './syntax.ts';
import { nullLiteral } from './typed.ts';
import type { Typed } from './typed.ts';
import { isExact, isFloat, isMoment, isText, rank, refuse, typeText } from './types.ts';

/**
 * Two values side by side, made comparable as SQL Server would: the lower type gives way, and where PostgreSQL compares
 * both types by itself neither is touched, so that an index on the bare column still serves.
 */
export function compare(operator: Comparison, left: Typed, right: Typed): string {
  const [one, other] = comparable(left, right);
  const isGuid = one.type.name === 'uniqueidentifier' && other.type.name === 'uniqueidentifier';
  if (isGuid && operator !== '=' && operator !== '<>')
    return `(${supportSchema}.guid_order(${one.sql}) ${operator} ${supportSchema}.guid_order(${other.sql}))`;
  return `(${one.sql} ${operator} ${other.sql})`;
}

export function comparable(left: Typed, right: Typed): readonly [Typed, Typed] {
  if (left.literal === 'null') return [nullLiteral(right.type), right];
  if (right.literal === 'null') return [left, nullLiteral(left.type)];
  if (sameKind(left, right)) return [left, right];
  if (isText(left.type) || isText(right.type)) {
    const type = rank(left.type) >= rank(right.type) ? left.type : right.type;
    if (type.name === 'varbinary') throw clash(left, right);
    return [convert(left, type), convert(right, type)];
  }
  if (isMoment(left.type) && isMoment(right.type)) throw refuse('a comparison of time with date');
  throw clash(left, right);
}

function clash(left: Typed, right: Typed): SqlServerError {
  return new SqlServerError(
    206,
    `Operand type clash: ${typeText(left.type)} is incompatible with ${typeText(right.type)}`,
  );
}

function sameKind(left: Typed, right: Typed): boolean {
  const [one, other] = [left.type, right.type];
  if (isText(one) && isText(other)) return true;
  if ((isExact(one) || isFloat(one)) && (isExact(other) || isFloat(other))) return true;
  if (isMoment(one) && isMoment(other)) return (one.name === 'time') === (other.name === 'time');
  return one.name === other.name;
}

/** What to sort by so that PostgreSQL's order is SQL Server's. */
export function sortable(value: Typed): string {
  return value.type.name === 'uniqueidentifier' ? `${supportSchema}.guid_order(${value.sql})` : value.sql;
}
