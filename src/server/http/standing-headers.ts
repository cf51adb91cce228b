/**
 * The headers that every answer carries unless its address says otherwise: nothing of an answer runs in a browser, is framed, kept or
 * told to others. Pages of the origins that the settings name may read answers; no other origin is ever answered a word of CORS, and
 * credentials of the browser's own are allowed to none: callers show a token, which no browser sends by itself.
 */
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';

export interface StandingOptions {
  readonly corsOrigins: readonly string[];
  /** Callers come by https: their browsers are told to come by nothing else for a year. */
  readonly https: boolean;
}

export const strictHeaders: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

const readable = 'content-disposition, content-range, etag, retry-after, x-request-id';
const sendable = [
  'authorization',
  'content-type',
  'apollo-require-preflight',
  'x-apollo-operation-name',
  'x-request-id',
  'range',
  'if-none-match',
];
/** No browser keeps what it was told longer. */
const preflightSeconds = 7_200;

export interface StandingHeaders {
  of(request: IncomingMessage): OutgoingHttpHeaders;
  /** What a page is told before it asks by one of these methods; nothing where it may not ask at all. */
  preflight(request: IncomingMessage, methods: readonly string[]): OutgoingHttpHeaders;
}

export function standingHeaders({ corsOrigins, https }: StandingOptions): StandingHeaders {
  const always: OutgoingHttpHeaders = {
    ...strictHeaders,
    ...(https ? { 'strict-transport-security': 'max-age=31536000' } : {}),
    // Also to whoever is told nothing: a cache between must not hand this answer to another origin.
    ...(corsOrigins.length > 0 ? { vary: 'origin' } : {}),
  };
  const known = new Set(corsOrigins);
  const isKnown = ({ headers: { origin } }: IncomingMessage): boolean =>
    origin !== undefined && known.has(origin);
  return {
    of: (request) =>
      isKnown(request)
        ? {
            ...always,
            'access-control-allow-origin': request.headers.origin,
            'access-control-expose-headers': readable,
          }
        : always,
    preflight: (request, methods) =>
      isKnown(request) && request.headers['access-control-request-method'] !== undefined
        ? {
            'access-control-allow-methods': methods.join(', '),
            'access-control-allow-headers': sendable.join(', '),
            'access-control-max-age': String(preflightSeconds),
          }
        : {},
  };
}
