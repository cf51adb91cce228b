/**
 * Reads the rows of a CSV file as they come, in whatever of the usual encodings and separators it is: nothing of it is held but the
 * row in hand. Promises the line of each row, as an editor counts them.
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';

export type Encoding = 'utf-8' | 'windows-1250';
export type Separator = ';' | ',' | '\t';

/** The file as a whole cannot be read; `message` says why. */
export class UnreadableFile extends Error {}

export interface CsvForm {
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly bytes: number;
}

export interface CsvRow {
  /** Of its first sign, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Read so far. */
  readonly bytes: number;
}

/** More than this no row of clients has; a quote that is never closed would else be read to the end of the file. */
const longestRow = 1_000_000;

async function* textOf(path: string, encoding: Encoding, fatal: boolean): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal });
  for await (const chunk of createReadStream(path)) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

async function isUtf8(path: string): Promise<boolean> {
  try {
    for await (const text of textOf(path, 'utf-8', true)) void text;
    return true;
  } catch (fault) {
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}

async function firstBytes(path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: 65_535 })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What stands most often in the first line, outside of quotes. */
function separatorIn(text: string): Separator {
  const plain = text.replaceAll(/"[^"]*"/g, '');
  const line = plain.split(/\r\n|\n|\r/).find((one) => one.trim() !== '') ?? '';
  const count = (sign: string) => line.split(sign).length;
  const separators: readonly Separator[] = [';', ',', '\t'];
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** What is not said is found out. Throws UnreadableFile. */
export async function csvForm(
  path: string,
  said: { readonly encoding?: Encoding | undefined; readonly separator?: Separator | undefined },
): Promise<CsvForm> {
  const { size } = await stat(path).catch((fault: NodeJS.ErrnoException) => {
    throw new UnreadableFile(
      fault.code === 'ENOENT' ? 'there is no such file' : `cannot be read: ${fault.code}`,
    );
  });
  const begin = await firstBytes(path);
  if (begin.length === 0) throw new UnreadableFile('is empty');
  const mark = begin.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff') throw new UnreadableFile('is UTF-16: save it as CSV UTF-8');
  const encoding = said.encoding ?? ((await isUtf8(path)) ? 'utf-8' : 'windows-1250');
  const text = new TextDecoder(encoding).decode(begin);
  if (text.includes('\0')) throw new UnreadableFile('is no text');
  return { encoding, separator: said.separator ?? separatorIn(text), bytes: size };
}

/** Throws UnreadableFile where the rows cannot be told apart any more. */
export async function* csvRows(path: string, { encoding, separator }: CsvForm): AsyncGenerator<CsvRow> {
  const parser = Readable.from(textOf(path, encoding, false)).pipe(
    parse({
      delimiter: separator,
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRow,
    }),
  );
  let line = 1;
  try {
    for await (const item of parser) {
      const { record, info } = item as { record: string[]; info: { lines: number; bytes: number } };
      // The parser tells where a row ends; how many lines it takes is in its cells.
      const ends = info.lines;
      const within = record.join('').split('\n').length - 1;
      line = ends - within;
      yield { line, cells: record, bytes: info.bytes };
    }
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw new UnreadableFile(`cannot be taken apart after line ${line}: ${fault.code}`);
  }
}
