import type { SqlType } from '../engine.ts';
import { supportSchema } from './support.ts';
import { madeText, plainText } from './typed.ts';
import type { Typed } from './typed.ts';
import { isInteger, isMoment, isText, refuse, typeText } from './types.ts';
import type { TextType } from './types.ts';

/** What a value looks like as text: numbers in full, days and hours in the styles of CONVERT. */
export function toText(
  value: Typed,
  target: TextType,
  how: { readonly style: number | null; readonly assigning: boolean },
): Typed {
  if (isText(value.type)) return fitted(value, value.type, target, how.assigning);
  const from = value.type;
  if (isMoment(from)) {
    const { sql, length } = momentText(value, how.style ?? defaultStyle(from));
    // A style with a fraction of a second may be longer than its least.
    return padded(target.length === -1 ? sql : `left(${sql}, ${target.length})`, length, target);
  }
  if (how.style !== null && how.style !== 0) throw refuse(`CONVERT of ${from.name} in style ${how.style}`);
  if (isInteger(from) || from.name === 'decimal') return digitsText(value, target);
  if (from.name === 'money')
    return padded(roomFor(`round(${value.sql}, 2)::text`, 20, 'money', target), 0, target);
  if (from.name === 'uniqueidentifier')
    return padded(roomFor(`upper((${value.sql})::text)`, 36, 'uniqueidentifier', target), 36, target);
  throw refuse(`a conversion of ${typeText(from)} to text`);
}

function fitted(value: Typed, from: TextType, target: TextType, assigning: boolean): Typed {
  const tooLong = target.length !== -1 && (from.length === -1 || from.length > target.length);
  const fixed = target.name === 'char' || target.name === 'nchar';
  if (assigning || (!tooLong && (!fixed || (from.name === target.name && from.length === target.length))))
    return { ...value, type: target };
  const cut = tooLong ? `left(${plainText(value)}, ${target.length})` : plainText(value);
  return padded(cut, 0, target);
}

/** `least` is how long the text is at the least, where that is known. */
function padded(plain: string, least: number, target: TextType): Typed {
  const fixed = target.name === 'char' || target.name === 'nchar';
  const sql = fixed && least < target.length ? `rpad(${plain}, ${target.length})` : plain;
  return madeText(sql, target, true);
}

function roomFor(plain: string, most: number, kind: string, target: TextType): string {
  if (target.length === -1 || target.length >= most) return plain;
  return `${supportSchema}.fit_digits(${plain}, ${target.length}, '${kind}', '${target.name}')`;
}

function digitsText(value: Typed, target: TextType): Typed {
  const { type } = value;
  if (type.name === 'decimal')
    return padded(
      roomFor(
        `(${value.sql})::numeric(${type.precision},${type.scale})::text`,
        type.precision + 3,
        'numeric',
        target,
      ),
      0,
      target,
    );
  const most = type.name === 'bigint' ? 20 : 11;
  return padded(roomFor(`(${value.sql})::text`, most, 'int', target), 0, target);
}

function defaultStyle(type: SqlType): number {
  return type.name === 'datetime' || type.name === 'smalldatetime' ? 0 : 121;
}

const dayForms: Readonly<Record<number, string>> = {
  1: 'MM/DD/YY',
  101: 'MM/DD/YYYY',
  102: 'YYYY.MM.DD',
  103: 'DD/MM/YYYY',
  104: 'DD.MM.YYYY',
  105: 'DD-MM-YYYY',
  110: 'MM-DD-YYYY',
  111: 'YYYY/MM/DD',
  112: 'YYYYMMDD',
};

function momentText(value: Typed, style: number): { readonly sql: string; readonly length: number } {
  const { sql, type } = value;
  const form = dayForms[style];
  if (type.name === 'time') return clockText(sql, type.scale, style);
  if (form !== undefined) return { sql: `to_char(${sql}, '${form}')`, length: form.length };
  if (style === 23 || (type.name === 'date' && [20, 21, 120, 121, 126].includes(style)))
    return { sql: `(${sql})::date::text`, length: 10 };
  if (type.name === 'date') throw refuse(`CONVERT of date in style ${style}`);
  const fraction = fractionOf(type);
  switch (style) {
    case 0:
    case 100:
      return { sql: monthText(sql), length: 19 };
    case 8:
    case 108:
      return { sql: `to_char(${sql}, 'HH24:MI:SS')`, length: 8 };
    case 20:
    case 120:
      return { sql: `to_char(${sql}, 'YYYY-MM-DD HH24:MI:SS')`, length: 19 };
    case 21:
    case 121:
      return { sql: withFraction(sql, 'YYYY-MM-DD HH24:MI:SS', fraction), length: 19 };
    case 126: {
      const whole = `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS')`;
      const full = withFraction(sql, 'YYYY-MM-DD"T"HH24:MI:SS', fraction);
      const none = `extract(microseconds FROM ${sql})::int8 % 1000000 = 0`;
      return { sql: `(CASE WHEN ${none} THEN ${whole} ELSE ${full} END)`, length: 19 };
    }
    default:
      throw refuse(`CONVERT of ${type.name} in style ${style}`);
  }
}

function clockText(sql: string, scale: number, style: number): { sql: string; length: number } {
  if (style === 8 || style === 108) return { sql: `to_char(${sql}, 'HH24:MI:SS')`, length: 8 };
  if (style !== 121 && style !== 126) throw refuse(`CONVERT of time in style ${style}`);
  return { sql: withFraction(`('2000-01-01'::date + ${sql})`, 'HH24:MI:SS', scale), length: 8 };
}

function fractionOf(type: SqlType): number {
  if (type.name === 'datetime2') return type.scale;
  return type.name === 'datetime' ? 3 : 0;
}

/** PostgreSQL keeps six digits of a second; the seventh that SQL Server prints is 0. */
function withFraction(sql: string, form: string, digits: number): string {
  if (digits === 0) return `to_char(${sql}, '${form}')`;
  if (digits > 6) return `(to_char(${sql}, '${form}.US') || '0')`;
  return digits === 6
    ? `to_char(${sql}, '${form}.US')`
    : `left(to_char(${sql}, '${form}.US'), ${digits - 6})`;
}

/** 'Mon dd yyyy hh:miAM', day and hour padded with blanks. */
function monthText(sql: string): string {
  const padded = (form: string): string => `lpad(to_char(${sql}, '${form}'), 2)`;
  return `(to_char(${sql}, 'Mon ') || ${padded('FMDD')} || to_char(${sql}, ' YYYY ') || ${padded('FMHH12')} || to_char(${sql}, ':MIAM'))`;
}
