/** Cells of PostgreSQL as text in the form of report.ts. */
import pg from 'pg';
import type { ReportValueType } from '../../report.ts';
import { withoutExponent } from './number-text.ts';

const { BOOL, INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8, DATE, TIMESTAMP, TIMESTAMPTZ, BYTEA } =
  pg.types.builtins;
const byteaArray = 1001;

const valueTypes = new Map<number, ReportValueType | undefined>([
  [BOOL, 'BOOLEAN'],
  [INT2, 'INTEGER'],
  [INT4, 'INTEGER'],
  [INT8, 'INTEGER'],
  [NUMERIC, 'DECIMAL'],
  [FLOAT4, 'DECIMAL'],
  [FLOAT8, 'DECIMAL'],
  [DATE, 'DATE'],
  [TIMESTAMP, 'DATETIME'],
  [TIMESTAMPTZ, 'DATETIME'],
  [BYTEA, undefined],
  [byteaArray, undefined],
]);

/** Undefined: has no text of its own. */
export const typeOf = (type: number): ReportValueType | undefined =>
  valueTypes.has(type) ? valueTypes.get(type) : 'TEXT';

type Teller = (text: string) => string;

const moment = /^(\d{4,}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d+))?(\+00)?$/;

/** What is no moment of ours, infinity and years before Christ, is told as PostgreSQL writes it. */
function momentText(text: string): string {
  const [, day, time, fraction = '', zone] = moment.exec(text) ?? [];
  if (day === undefined || time === undefined) return text;
  return `${day}T${time}.${fraction.padEnd(3, '0')}${zone === undefined ? '' : 'Z'}`;
}

const tellers = new Map<number, Teller>([
  [BOOL, (text) => (text === 't' ? 'true' : 'false')],
  [FLOAT4, withoutExponent],
  [FLOAT8, withoutExponent],
  [TIMESTAMP, momentText],
  [TIMESTAMPTZ, momentText],
]);

/** Arrays of the types that have one of their own, with the type of their elements. */
const elements = new Map<number, number | undefined>([
  [1000, BOOL],
  [1005, INT2],
  [1007, INT4],
  [1016, INT8],
  [1231, NUMERIC],
  [1021, FLOAT4],
  [1022, FLOAT8],
  [1182, DATE],
  [1115, TIMESTAMP],
  [1185, TIMESTAMPTZ],
  [1009, undefined],
  [1015, undefined],
  [2951, undefined],
]);

/** Undefined: as it is. Arrays are told as their elements, joined by commas; NULL among them is left out. */
export function tellerOf(type: number): Teller | undefined {
  if (!elements.has(type)) return tellers.get(type);
  const element = tellers.get(elements.get(type) ?? 0) ?? ((text: string) => text);
  return (text) => elementsIn(text).map(element).join(', ');
}

/** Of an array in PostgreSQL's own form, whatever its depth. */
function elementsIn(text: string): string[] {
  const found = text.replace(/^[^{]*=/, '').matchAll(/"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs);
  return [...found].flatMap(([, quoted, plain]) => {
    if (quoted !== undefined) return [quoted.replaceAll(/\\(.)/gs, '$1')];
    return plain === undefined || plain === 'NULL' ? [] : [plain];
  });
}
