/**
 * A file in the making: it has its name when it is whole, and until then another, with a note of what it is being made of, so that
 * it is gone on with only by the same call. What broke off is cut behind its last whole row.
 */
import { createReadStream } from 'node:fs';
import { open, readFile, rename, rm, stat, truncate, writeFile, type FileHandle } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { ExportFormat, TextFormat } from '../export-format.ts';
import { RecordScan } from './record-scan.ts';

/** Why a file cannot be gone on with, in words for whoever called. */
export class CannotResume extends Error {}

/** What was there already. */
export interface Resumed {
  readonly rows: number;
  /** Of the last row: behind it the rest begins. */
  readonly cursor: string;
  /** The first line of CSV, with its end; empty for JSON lines. */
  readonly head: Buffer;
}

const partOf = (path: string): string => `${path}.part`;
const noteOf = (path: string): string => `${path}.part.json`;

async function scanned(path: string, format: TextFormat): Promise<RecordScan> {
  const scan = new RecordScan(format);
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) scan.take(piece);
  return scan;
}

async function slice(path: string, from: number, to: number): Promise<Buffer> {
  const handle = await open(path);
  try {
    const bytes = Buffer.alloc(to - from);
    await handle.read(bytes, 0, bytes.length, from);
    return bytes;
  } finally {
    await handle.close();
  }
}

function cursorIn(format: TextFormat, head: Buffer, row: Buffer, column: string): string | undefined {
  if (format === 'ndjson') {
    const value = (JSON.parse(row.toString()) as Readonly<Record<string, unknown>>)[column];
    return typeof value === 'string' ? value : undefined;
  }
  const delimiter = format === 'csv' ? ',' : ';';
  const [told] = parse<Readonly<Record<string, string>>>(Buffer.concat([head, row]), {
    columns: true,
    bom: true,
    delimiter,
  });
  return told?.[column];
}

/** Names of columns hold no line end. */
async function headOf(path: string, format: TextFormat): Promise<Buffer> {
  let head = Buffer.alloc(0);
  if (format === 'ndjson') return head;
  for await (const piece of createReadStream(path) as AsyncIterable<Buffer>) {
    head = Buffer.concat([head, piece]);
    const end = head.indexOf('\n');
    if (end >= 0) return head.subarray(0, end + 1);
  }
  return head;
}

export class PartFile {
  readonly goesOn: boolean;

  constructor(
    readonly path: string,
    /** What tells this call from others. */
    private readonly call: string,
    private readonly format: ExportFormat,
  ) {
    this.goesOn = format !== 'xlsx';
  }

  /**
   * Undefined where nothing was left of an earlier call, or no row. Throws CannotResume where another call left it, and for
   * workbooks.
   */
  async resume(cursor: string): Promise<Resumed | undefined> {
    const { path, format } = this;
    const part = partOf(path);
    if (format === 'xlsx')
      throw new CannotResume('a workbook cannot be gone on with: begin anew, without --resume');
    if (!(await exists(part))) return undefined;
    const note = await readFile(noteOf(path), 'utf8').catch(() => '');
    if (note !== this.call)
      throw new CannotResume(`${part} was left by another call: begin anew, without --resume`);
    const scan = await scanned(part, format);
    const heads = format === 'ndjson' ? 0 : 1;
    if (scan.records <= heads) return undefined;
    const head = await headOf(part, format);
    const last = cursorIn(format, head, await slice(part, scan.from, scan.to), cursor);
    if (last === undefined) throw new CannotResume(`the last row of ${part} has no ${cursor}: begin anew`);
    await truncate(part, scan.to);
    return { rows: scan.records - heads, cursor: last, head };
  }

  /** Open for what follows, or from the beginning. */
  async begin(resumed: Resumed | undefined): Promise<FileHandle> {
    await writeFile(noteOf(this.path), this.call);
    return open(partOf(this.path), resumed ? 'a' : 'w');
  }

  /** Once everything is written and on the disk. */
  async finish(): Promise<void> {
    await rename(partOf(this.path), this.path);
    await rm(noteOf(this.path), { force: true });
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** Pieces of CSV without their first line, which must be the one that is there. Throws CannotResume. */
export async function* withoutHead(body: AsyncIterable<Buffer>, head: Buffer): AsyncGenerator<Buffer> {
  let waiting: Buffer | undefined = Buffer.alloc(0);
  for await (const piece of body) {
    waiting &&= Buffer.concat([waiting, piece]);
    if (!waiting) yield piece;
    else if (waiting.length >= head.length) {
      requireSame(waiting, head);
      yield waiting.subarray(head.length);
      waiting = undefined;
    }
  }
  if (waiting) requireSame(waiting, head);
}

function requireSame(told: Buffer, head: Buffer): void {
  if (!told.subarray(0, head.length).equals(head))
    throw new CannotResume('its columns are others by now: begin anew, without --resume');
}
