/**
 * Rows as a stream of text: made as fast as it is taken and no faster, in pieces of some thousand signs. The stream ends only where the
 * rows did; in every other case it breaks. Destroying it ends whatever is being read.
 */
import { Readable } from 'node:stream';
import type { Row, Rows } from './cells.ts';
import type { RowText } from './row-text.ts';

const pieceSize = 32_768;

async function* pieces(text: RowText, rows: Rows): AsyncGenerator<string> {
  let piece = text.head;
  for await (const batch of rows) {
    for (const row of batch) {
      piece += text.line(row);
      if (piece.length < pieceSize) continue;
      yield piece;
      piece = '';
    }
    // The next batch may take its time.
    if (piece !== '') yield piece;
    piece = '';
  }
  if (piece !== '') yield piece;
}

/** The same rows, once the first of them are there: what cannot be begun is told before anything is answered. */
export async function begun(rows: AsyncGenerator<readonly Row[]>): Promise<Rows> {
  let first = await rows.next();
  while (first.done !== true && first.value.length === 0) first = await rows.next();
  return (async function* () {
    try {
      if (first.done !== true) yield first.value;
      yield* rows;
    } finally {
      await rows.return(undefined);
    }
  })();
}

export function rowStream(text: RowText, rows: Rows): Readable {
  const stream = Readable.from(pieces(text, rows), { objectMode: false, highWaterMark: pieceSize });
  // What stays unheard would end the process; whoever reads is told by the stream.
  return stream.on('error', () => undefined);
}
