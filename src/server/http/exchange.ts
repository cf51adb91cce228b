/** One request with its answer. Every answer of the door leaves through `answer`, so that all carry the same headers. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  /** The address without its query string. */
  readonly path: string;
  /** From the question mark on, or empty. */
  readonly search: string;
}

const acceptedRequestId = /^[A-Za-z0-9._-]{1,64}$/;

export function openExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const url = request.url ?? '/';
  const question = url.indexOf('?');
  const given = request.headers['x-request-id'];
  return {
    request,
    response,
    requestId: typeof given === 'string' && acceptedRequestId.test(given) ? given : randomUUID(),
    path: question < 0 ? url : url.slice(0, question),
    search: question < 0 ? '' : url.slice(question),
  };
}

/** Sends the whole answer. HEAD gets the headers only; a caller who is gone gets nothing. */
export function answer(
  { response, requestId }: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string | Buffer = '',
): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, {
    'x-request-id': requestId,
    'x-content-type-options': 'nosniff',
    ...(status === 204 || status === 304 ? {} : { 'content-length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(body);
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
    { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
    JSON.stringify(body),
  );
}
