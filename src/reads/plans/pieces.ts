/**
 * SQL in pieces: what depends on the document alone is text, made once; what depends on a request's arguments or caller is a
 * function that writes its part for each.
 */
import type { RequestContext } from '../../request.ts';
import type { Bind } from '../declaration.ts';
import { instantText } from '../instant-text.ts';
import type { Variables } from './collected-fields.ts';

/** What one request brings to a statement. */
export interface Asking {
  readonly bind: Bind;
  readonly variables: Variables;
  readonly context: RequestContext;
}

export type Piece = string | ((asking: Asking) => string);

/** Neighbouring texts as one. */
export function joined(pieces: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') all[all.length - 1] = last + piece;
    else all.push(piece);
  }
  return all;
}

export function written(pieces: readonly Piece[], asking: Asking): string {
  let text = '';
  for (const piece of pieces) text += typeof piece === 'string' ? piece : piece(asking);
  return text;
}

/** Lists with commas between them. */
export const listed = (columns: readonly (readonly Piece[])[]): readonly Piece[] =>
  joined(columns.flatMap((column, place) => (place === 0 ? column : [', ', ...column])));

/** Why a selection cannot be read in one statement; it goes the ordinary way then. */
export class NoPlan extends Error {
  constructor(readonly reason: 'long_name' | 'no_declared_root' | 'many_variants' | 'too_large') {
    super(`no plan: ${reason}`);
  }
}

/** PostgreSQL cuts longer names off. */
const longestName = 63;

/** A response key as the name of a column. Throws NoPlan. */
export function columnName(key: string): string {
  if (key.length > longestName) throw new NoPlan('long_name');
  return `"${key}"`;
}

/**
 * The row under an alias, whole. A bare name would be a column's first, wherever one is called so: response keys are the caller's, and
 * may be any name.
 */
export const wholeRow = (alias: string): string => `${alias}.*`;

/**
 * That row as a value: row_to_json writes rows within rows, and arrays of them, into one text, where JSON within JSON is copied once more
 * at every level.
 */
export const rowValue = (alias: string): string => `${wholeRow(alias)}::record`;

/** Columns of instants, and no others, are named so. */
const instantColumn = /^t\.[a-z_]+_at$/;

/** A column or expression of a row as JSON is to have it. */
export const valueText = (sql: string): string => (instantColumn.test(sql) ? instantText(sql) : sql);
