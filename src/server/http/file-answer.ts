/**
 * Answers one file over HTTP (RFC 9110): whole or one range of it, not at all where the caller has it already, under a name
 * that is safe in a header. Several ranges at once are answered with the whole file, which is always allowed.
 */
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { answer, answerStream, type Exchange } from './exchange.ts';
import { Refusal } from './refusal.ts';

interface Range {
  readonly start: number;
  readonly end: number;
}

export interface AnsweredFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  /** Changes with the bytes. */
  readonly tag: string;
  readonly modifiedAt: Date;
  open(range?: Range): Promise<Readable>;
}

/** Shown by browsers as they are; all else is offered for saving. */
const shown = ['application/pdf', 'image/png', 'image/jpeg', 'image/gif', 'image/webp', 'text/plain'];

const plainLetters: Readonly<Record<string, string>> = { ł: 'l', Ł: 'L' };

/** RFC 6266: the plain form is for what knows no other, the second one, RFC 8187, is the name itself. */
export function contentDisposition(fileName: string, mediaType: string): string {
  const plain = fileName
    .replaceAll(/[łŁ]/g, (letter) => plainLetters[letter] ?? '')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]|["\\%;]/g, '_');
  const whole = encodeURIComponent(fileName).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const how = shown.includes(mediaType) ? 'inline' : 'attachment';
  return `${how}; filename="${plain}"; filename*=UTF-8''${whole}`;
}

/** Pages of these origins may show the file, in a frame or as a picture. */
type Embedders = readonly string[];

function headersOf(
  { fileName, mediaType, tag, modifiedAt }: AnsweredFile,
  embedders: Embedders,
): OutgoingHttpHeaders {
  const framed = `frame-ancestors ${["'self'", ...embedders].join(' ')}`;
  return {
    'accept-ranges': 'bytes',
    etag: `"${tag}"`,
    'last-modified': modifiedAt.toUTCString(),
    // Kept by the caller alone, and asked about each time: the file may be removed.
    'cache-control': 'private, no-cache',
    'content-type': mediaType,
    'content-disposition': contentDisposition(fileName, mediaType),
    // Whatever a page or a drawing holds, it runs nothing here. Browsers show a PDF with a program of their own, which this would stop.
    'content-security-policy':
      mediaType === 'application/pdf' ? framed : `default-src 'none'; sandbox; ${framed}`,
    // Links are for pages of the settings' origins too; whose they are not, holds no link.
    'cross-origin-resource-policy': embedders.length > 0 ? 'cross-origin' : 'same-origin',
  };
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1_000);

function isKnown(headers: IncomingHttpHeaders, { tag, modifiedAt }: AnsweredFile): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return (
      tags.trim() === '*' || tags.split(',').some((one) => one.trim().replace(/^W\//, '') === `"${tag}"`)
    );
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && seconds(modifiedAt) <= seconds(new Date(since));
}

/** A part is wanted only of the file that the caller has the rest of. */
function rangeHolds(headers: IncomingHttpHeaders, { tag, modifiedAt }: AnsweredFile): boolean {
  const condition = headers['if-range'];
  if (condition === undefined) return true;
  const text = String(condition).trim();
  return text.startsWith('"')
    ? text === `"${tag}"`
    : seconds(new Date(Date.parse(text))) === seconds(modifiedAt);
}

/** The range asked for; undefined for the whole file, also where the header makes no sense. */
function rangeOf(header: string | undefined, size: number): Range | 'NOWHERE' | undefined {
  const [, from = '', to = ''] = /^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/.exec(header ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '')
    return Number(to) === 0 ? 'NOWHERE' : { start: Math.max(0, size - Number(to)), end: size - 1 };
  const start = Number(from);
  if (to !== '' && Number(to) < start) return undefined;
  return start >= size ? 'NOWHERE' : { start, end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

/** Rejects as `open` does, before anything is sent. */
export async function answerFile(
  exchange: Exchange,
  file: AnsweredFile,
  embedders: Embedders,
): Promise<void> {
  const { request } = exchange;
  const headers = headersOf(file, embedders);
  if (isKnown(request.headers, file)) {
    answer(exchange, 304, headers);
    return;
  }
  const asked =
    request.method === 'GET' && rangeHolds(request.headers, file) ? request.headers.range : undefined;
  const range = rangeOf(asked, file.size);
  if (range === 'NOWHERE') {
    throw new Refusal(416, 'BAD_USER_INPUT', `The file has ${file.size} bytes.`, {
      headers: { 'content-range': `bytes */${file.size}` },
    });
  }
  if (request.method === 'HEAD') {
    answer(exchange, 200, { ...headers, 'content-length': file.size });
    return;
  }
  const body = await file.open(range);
  const part = range && {
    'content-range': `bytes ${range.start}-${range.end}/${file.size}`,
    'content-length': range.end - range.start + 1,
  };
  await answerStream(exchange, part ? 206 : 200, { ...headers, 'content-length': file.size, ...part }, body);
}
