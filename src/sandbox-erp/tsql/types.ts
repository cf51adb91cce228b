import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';

/** SQL Server's types by name: facets and their defaults, precedence, what two of them make together, how PostgreSQL keeps them. */
export type TextType = Extract<SqlType, { name: 'char' | 'varchar' | 'nchar' | 'nvarchar' | 'varbinary' }> & {
  readonly name: 'char' | 'varchar' | 'nchar' | 'nvarchar';
};

export function refuse(what: string): SqlServerError {
  return new SqlServerError(40000, `The sandbox ERP does not understand ${what}.`);
}

const plainNames = [
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'real',
  'date',
  'datetime',
  'smalldatetime',
  'money',
  'uniqueidentifier',
] as const;

const synonyms: Readonly<Record<string, string>> = {
  integer: 'int',
  numeric: 'decimal',
  dec: 'decimal',
  'double precision': 'float',
  sysname: 'nvarchar(128)',
};

/** 'decimal(19,4)', 'nvarchar(max)', 'int' … as written in T-SQL. `unsaid` is the length of a text type without one: 30 in a CAST, 1 in a column. */
export function readType(written: string, unsaid: 1 | 30): SqlType {
  const lower = written.toLowerCase().replaceAll(/\s+/gu, ' ').replaceAll(/[[\]]/gu, '').trim();
  const text = synonyms[lower] ?? lower;
  const [, rawName = '', first, second] =
    /^([a-z0-9_ .]+?) ?(?:\( ?(\d+|max) ?(?:, ?(\d+) ?)?\))?$/u.exec(text) ?? [];
  const name = synonyms[rawName] ?? rawName;
  const plain = plainNames.find((candidate) => candidate === name);
  if (plain === 'float') return float(first);
  if (plain !== undefined && first === undefined) return { name: plain };
  if (name === 'decimal') return decimal(Number(first ?? 18), Number(second ?? 0));
  if ((name === 'datetime2' || name === 'time') && second === undefined) {
    if (Number(first ?? 7) > 7)
      throw new SqlServerError(1002, `Line 1: Specified scale ${first ?? ''} is invalid.`, 15);
    return { name, scale: Number(first ?? 7) };
  }
  if (second === undefined) {
    const length = first === 'max' ? -1 : Number(first ?? unsaid);
    if (name === 'char' || name === 'varchar' || name === 'varbinary') return sized(name, length, 8000);
    if (name === 'nchar' || name === 'nvarchar') return sized(name, length, 4000);
  }
  throw refuse(`the type ${written}`);
}

function float(bits: string | undefined): SqlType {
  return { name: Number(bits ?? 53) <= 24 ? 'real' : 'float' };
}

function sized(name: TextType['name'] | 'varbinary', length: number, most: number): SqlType {
  const sizeless = length === -1 && (name === 'char' || name === 'nchar');
  if (length === 0 || length > most || sizeless)
    throw new SqlServerError(
      131,
      `The size (${length}) given to the type '${name}' exceeds the maximum allowed.`,
      15,
    );
  return { name, length };
}

function decimal(precision: number, scale: number): SqlType {
  if (precision < 1 || precision > 38 || scale > precision)
    throw new SqlServerError(
      1007,
      `The precision ${precision} or scale ${scale} of a decimal is out of range.`,
      15,
    );
  return { name: 'decimal', precision, scale };
}

export function isText(type: SqlType): type is TextType {
  return type.name === 'char' || type.name === 'varchar' || type.name === 'nchar' || type.name === 'nvarchar';
}

export function isNational(type: SqlType): boolean {
  return type.name === 'nchar' || type.name === 'nvarchar';
}

export function isInteger(type: SqlType): boolean {
  return ['bit', 'tinyint', 'smallint', 'int', 'bigint'].includes(type.name);
}

export function isExact(type: SqlType): boolean {
  return isInteger(type) || type.name === 'decimal' || type.name === 'money';
}

export function isFloat(type: SqlType): boolean {
  return type.name === 'float' || type.name === 'real';
}

