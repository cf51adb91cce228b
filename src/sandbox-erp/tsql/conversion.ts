import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { toText } from './conversion-text.ts';
import { supportSchema } from './support.ts';
import { nullLiteral, rawText } from './typed.ts';
import type { Typed } from './typed.ts';
import {
  exactFacets,
  isExact,
  isFloat,
  isInteger,
  isMoment,
  isText,
  refuse,
  sameType,
  storage,
  typeText,
} from './types.ts';

/**
 * From one T-SQL type to another, as CAST, CONVERT, TRY_CONVERT and assignment do it: text is checked as SQL Server checks
 * it, decimals are rounded, integers cut. What PostgreSQL would convert otherwise is refused.
 */
export interface Conversion {
  readonly style: number | null;
  /** TRY_: NULL instead of an error. */
  readonly attempt: boolean;
  /** Assignment keeps a text that is too long, for the column's own check to refuse. */
  readonly assigning: boolean;
}

const implicit: Conversion = { style: null, attempt: false, assigning: false };

export function convert(value: Typed, target: SqlType, how: Conversion = implicit): Typed {
  if (value.literal === 'null') return nullLiteral(target);
  const nullable = value.nullable || how.attempt || (value.literal === undefined && how !== implicit);
  if (isText(target)) return { ...toText(value, target, how), nullable };
  if (sameType(value.type, target)) return { ...value, nullable, type: target };
  const sql = plainConversion(value, target, how);
  if (sql === null)
    throw new SqlServerError(
      529,
      `Explicit conversion from data type ${typeText(value.type)} to ${typeText(target)} is not allowed.`,
    );
  return { sql, type: target, nullable };
}

export function assign(value: Typed, target: SqlType): Typed {
  return convert(value, target, { style: null, attempt: false, assigning: true });
}

function plainConversion(value: Typed, target: SqlType, how: Conversion): string | null {
  if (isInteger(target)) return toInteger(value, target, how.attempt);
  if (target.name === 'decimal' || target.name === 'money') return toExact(value, target, how.attempt);
  if (isFloat(target)) return toFloat(value, target, how.attempt);
  if (isMoment(target)) return toMoment(value, target, how);
  if (target.name === 'uniqueidentifier' && isText(value.type))
    return `${supportSchema}.to_guid(${rawText(value)}, ${how.attempt})`;
  if (target.name === 'varbinary' && value.type.name === 'varbinary')
    return target.length === -1 ? value.sql : `substr(${value.sql}, 1, ${target.length})`;
  return null;
}

const ranges = {
  bit: ['0', '1'],
  tinyint: ['0', '255'],
  smallint: ['-32768', '32767'],
  int: ['-2147483648', '2147483647'],
  bigint: ['-9223372036854775808', '9223372036854775807'],
} as const;

function toInteger(value: Typed, target: SqlType, attempt: boolean): string | null {
  const name = target.name;
  if (name !== 'bit' && name !== 'tinyint' && name !== 'smallint' && name !== 'int' && name !== 'bigint')
    return null;
  const stored = storage(target);
  if (name === 'bit') return toBit(value, attempt);
  const [low, high] = ranges[name];
  if (isText(value.type)) {
    const bounds = `${low}::int8, ${high}::int8`;
    const bigLow = name === 'bigint' ? `'${low}'::int8, '${high}'::int8` : bounds;
    return `${supportSchema}.to_whole(${rawText(value)}, '${value.type.name}', '${name}', ${bigLow}, ${attempt})::${stored}`;
  }
  if (!isExact(value.type) && !isFloat(value.type)) return null;
  const scaled = value.type.name === 'money' ? `round(${value.sql})` : `trunc(${value.sql})`;
  const whole = isInteger(value.type) ? value.sql : scaled;
  if (attempt)
    return `(CASE WHEN ${whole} BETWEEN '${low}'::numeric AND '${high}'::numeric THEN (${whole})::${stored} END)`;
  return name === 'tinyint' && value.type.name !== 'bit'
    ? `${supportSchema}.to_tiny((${whole})::numeric)`
    : `(${whole})::${stored}`;
}

function toBit(value: Typed, attempt: boolean): string | null {
  if (isText(value.type))
    return `${supportSchema}.to_bit(${rawText(value)}, '${value.type.name}', ${attempt})`;
  if (!isExact(value.type) && !isFloat(value.type)) return null;
  return `((${value.sql}) <> 0)::int4::int2`;
}

function toExact(value: Typed, target: SqlType, attempt: boolean): string | null {
  const { precision, scale } = exactFacets(target);
  if (isText(value.type)) {
    const kind = `'${value.type.name}'`;
    return `${supportSchema}.to_exact(${rawText(value)}, ${kind}, ${precision}, ${scale}, ${attempt})::${storage(target)}`;
  }
  if (isFloat(value.type)) return null;
  if (!isExact(value.type)) return null;
  const converted = `(${value.sql})::${storage(target)}`;
  if (!attempt) return converted;
  const limit = `1${'0'.repeat(precision - scale)}`;
  return `(CASE WHEN abs(round((${value.sql})::numeric, ${scale})) < ${limit}::numeric THEN ${converted} END)`;
}

function toFloat(value: Typed, target: SqlType, attempt: boolean): string | null {
  const stored = storage(target);
  if (isText(value.type))
    return `${supportSchema}.to_float(${rawText(value)}, '${value.type.name}', ${attempt})::${stored}`;
  return isExact(value.type) || isFloat(value.type) ? `(${value.sql})::${stored}` : null;
}

const readableStyles = [0, 23, 104, 112, 120, 121, 126];

function toMoment(value: Typed, target: SqlType, how: Conversion): string | null {
  const from = value.type;
  if (isText(from)) {
    const style = how.style ?? 0;
    if (!readableStyles.includes(style)) throw refuse(`reading a date in style ${style}`);
    if (target.name === 'time') return `${supportSchema}.to_clock(${rawText(value)}, ${how.attempt})`;
    return momentAs(`${supportSchema}.to_moment(${rawText(value)}, ${style}, ${how.attempt})`, target);
  }
  if (!isMoment(from)) return null;
  if (from.name === 'time' || target.name === 'time') {
    if (from.name === 'date') return null;
    return target.name === 'time' ? `(${value.sql})::${storage(target)}` : null;
  }
  return momentAs(from.name === 'date' ? `(${value.sql})::timestamp` : value.sql, target);
}

/** A PostgreSQL timestamp as one of the types with a day. */
function momentAs(sql: string, target: SqlType): string {
  if (target.name === 'datetime') return `${supportSchema}.to_datetime(${sql})`;
  if (target.name === 'smalldatetime') return `${supportSchema}.to_small(${sql})`;
  return `(${sql})::${storage(target)}`;
}
