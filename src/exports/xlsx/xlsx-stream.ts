/**
 * An export as a workbook, made as fast as it is taken: sheets are packed as their rows come, and what says that the file is whole comes last. So
 * one that breaks off is no workbook, and nothing of it stays in memory. More rows than a sheet holds go on in the next one.
 */
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import type { Rows } from '../cells.ts';
import type { SetColumn } from '../export-set.ts';
import { RowsAhead, sheetXml } from './sheet-xml.ts';
import { sheetPath, workbookParts } from './workbook-parts.ts';

export function xlsxStream(name: string, columns: readonly SetColumn[], rows: Rows): Readable {
  const zip = new ZipFile();
  const ahead = new RowsAhead(rows);
  const output = zip.outputStream as Readable;
  let sheet: Readable | undefined;
  const broken = (fault: unknown): void => {
    output.destroy(fault instanceof Error ? fault : new Error(String(fault)));
  };
  zip.on('error', broken);
  // What stays unheard would end the process; whoever reads is told by the stream.
  output.on('error', () => undefined);
  output.once('close', () => {
    sheet?.destroy();
    void ahead.end().catch(() => undefined);
  });
  const pack = async (): Promise<void> => {
    let number = 0;
    do {
      number += 1;
      const one = Readable.from(sheetXml(columns, ahead), { objectMode: false });
      sheet = one;
      zip.addReadStream(one, sheetPath(number));
      await ended(one);
    } while (await ahead.hasMore());
    for (const [path, xml] of workbookParts(name, number)) zip.addBuffer(Buffer.from(xml), path);
    zip.end();
  };
  pack().catch(broken);
  return output;
}

const ended = (stream: Readable): Promise<void> =>
  new Promise((done, fail) => {
    stream.once('end', done).once('error', fail).once('close', done);
  });
