/** One request with its answer. Every answer of the door leaves through `answer`, so that all carry the same headers. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isPieces, lengthOf, type Body } from './answer-body.ts';
import { watchTaking } from './taking.ts';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** The address without its query string. */
  readonly path: string;
  /** From the question mark on, or empty. */
  readonly search: string;
  /** What the answer says unless it says otherwise itself. */
  readonly standing: OutgoingHttpHeaders;
  /** From now on the body may take as long as it needs; whoever reads it sees to it that it does not take for ever. */
  letBodyTakeItsTime(): void;
}

/** In bytes: with its headers node writes it without asking for memory. */
const smallBody = 15_000;

const acceptedRequestId = /^[A-Za-z0-9._-]{1,64}$/;

export function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  { standing, letBodyTakeItsTime }: Pick<Exchange, 'standing' | 'letBodyTakeItsTime'>,
): Exchange {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const given = request.headers['x-request-id'];
  return {
    request,
    response,
    requestId: typeof given === 'string' && acceptedRequestId.test(given) ? given : randomUUID(),
    path: question < 0 ? url : url.slice(0, question),
    search: question < 0 ? '' : url.slice(question),
    standing,
    letBodyTakeItsTime,
  };
}

/** An answer may vary by more than all of them do. */
function headersOf({ requestId, standing }: Exchange, own: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const vary = [standing.vary, own.vary].filter((names) => names !== undefined).join(', ');
  return { 'x-request-id': requestId, ...standing, ...own, ...(vary === '' ? {} : { vary }) };
}

/** Sends the whole answer. HEAD gets the headers only; a caller who is gone gets nothing. */
export function answer(
  exchange: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Body = '',
): void {
  const { response } = exchange;
  if (response.destroyed || response.headersSent) return;
  const length = lengthOf(body);
  const told = status === 204 || status === 304 ? {} : { 'content-length': length };
  response.writeHead(status, headersOf(exchange, { ...told, ...headers }));
  if (isPieces(body)) endWith(response, body, length);
  else response.end(body);
}

function endWith(response: ServerResponse, pieces: readonly Buffer[], length: number): void {
  if (length < smallBody) {
    // A text of one byte a sign, which node writes in one piece with the headers.
    response.end(Buffer.concat(pieces).toString('latin1'), 'latin1');
    return;
  }
  response.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
}

const isPrematureClose = (fault: unknown): boolean =>
  typeof fault === 'object' &&
  fault !== null &&
  'code' in fault &&
  fault.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** Sends an answer whose body is a stream, which is destroyed whatever happens. Rejects when the stream breaks; a caller who is gone is no fault. */
export async function answerStream(
  exchange: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: Readable,
): Promise<void> {
  const { response } = exchange;
  if (response.destroyed || response.headersSent) {
    body.destroy();
    return;
  }
  response.writeHead(status, headersOf(exchange, headers));
  const unwatch = watchTaking(response);
  await pipeline(body, response).catch((fault: unknown) => {
    // The body is broken off with the same fault, so that only its code tells who was first.
    if (!response.destroyed || !isPrematureClose(fault)) throw fault;
  });
  unwatch();
}

export function answerJson(
  exchange: Exchange,
  status: number,
  body: object,
  headers: OutgoingHttpHeaders = {},
): void {
  answer(
    exchange,
    status,
    { 'content-type': 'application/json; charset=utf-8', ...headers },
    JSON.stringify(body),
  );
}
