/**
 * Exports into files: written under another name until they are whole, forced to the disk, and gone on with after a break, where the form
 * allows.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { DataSource } from 'typeorm';
import type { Actor } from '../../request.ts';
import { logExport } from '../export-log.ts';
import type { Export, Exporter } from '../exporter.ts';
import { ExportProgress } from './export-progress.ts';
import { PartFile, withoutHead, type Resumed } from './part-file.ts';

export interface Exporting {
  readonly exporter: Exporter;
  readonly dataSource: DataSource;
  readonly actor: Actor;
  /** Ends what is under way; what has been written of it stays. */
  readonly halt: AbortSignal;
  /** For people. */
  readonly tell: (words: string) => void;
}

interface Named {
  /** As `clients.csv`. */
  readonly name: string;
  /** As a query string. */
  readonly search: string;
}

export interface ToFile extends Named {
  readonly path: string;
  readonly resume: boolean;
}

/** `after`: behind which row of what was there already. */
async function opened(
  exporting: Exporting,
  { name, search }: Named,
  resumed: Resumed | undefined,
): Promise<readonly [Export, ExportProgress]> {
  const { exporter, dataSource, actor, halt, tell } = exporting;
  const parameters = new URLSearchParams(search);
  if (resumed) parameters.set('after', resumed.cursor);
  const wanted = await exporter.request(actor.access, name, parameters.toString());
  const progress = new ExportProgress(wanted, resumed?.rows ?? 0);
  const one = await exporter.open({ wanted, actor, signal: halt, meter: progress });
  try {
    await logExport(dataSource, actor, wanted);
    progress.outOf(await one.size());
  } catch (fault) {
    one.body.destroy();
    throw fault;
  }
  if (one.notOffered.length > 0) tell(`not offered by: ${one.notOffered.join(', ')}\n`);
  return [one, progress];
}

/** Answers whether it came to its end. */
async function written(
  { halt, tell }: Exporting,
  body: AsyncIterable<Buffer>,
  progress: ExportProgress,
  write: (piece: Buffer) => Promise<void>,
): Promise<boolean> {
  try {
    for await (const piece of body) {
      progress.take(piece);
      await write(piece);
      if (halt.aborted) break;
    }
  } catch (fault) {
    if (!halt.aborted) throw fault;
  }
  tell(`\n${progress.summary()}\n`);
  return !halt.aborted;
}

async function* buffers(body: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
  for await (const piece of body) yield Buffer.from(piece);
}

/** Throws InputRejected, CannotResume, NotOffered, or what broke it off; what was written by then stays, to be gone on with. */
export async function exportToFile(exporting: Exporting, asked: ToFile): Promise<boolean> {
  const { exporter, actor, tell } = exporting;
  const { name, search, path, resume } = asked;
  const wanted = await exporter.request(actor.access, name, search);
  const file = new PartFile(path, JSON.stringify({ name, search }), wanted.format);
  const resumed = resume ? await file.resume(wanted.set.cursor) : undefined;
  if (resumed) tell(`${resumed.rows} rows are there: going on behind ${resumed.cursor}\n`);
  const [one, progress] = await opened(exporting, asked, resumed);
  const pieces = buffers(one.body);
  const handle = await file.begin(resumed);
  try {
    const body = resumed && resumed.head.length > 0 ? withoutHead(pieces, resumed.head) : pieces;
    const whole = await written(exporting, body, progress, async (piece) => {
      await handle.appendFile(piece);
    });
    await handle.sync();
    if (whole) await file.finish();
    else
      tell(
        `interrupted: ${file.goesOn ? 'the same call with --resume goes on from here' : 'nothing of it is kept'}\n`,
      );
    return whole;
  } finally {
    one.body.destroy();
    await handle.close();
  }
}

export async function exportToStream(exporting: Exporting, asked: Named, output: Writable): Promise<boolean> {
  const [one, progress] = await opened(exporting, asked, undefined);
  try {
    return await written(exporting, buffers(one.body), progress, async (piece) => {
      if (!output.write(piece)) await once(output, 'drain');
    });
  } finally {
    one.body.destroy();
  }
}
