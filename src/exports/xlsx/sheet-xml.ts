/** A sheet as XML, made row by row: dates and numbers as such, texts as nothing but texts, the first row fixed and every column wide enough. */
import type { Cell, Row, Rows } from '../cells.ts';
import type { ColumnType, SetColumn } from '../export-set.ts';

/** Rows of one sheet, its head included; Excel knows no more. */
const mostRows = 1_048_576;
/** Excel takes no longer text for a cell, and a file with one for broken. */
const longestText = 32_767;
const cutMark = ' … [cut]';

/** Places in the styles of workbook-parts.ts. */
const styles = { general: 0, head: 1, date: 2, instant: 3, decimal: 4, integer: 5 } as const;

const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot hold stands as _xHHHH_, and what looks so already has its underscore told. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(
      /(?![\t\n\u007F-\u009F])[\p{Cc}\uFFFE\uFFFF]/gu,
      (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    )
    .replaceAll(/[&<>"]/g, (sign) => named[sign] ?? sign);
}

function textCell(text: string, style: number): string {
  const kept = text.length <= longestText ? text : `${text.slice(0, longestText - cutMark.length)}${cutMark}`;
  return `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${escaped(kept)}</t></is></c>`;
}

const numberCell = (value: string | number, style: number): string => `<c s="${style}"><v>${value}</v></c>`;

const dayMs = 86_400_000;
const epoch = Date.UTC(1899, 11, 30);
/** Excel takes 1900 for a leap year: what lies before its March is told as text. */
const firstDay = Date.UTC(1900, 2, 1);

function timeCell(text: string, time: number, style: number): string {
  return time < firstDay ? textCell(text, styles.general) : numberCell((time - epoch) / dayMs, style);
}

const numberForm = /^-?\d{1,30}(\.\d{1,30})?$/;

function cellOf(value: Cell, type: ColumnType): string {
  if (value === null) return '<c/>';
  if (Array.isArray(value)) return textCell(value.join(' '), styles.general);
  const text = String(value);
  switch (type) {
    case 'boolean':
      return `<c t="b"><v>${value === true ? 1 : 0}</v></c>`;
    case 'integer':
    case 'decimal':
      return numberForm.test(text) ? numberCell(text, styles[type]) : textCell(text, styles.general);
    case 'date':
      return timeCell(text, Date.parse(`${text}T00:00:00Z`), styles.date);
    case 'instant':
      return timeCell(text, Date.parse(text), styles.instant);
    case 'text':
    case 'list':
    case 'json':
      return textCell(text, styles.general);
  }
}

/** In signs. */
const widths: Readonly<Record<ColumnType, number>> = {
  text: 26,
  list: 30,
  json: 40,
  integer: 12,
  decimal: 16,
  boolean: 10,
  date: 12,
  instant: 20,
};

const widthOf = ({ name, type }: SetColumn): number =>
  Math.max(/^id$|Id$/.test(name) ? 46 : widths[type], name.length + 3);

const head = (columns: readonly SetColumn[]): string => {
  const cols = columns.map(
    (column, place) =>
      `<col min="${place + 1}" max="${place + 1}" width="${widthOf(column)}" customWidth="1"/>`,
  );
  const names = columns.map(({ name }) => textCell(name, styles.head));
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${cols.join('')}</cols><sheetData><row>${names.join('')}</row>`
  );
};

const rowXml = (row: Row, columns: readonly SetColumn[]): string =>
  `<row>${columns.map(({ type }, place) => cellOf(row[place] ?? null, type)).join('')}</row>`;

const pieceSize = 65_536;

/** Rows that are taken one after the other, sheet after sheet. */
export class RowsAhead {
  private readonly batches: AsyncIterator<readonly Row[]>;
  private batch: readonly Row[] = [];
  private place = 0;

  constructor(rows: Rows) {
    this.batches = rows[Symbol.asyncIterator]();
  }

  /** Whether there is one more; it is then `take`n. */
  async hasMore(): Promise<boolean> {
    while (this.place >= this.batch.length) {
      const next = await this.batches.next();
      if (next.done === true) return false;
      this.batch = next.value;
      this.place = 0;
    }
    return true;
  }

  take(): Row {
    const row = this.batch[this.place];
    if (!row) throw new RangeError('there is no row');
    this.place += 1;
    return row;
  }

  async end(): Promise<void> {
    await this.batches.return?.();
  }
}

/** One sheet, of as many of the rows as it holds. */
export async function* sheetXml(columns: readonly SetColumn[], rows: RowsAhead): AsyncGenerator<string> {
  let piece = head(columns);
  for (let count = 1; count < mostRows && (await rows.hasMore()); count += 1) {
    piece += rowXml(rows.take(), columns);
    if (piece.length < pieceSize) continue;
    yield piece;
    piece = '';
  }
  yield `${piece}</sheetData></worksheet>`;
}
