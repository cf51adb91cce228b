import type { Column, SqlType, SqlValue } from '../engine.ts';
import { isFloat } from './types.ts';

/** Values on their way between PostgreSQL's text and the canonical text of the wire. */
type Reading = (value: string) => string;

function readingOf(type: SqlType): Reading | null {
  if (isFloat(type)) return (value) => String(Number(value));
  if (type.name === 'varbinary') return (value) => value.slice(2);
  if (type.name === 'char' || type.name === 'nchar') return (value) => value.padEnd(type.length);
  return null;
}

export type RowReading = (row: readonly SqlValue[]) => readonly SqlValue[];

/** Null where the rows can go on as they are. */
export function rowReading(columns: readonly Column[]): RowReading | null {
  const readings = columns.map((column) => readingOf(column.type));
  if (readings.every((reading) => reading === null)) return null;
  return (row) =>
    row.map((value, at) => {
      const reading = readings[at];
      return value === null || reading === null || reading === undefined ? value : reading(value);
    });
}

/** A parameter's value as PostgreSQL reads its type. */
export function sentValue(type: SqlType, value: SqlValue): string | null {
  if (value === null) return null;
  if (type.name === 'varbinary') return `\\x${value}`;
  if (type.name === 'char' || type.name === 'nchar') return value.padEnd(type.length);
  return value;
}
