/** Rows up to limits of number and size. */
import type { ReportColumn } from '../../report.ts';

export type Cells = readonly (string | null)[];

export interface LimitedRows {
  /** Ends early at the limits. */
  readonly rows: AsyncGenerator<readonly Cells[], void, undefined>;
  /** After the rows have ended: whether a limit cut them. */
  readonly truncated: () => boolean;
}

/** What an engine answers: its columns, and cells until `close`. */
export interface OpenReport {
  readonly columns: readonly ReportColumn[];
  /** Undefined when there are no more. */
  next(): Promise<readonly Cells[] | undefined>;
  close(): Promise<void>;
}

interface Limits {
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** `first` is what the source answered already. */
export function limitedRows(
  first: readonly Cells[] | undefined,
  source: Pick<OpenReport, 'next' | 'close'>,
  limits: Limits,
): LimitedRows {
  let cut = false;
  async function* read(): AsyncGenerator<readonly Cells[], void, undefined> {
    let left = { rows: limits.maxRows, bytes: limits.maxBytes };
    try {
      for (let batch = first; batch !== undefined; batch = await source.next()) {
        const fit = fitting(batch, left);
        cut = fit.count < batch.length;
        left = fit.left;
        if (fit.count > 0) yield cut ? batch.slice(0, fit.count) : batch;
        if (cut) return;
      }
    } finally {
      await source.close();
    }
  }
  const rows = read();
  const end = rows.return.bind(rows);
  // A generator that was never begun would end without its finally.
  rows.return = async (value) => {
    await source.close();
    return end(value);
  };
  return { rows, truncated: () => cut };
}

function fitting(batch: readonly Cells[], left: { readonly rows: number; readonly bytes: number }) {
  let { rows, bytes } = left;
  let count = 0;
  for (const row of batch) {
    bytes -= row.reduce((sum, cell) => sum + (cell === null ? 0 : Buffer.byteLength(cell)), 0);
    if (rows === 0 || bytes < 0) break;
    rows -= 1;
    count += 1;
  }
  return { count, left: { rows, bytes } };
}