export function isMoment(type: SqlType): boolean {
  return ['date', 'datetime', 'datetime2', 'smalldatetime', 'time'].includes(type.name);
}

/** Lowest first, as SQL Server ranks them: an operand of a lower type is converted to the higher one. */
const precedence: readonly SqlType['name'][] = [
  'varbinary',
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'uniqueidentifier',
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'money',
  'decimal',
  'real',
  'float',
  'time',
  'date',
  'smalldatetime',
  'datetime',
  'datetime2',
];

export function rank(type: SqlType): number {
  return precedence.indexOf(type.name);
}

const digits: Readonly<Record<string, number>> = { bit: 1, tinyint: 3, smallint: 5, int: 10, bigint: 19 };

/** Precision and scale of an exact number, as decimal arithmetic counts them. */
export function exactFacets(type: SqlType): { readonly precision: number; readonly scale: number } {
  if (type.name === 'decimal') return type;
  if (type.name === 'money') return { precision: 19, scale: 4 };
  const precision = digits[type.name];
  if (precision === undefined) throw new Error(`${type.name} is not an exact number`);
  return { precision, scale: 0 };
}

/** The type that rows of a UNION, branches of a CASE and arguments of COALESCE share. */
export function unify(left: SqlType, right: SqlType): SqlType {
  const higher = rank(left) >= rank(right) ? left : right;
  const lower = higher === left ? right : left;
  if (higher.name === 'decimal' && isExact(lower)) {
    const [one, other] = [exactFacets(higher), exactFacets(lower)];
    const scale = Math.max(one.scale, other.scale);
    const whole = Math.max(one.precision - one.scale, other.precision - other.scale);
    return { name: 'decimal', precision: Math.min(38, whole + scale), scale: Math.min(scale, 38 - whole) };
  }
  if ((isText(higher) && isText(lower)) || (higher.name === 'varbinary' && lower.name === 'varbinary')) {
    const varying = higher.name === 'nchar' && lower.name === 'varchar' ? 'nvarchar' : higher.name;
    return { name: varying, length: longer(higher.length, lower.length) };
  }
  if ((higher.name === 'datetime2' || higher.name === 'time') && lower.name === higher.name)
    return { name: higher.name, scale: Math.max(higher.scale, lower.scale) };
  return higher;
}

function longer(one: number, other: number): number {
  return one === -1 || other === -1 ? -1 : Math.max(one, other);
}

/** What PostgreSQL keeps a value of this type as. Texts are bpchar without a length: it compares as SQL Server does, blanks at the end apart. */
export function storage(type: SqlType): string {
  switch (type.name) {
    case 'bit':
    case 'tinyint':
    case 'smallint':
      return 'int2';
    case 'int':
      return 'int4';
    case 'bigint':
      return 'int8';
    case 'decimal':
      return `numeric(${type.precision},${type.scale})`;
    case 'money':
      return 'numeric(19,4)';
    case 'float':
      return 'float8';
    case 'real':
      return 'float4';
    case 'date':
      return 'date';
    case 'datetime':
      return 'timestamp(3)';
    case 'smalldatetime':
      return 'timestamp(0)';
    case 'datetime2':
      return `timestamp(${Math.min(6, type.scale)})`;
    case 'time':
      return `time(${Math.min(6, type.scale)})`;
    case 'uniqueidentifier':
      return 'uuid';
    case 'varbinary':
      return 'bytea';
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return 'bpchar';
  }
}

/** As T-SQL writes it, for messages and cache keys. */
export function typeText(type: SqlType): string {
  if (type.name === 'decimal') return `decimal(${type.precision},${type.scale})`;
  if ('length' in type) return `${type.name}(${type.length === -1 ? 'max' : type.length})`;
  if ('scale' in type) return `${type.name}(${type.scale})`;
  return type.name;
}

export function sameType(one: SqlType, other: SqlType): boolean {
  return typeText(one) === typeText(other);
}
