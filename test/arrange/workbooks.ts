/** Workbooks read back by an independent reader of zips. */
import { text } from 'node:stream/consumers';
import { SaxesParser } from 'saxes';
import { fromBufferPromise } from 'yauzl';

/** The parts by their paths, each well-formed XML. */
export async function partsOf(bytes: Buffer): Promise<ReadonlyMap<string, string>> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true });
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const xml = await text(await zip.openReadStreamPromise(entry));
    const parser = new SaxesParser();
    parser.on('error', (fault) => {
      throw fault;
    });
    parser.write(xml).close();
    parts.set(entry.fileName, xml);
  }
  return parts;
}
