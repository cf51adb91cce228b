/**
 * One statement's rows as the driver streams them: collected, and with a fault how many had come before it. Without the stream
 * the driver throws away what had come, and with it whether the statement may be sent again.
 */
import type mssql from 'mssql';
import type { RawRow } from './statement.ts';

export interface ReadRows {
  readonly rows: readonly RawRow[];
  readonly fault: { readonly error: unknown } | undefined;
}

/** Settles when the driver has let go of the connection; after a fault it waits for that at most `graceMs`. */
export function readRows(request: mssql.Request, text: string, graceMs: number): Promise<ReadRows> {
  return new Promise((resolve) => {
    const rows: RawRow[] = [];
    let fault: ReadRows['fault'];
    let impatience: NodeJS.Timeout | undefined;
    const settle = () => {
      clearTimeout(impatience);
      resolve({ rows, fault });
    };
    request.stream = true;
    request.on('row', (row: RawRow) => rows.push(row));
    request.on('error', (error: unknown) => {
      fault = { error };
      impatience ??= setTimeout(settle, graceMs);
    });
    request.on('done', settle);
    // Streaming, the driver tells faults by the event; only what it cannot even begin comes this way.
    request.query(text).catch((error: unknown) => {
      fault = { error };
      settle();
    });
  });
}
