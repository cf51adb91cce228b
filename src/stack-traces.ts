/**
 * Stack traces that name the lines of `src/`. Node's own way reads the map of every file while it is loaded, which costs a start a
 * twentieth of its time and 12 MB; here a map is read when a trace first goes through its file.
 */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const home = new URL('./', import.meta.url).href;
/** Undefined for a file that has none, or none that can be read. */
const maps = new Map<string, SourceMap | undefined>();

function mapOf(file: string): SourceMap | undefined {
  if (!maps.has(file)) maps.set(file, readMap(file));
  return maps.get(file);
}

function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(fileURLToPath(`${file}.map`), 'utf8')) as SourceMapPayload);
  } catch {
    // Whatever is wrong with a map must not hide the fault whose trace is wanted.
    return undefined;
  }
}

function lineOf(frame: NodeJS.CallSite): string {
  const text = (frame as { toString(): string }).toString();
  const [file, line, column] = [frame.getFileName(), frame.getLineNumber(), frame.getColumnNumber()];
  if (!file?.startsWith(home) || line === null || column === null) return text;
  const found = mapOf(file)?.findEntry(line - 1, column - 1);
  if (!found || !('originalSource' in found)) return text;
  const source = fileURLToPath(new URL(found.originalSource, file));
  const original = `${pathToFileURL(source).href}:${found.originalLine + 1}:${found.originalColumn + 1}`;
  return text.replace(`${file}:${line}:${column}`, () => original);
}

/** For all errors from now on. */
export function nameSourceLines(): void {
  Error.prepareStackTrace = (error, frames) =>
    [Error.prototype.toString.call(error), ...frames.map((frame) => `    at ${lineOf(frame)}`)].join('\n');
}
