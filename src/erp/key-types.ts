/**
 * Keys in the ERP's own types. Text is what callers and cursors hold; here it becomes a parameter of exactly the type that
 * the key's column has, so that the server seeks in its index instead of converting every row, and back.
 */
import type { SqlType, SqlValue } from './statement.ts';

export interface ColumnType {
  /** The base type's name, as sys.types has it. */
  readonly name: string;
  /** Bytes; -1 means (max). */
  readonly bytes: number;
  readonly precision: number;
  readonly scale: number;
}

const characterBytes = { char: 1, varchar: 1, nchar: 2, nvarchar: 2 } as const;
const longestKey = { char: 8000, varchar: 8000, nchar: 4000, nvarchar: 4000 } as const;

const bounds: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** How a parameter compared with this column is declared; undefined for types that no key or text has. */
export function parameterType({ name, bytes, precision, scale }: ColumnType): SqlType | undefined {
  switch (name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'uniqueidentifier':
      return { name };
    case 'decimal':
    case 'numeric':
      return { name: 'decimal', precision, scale };
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return { name, length: bytes === -1 ? longestKey[name] : bytes / characterBytes[name] };
    default:
      return undefined;
  }
}

const wholeNumber = /^(0|-?[1-9]\d{0,18})$/;
const exactNumber = /^(0|-?[1-9]\d{0,37}|-?(0|[1-9]\d{0,37})\.\d{1,38})$/;
const guid = /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/;

/** The text as a value of that type; undefined when no value of the type is written so: nothing has this key. */
export function keyValue(type: SqlType, text: string): SqlValue | undefined {
  switch (type.name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint': {
      const range = bounds[type.name];
      if (!range || !wholeNumber.test(text)) return undefined;
      const number = BigInt(text);
      if (number < range[0] || number > range[1]) return undefined;
      return type.name === 'bigint' ? text : Number(text);
    }
    case 'decimal':
      return exactNumber.test(text) && fits(type, text) ? text : undefined;
    case 'uniqueidentifier':
      return guid.test(text) ? text : undefined;
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
      return text.length <= type.length && !text.includes('\0') ? text : undefined;
    case 'date':
    case 'bit':
    case 'datetime2':
      return undefined;
  }
}

function fits({ precision, scale }: { precision: number; scale: number }, text: string): boolean {
  const [whole = '', fraction = ''] = text.replace('-', '').split('.');
  return whole.length <= precision - scale + (whole === '0' ? 1 : 0) && fraction.length === scale;
}

const wholeSpelling = /^[+-]?\d{1,40}$/;
const exactSpelling = /^([+-]?)0*(\d{1,38})(?:\.(\d{1,38}))?$/;

/** The key as a value of the type is written, from what somebody typed: `007` is 7. Whether it is one at all, keyValue tells. */
export function keySpelling(type: SqlType, typed: string): string {
  const text = typed.trim();
  switch (type.name) {
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
      return wholeSpelling.test(text) ? String(BigInt(text)) : text;
    case 'decimal': {
      const [, sign, whole, fraction = ''] = exactSpelling.exec(text) ?? [];
      if (whole === undefined) return text;
      const places = fraction.replace(/0+$/, '').padEnd(type.scale, '0');
      return `${sign === '-' ? '-' : ''}${whole}${places && `.${places}`}`;
    }
    case 'uniqueidentifier':
      return text;
    // Blanks before a text are part of it; blanks behind it are none to SQL Server.
    default:
      return typed.trimEnd();
  }
}

/** A key as the driver reads it, in text; fixed-length texts lose the blanks that fill them. Undefined for what is no key. */
export function keyText(type: SqlType, value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  return type.name === 'char' || type.name === 'nchar' ? value.trimEnd() : value;
}
