/** Reads a JSON body within its limits. Everything wrong with it is a Refusal; a caller who hangs up is CallerGone. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isNestedDeeperThan, maximumNesting } from './nesting.ts';
import { malformed, Refusal } from './refusal.ts';

/** The connection went away while the body was still being read: nobody is left to be answered. */
export class CallerGone extends Error {}

const tooLarge = (limit: number) =>
  new Refusal(413, 'PAYLOAD_TOO_LARGE', `The body is larger than the ${limit} bytes that are accepted.`, {
    details: { limit: 'body', most: limit },
  });

/** What is left of a refused body is thrown away this long, so that the refusal is read before the line closes. */
const discardMs = 5_000;

export function discardRest(request: IncomingMessage): void {
  const timer = setTimeout(() => request.socket.destroy(), discardMs).unref();
  request.once('close', () => clearTimeout(timer)).resume();
}

function collect(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take);
      discardRest(request);
      reject(tooLarge(limit));
    };
    request.on('data', take);
    // Made only when it is one: every request closes, and an error takes longer to make than most bodies to read.
    const gone = (): void => reject(new CallerGone());
    request.once('end', () => {
      request.off('close', gone);
      resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.once('error', gone);
    request.once('close', gone);
  });
}

/** The type's essence when the header says JSON in UTF-8; otherwise a Refusal with status 415. */
function requireJson(request: IncomingMessage): void {
  const [essence, ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';');
  if (essence?.trim() !== 'application/json') {
    throw malformed(
      'content-type',
      'MEDIA_TYPE',
      'A POST needs content-type: application/json, or multipart/form-data to upload files.',
      415,
    );
  }
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  if (charset !== undefined && !['utf-8', 'utf8'].includes(charset.slice(8).replaceAll('"', ''))) {
    throw malformed('content-type', 'CHARSET', 'Only charset=utf-8 is accepted.', 415);
  }
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    throw malformed('content-encoding', 'CONTENT_ENCODING', 'Compressed bodies are not accepted.', 415);
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw malformed('body', 'UTF_8', 'The body is not valid UTF-8.');
  }
}

/** `part` is what the text is of the request, for problems. Throws Refusal. */
export function parseJson(text: string, part = 'body'): unknown {
  if (text.trim() === '') throw malformed(part, 'EMPTY', `The ${part} is empty; a JSON object is needed.`);
  if (isNestedDeeperThan(maximumNesting, text)) {
    throw malformed(part, 'NESTING', `The ${part} is nested deeper than ${maximumNesting} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw malformed(part, 'JSON', `The ${part} is not valid JSON.`);
  }
}

/** The parsed body. A body too large is refused when its length is announced or as soon as the limit is passed. */
export async function readJsonBody(
  request: IncomingMessage,
  response: ServerResponse,
  limit: number,
): Promise<unknown> {
  try {
    requireJson(request);
    if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  } catch (refusal) {
    discardRest(request);
    throw refusal;
  }
  if (request.headers.expect) response.writeContinue();
  return parseJson(decode(await collect(request, limit)));
}
