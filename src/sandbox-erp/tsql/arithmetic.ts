import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { convert } from './conversion.ts';
import { supportSchema } from './support.ts';
import type { Arithmetic } from './syntax.ts';
import { madeText, nullLiteral, operandFacets, plainText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isExact, isFloat, isInteger, isNational, isText, rank, refuse, storage, typeText } from './types.ts';

/** + - * / % & | ^ with SQL Server's types: integers divide to integers, decimals keep the scale its rules give them. */
export function calculate(operator: Arithmetic, left: Typed, right: Typed): Typed {
  if (left.literal === 'null' || right.literal === 'null') {
    const known = left.literal === 'null' ? right : left;
    return nullLiteral(known.type);
  }
  if (isText(left.type) && isText(right.type)) {
    if (operator !== '+') throw incompatible(operator, left.type, right.type);
    return joined(left, right);
  }
  const type = rank(left.type) >= rank(right.type) ? left.type : right.type;
  const [one, other] = [numeric(left, type), numeric(right, type)];
  const isNumber = (value: Typed): boolean => isExact(value.type) || isFloat(value.type);
  if (!isNumber(one) || !isNumber(other))
    throw refuse(`${typeText(left.type)} ${operator} ${typeText(right.type)}`);
  if ('&|^'.includes(operator)) return bitwise(operator, one, other, type);
  if (one.type.name === 'bit' && other.type.name === 'bit')
    throw incompatible(operator, one.type, other.type);
  if (isFloat(type)) return floating(operator, one, other, type);
  if (isInteger(type)) return whole(operator, one, other, type);
  if (type.name === 'money' || (one.type.name === 'money' && isInteger(other.type)))
    return money(operator, one, other);
  return exact(operator, one, other);
}

function incompatible(operator: Arithmetic, left: SqlType, right: SqlType): SqlServerError {
  const names: Readonly<Record<string, string>> = {
    '+': 'add',
    '-': 'subtract',
    '*': 'multiply',
    '/': 'divide',
  };
  const name = names[operator] ?? operator;
  return new SqlServerError(
    402,
    `The data types ${left.name} and ${right.name} are incompatible in the ${name} operator.`,
  );
}

/** A text beside a number is converted to the number's type. */
function numeric(value: Typed, type: SqlType): Typed {
  return isText(value.type) ? convert(value, type) : value;
}

function joined(left: Typed, right: Typed): Typed {
  const national = isNational(left.type) || isNational(right.type);
  const [one, other] = [lengthOf(left.type), lengthOf(right.type)];
  const most = national ? 4000 : 8000;
  const length = one === -1 || other === -1 ? -1 : Math.min(most, one + other);
  const type = { name: national ? ('nvarchar' as const) : ('varchar' as const), length };
  const text = `${plainText(left)} || ${plainText(right)}`;
  const cut = length !== -1 && one + other > most ? `left(${text}, ${most})` : text;
  return madeText(cut, type, left.nullable || right.nullable);
}

function lengthOf(type: SqlType): number {
  return 'length' in type ? type.length : 0;
}

function bitwise(operator: Arithmetic, left: Typed, right: Typed, type: SqlType): Typed {
  if (!isInteger(left.type) || !isInteger(right.type)) throw incompatible(operator, left.type, right.type);
  const sql = `(${left.sql} ${operator === '^' ? '#' : operator} ${right.sql})`;
  return { sql, type, nullable: true };
}

function floating(operator: Arithmetic, left: Typed, right: Typed, type: SqlType): Typed {
  if (operator === '%') throw incompatible(operator, left.type, right.type);
  const stored = storage(type);
  return { sql: `((${left.sql})::${stored} ${operator} (${right.sql})::${stored})`, type, nullable: true };
}

function whole(operator: Arithmetic, left: Typed, right: Typed, type: SqlType): Typed {
  const stored = storage(type);
  const sql = `((${left.sql})::${stored} ${operator} (${right.sql})::${stored})`;
  if (type.name === 'tinyint') return { sql: `${supportSchema}.to_tiny(${sql})`, type, nullable: true };
  return { sql, type, nullable: true };
}

function money(operator: Arithmetic, left: Typed, right: Typed): Typed {
  if (operator === '/' || operator === '%')
    throw refuse(`money ${operator} something: cast it to decimal first`);
  const sql = `(${left.sql} ${operator} ${right.sql})::numeric(19,4)`;
  return { sql, type: { name: 'money' }, nullable: true };
}

/** The documented rules for precision and scale; a result that would need more than 38 digits gives up scale first. */
function exact(operator: Arithmetic, left: Typed, right: Typed): Typed {
  const [one, other] = [operandFacets(left), operandFacets(right)];
  const [precision, scale] = resultFacets(operator, one, other);
  const type = reduced(operator, precision, scale);
  const plain =
    operator === '/' ? quotient(left.sql, right.sql, type.scale) : `(${left.sql} ${operator} ${right.sql})`;
  const capped = precision > 38 ? `${plain}::${storage(type)}` : plain;
  return { sql: capped, type, nullable: true };
}

type Facets = ReturnType<typeof operandFacets>;

function resultFacets(operator: Arithmetic, one: Facets, other: Facets): readonly [number, number] {
  const [p1, s1, p2, s2] = [one.precision, one.scale, other.precision, other.scale];
  if (operator === '*') return [p1 + p2 + 1, s1 + s2];
  if (operator === '/') {
    const scale = Math.max(6, s1 + p2 + 1);
    return [p1 - s1 + s2 + scale, scale];
  }
  const scale = Math.max(s1, s2);
  if (operator === '%') return [Math.min(p1 - s1, p2 - s2) + scale, scale];
  return [Math.max(p1 - s1, p2 - s2) + 1 + scale, scale];
}

function reduced(
  operator: Arithmetic,
  precision: number,
  scale: number,
): Extract<SqlType, { name: 'decimal' }> {
  if (precision <= 38) return { name: 'decimal', precision: Math.max(1, precision), scale };
  const integral = precision - scale;
  const left =
    operator === '+' || operator === '-' ? 38 - integral : Math.max(38 - integral, Math.min(scale, 6));
  return { name: 'decimal', precision: 38, scale: Math.max(0, Math.min(scale, left)) };
}

/** SQL Server cuts a quotient at its scale; PostgreSQL would choose a scale of its own and round. */
export function quotient(dividend: string, divisor: string, scale: number): string {
  const shift = `1${'0'.repeat(scale)}`;
  return `round(div((${dividend})::numeric * ${shift}::numeric, (${divisor})::numeric) / ${shift}::numeric, ${scale})`;
}

export function negated(value: Typed): Typed {
  if (value.literal === 'null') return value;
  if (
    value.type.name === 'bit' ||
    value.type.name === 'tinyint' ||
    !(isExact(value.type) || isFloat(value.type))
  )
    throw refuse(`a minus before ${typeText(value.type)}`);
  return { ...value, sql: `(- ${value.sql})` };
}
