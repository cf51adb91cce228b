/** Rows that COPY told as JSON lines, as cells again: for forms that COPY does not write. */
import type { Readable } from 'node:stream';
import type { Cell, Row } from './cells.ts';
import type { SetColumn } from './export-set.ts';

const asCell = (value: unknown, { type }: SetColumn): Cell =>
  type === 'json' && value !== null ? JSON.stringify(value) : (value as Cell);

/** A batch for each piece of the stream. Destroys it where it is not read to its end. */
export async function* rowsOfJsonLines(
  lines: Readable,
  columns: readonly SetColumn[],
): AsyncGenerator<readonly Row[]> {
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
