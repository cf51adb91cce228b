/** Rows of cells in the forms of text that exports have: the same ones, to the byte, that COPY makes of the CRM's rows. */
import type { Cell, Row } from './cells.ts';
import { byteOrderMark, type TextFormat } from './export-format.ts';
import type { SetColumn } from './export-set.ts';

/** What a spreadsheet would reckon as a formula it is to show: all that begins as one, but for a number, or a telephone's, by itself. */
const formula = /^[=@\t\r＝＠＋－]|^[+-](?!\s*[0-9][0-9 ]*([.,][0-9]+)?$)/;

const plain = (cell: Exclude<Cell, null>): string => (Array.isArray(cell) ? cell.join(' ') : String(cell));

function inPolish(cell: Exclude<Cell, null>, { type }: SetColumn): string {
  const text = plain(cell);
  if (type === 'decimal') return text.replace('.', ',');
  if (type === 'instant') return text.slice(0, 19).replace('T', ' ');
  return type === 'text' && formula.test(text) ? `'${text}` : text;
}

/** As COPY quotes: what is empty, lest it be read as nothing, and whatever could be read as something else. */
function quoted(text: string, delimiter: string): string {
  const needed = text === '' || text === '\\.' || text.includes(delimiter) || /["\n\r]/.test(text);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface RowText {
  /** Before the first row. */
  readonly head: string;
  line(row: Row): string;
}

function csv(
  columns: readonly SetColumn[],
  delimiter: string,
  start: string,
  write: typeof inPolish,
): RowText {
  const names = columns.map(({ name }) => quoted(name, delimiter));
  return {
    head: `${start}${names.join(delimiter)}\n`,
    line: (row) => {
      const cells = columns.map((column, place) => {
        const cell = row[place] ?? null;
        return cell === null ? '' : quoted(write(cell, column), delimiter);
      });
      return `${cells.join(delimiter)}\n`;
    },
  };
}

function ndjson(columns: readonly SetColumn[]): RowText {
  const names = columns.map(({ name }) => JSON.stringify(name));
  return {
    head: '',
    line: (row) =>
      `{${names.map((name, place) => `${name}:${JSON.stringify(row[place] ?? null)}`).join(',')}}\n`,
  };
}

export function rowText(format: TextFormat, columns: readonly SetColumn[]): RowText {
  switch (format) {
    case 'ndjson':
      return ndjson(columns);
    case 'csv':
      return csv(columns, ',', '', plain);
    case 'csv-excel-pl':
      return csv(columns, ';', byteOrderMark, inPolish);
  }
}
