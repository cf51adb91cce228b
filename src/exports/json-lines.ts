/** Rows that COPY told as JSON lines, as cells again: for forms that COPY does not write. */
import type { Readable } from 'node:stream';
import type { Cell, Row, Rows } from './cells.ts';
import type { SetColumn } from './export-set.ts';

const asCell = (value: unknown, { type }: SetColumn): Cell =>
  type === 'json' && value !== null ? JSON.stringify(value) : (value as Cell);

async function* batchesOf(lines: Readable, columns: readonly SetColumn[]): AsyncGenerator<readonly Row[]> {
  let rest = '';
  const rowOf = (line: string): Row => {
    const values = JSON.parse(line) as Readonly<Record<string, unknown>>;
    return columns.map((column) => asCell(values[column.name] ?? null, column));
  };
  const decoder = new TextDecoder();
  for await (const piece of lines as AsyncIterable<Buffer>) {
    const texts = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = texts.pop() ?? '';
    yield texts.map(rowOf);
  }
  if (rest !== '') yield [rowOf(rest)];
}

/** A batch for each piece of the stream, which is destroyed as soon as no more are wanted: before the first, or while the next is waited for, too. */
export function rowsOfJsonLines(lines: Readable, columns: readonly SetColumn[]): Rows {
  const batches = batchesOf(lines, columns);
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => batches.next(),
      return: () => {
        // A generator that has not begun, or waits, would not hear of it.
        lines.destroy();
        return batches.return(undefined);
      },
    }),
  };
}
