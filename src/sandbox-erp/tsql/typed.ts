import { SqlServerError } from '../engine.ts';
import type { SqlType } from '../engine.ts';
import { supportSchema } from './support.ts';
import { exactFacets, isText, refuse, storage } from './types.ts';
import type { TextType } from './types.ts';

/** A T-SQL expression in PostgreSQL's words, with the type SQL Server gives it. */
export interface Typed {
  readonly sql: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** The same text as PostgreSQL `text`, which unlike bpchar keeps the blanks at its end; left out where it must be made. */
  readonly plain?: string;
  /** A bare NULL has no type of its own; a whole number written out counts with its own digits in decimal arithmetic. */
  readonly literal?: 'null' | { readonly digits: number } | 'text';
}

const collated = `COLLATE ${supportSchema}.ci`;

export function quotedText(value: string): string {
  if (value.includes('\0')) throw refuse('a text with a NUL character');
  return `'${value.replaceAll("'", "''")}'`;
}

export function textLiteral(value: string, national: boolean): Typed {
  const length = Math.max(1, value.length);
  const most = national ? 4000 : 8000;
  return {
    sql: `(${quotedText(value)}::bpchar ${collated})`,
    plain: `(${quotedText(value)}::text ${collated})`,
    type: { name: national ? 'nvarchar' : 'varchar', length: length > most ? -1 : length },
    nullable: false,
    literal: 'text',
  };
}

export function numberLiteral(text: string): Typed {
  if (/e/iu.test(text)) return { sql: `'${text}'::float8`, type: { name: 'float' }, nullable: false };
  const [whole = '', fraction = ''] = text.split('.');
  const digits = whole.replace(/^0+/u, '').length;
  if (!text.includes('.')) {
    const plain = whole.replace(/^0+(?=\d)/u, '');
    if (digits <= 10 && Number(plain) <= 2_147_483_647)
      return {
        sql: plain,
        type: { name: 'int' },
        nullable: false,
        literal: { digits: Math.max(1, digits) },
      };
  }
  const precision = Math.max(1, digits + fraction.length);
  if (precision > 38)
    throw new SqlServerError(
      1007,
      `The number '${text}' is out of the range for numeric representation.`,
      15,
    );
  return {
    sql: `'${text}'::numeric`,
    type: { name: 'decimal', precision, scale: fraction.length },
    nullable: false,
  };
}

export function nullLiteral(type: SqlType = { name: 'int' }): Typed {
  const sql = isText(type) ? `(NULL::bpchar ${collated})` : `NULL::${storage(type)}`;
  return { sql, type, nullable: true, literal: 'null' };
}

export function variableValue(place: string, type: SqlType): Typed {
  const cast = isText(type) ? `(${place}::bpchar ${collated})` : `${place}::${storage(type)}`;
  return { sql: cast, type, nullable: true };
}

/** A text expression as PostgreSQL `text`. bpcharout keeps the blanks that a cast would cut. */
export function plainText(value: Typed): string {
  return value.plain ?? `(textin(bpcharout(${value.sql})) ${collated})`;
}

/** For the engine's own functions: their regular expressions cannot work on a collation that ignores case. */
export function rawText(value: Typed): string {
  return `(${plainText(value)} COLLATE "C")`;
}

/** A PostgreSQL `text` expression as a text of T-SQL. */
export function madeText(plain: string, type: TextType, nullable: boolean): Typed {
  return { sql: `((${plain})::bpchar ${collated})`, plain: `((${plain}) ${collated})`, type, nullable };
}

/** Precision and scale that an operand brings into decimal arithmetic. */
export function operandFacets(value: Typed): { readonly precision: number; readonly scale: number } {
  if (typeof value.literal === 'object') return { precision: value.literal.digits, scale: 0 };
  return exactFacets(value.type);
}
