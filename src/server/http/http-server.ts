/**
 * The door: one node:http server, a fixed table of addresses, and a clean stop. It promises that every request is answered
 * with its id, that whatever is wrong with a request becomes a JSON error and harms no other, and that `close` lets running
 * requests finish. What the addresses do is their handlers' affair; GraphQL is in graphql-endpoint.ts.
 */
import { createServer, ServerResponse, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Log } from '../../log.ts';
import { answer, answerJson, openExchange } from './exchange.ts';
import type { Exchange } from './exchange.ts';
import { loggable } from './loggable.ts';
import { RunningExchanges } from './running-exchanges.ts';
import { limitArrival, tooSlow } from './arrival.ts';
import { refuseBrokenRequest } from './broken-request.ts';
import { CallerGone } from './request-body.ts';
import { malformed, Refusal } from './refusal.ts';
import { standingHeaders, type StandingHeaders, type StandingOptions } from './standing-headers.ts';

export type Handler = (exchange: Exchange) => Promise<void> | void;
/** By exact path, or by all that is below one that ends with a slash and a star; then by method. A method that is not named is answered 405, OPTIONS with those that are. */
export type Routes = Readonly<Record<string, Readonly<Partial<Record<'GET' | 'HEAD' | 'POST', Handler>>>>>;

/** Takes over a connection that asks to become a WebSocket. What it throws is answered as by HTTP. */
type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** What is answered in place of the API's own form of errors; undefined where that will do. */
export type ErrorForm = (
  path: string,
  refusal: Refusal,
) => { readonly body: object; readonly headers: OutgoingHttpHeaders } | undefined;

export interface HttpServerOptions {
  readonly routes: Routes;
  /** By exact path. */
  readonly upgrades?: Readonly<Record<string, UpgradeHandler>>;
  readonly log: Log;
  readonly errorForm?: ErrorForm;
  /** Names that callers may use for this service, without port; undefined: any. Against DNS rebinding. */
  readonly allowedHosts?: readonly string[];
  /** Nobody's pages, and plain http, when not given. */
  readonly standing?: StandingOptions;
  /** How long the headers, and the whole request, may take to arrive. */
  readonly headersTimeoutMs?: number;
  readonly receiveTimeoutMs?: number;
}

export interface HttpServer {
  /** Port 0 takes a free one. Answers the address that callers use. */
  listen(host: string, port: number): Promise<{ readonly port: number; readonly url: string }>;
  /** Takes no new connection, finishes what runs, and cuts off what still runs after `graceMs`. Answers how many that were. */
  close(graceMs: number): Promise<number>;
}

/** Longer than the 60 s after which proxies usually let go, so that it is never this side that hangs up on a new request. */
const keepAliveMs = 65_000;

export const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Node takes the first; a proxy before it may have taken the other (RFC 9112, section 3.2). */
function refuseSeveralHosts({ rawHeaders }: IncomingMessage): void {
  const times = rawHeaders.filter((name, place) => place % 2 === 0 && name.toLowerCase() === 'host').length;
  if (times > 1) throw malformed('host', 'HOST', 'The header host may be given once.');
}

/** Under a foreign name a page of another site could read this service through the visitor's own browser. */
function refuseForeignHost(request: IncomingMessage, allowed: readonly string[] | undefined): void {
  if (allowed === undefined) return;
  const name = (request.headers.host ?? '').replace(/:\d*$/, '').toLowerCase();
  if (allowed.includes(name)) return;
  throw new Refusal(421, 'FORBIDDEN', `This service is not known as ${JSON.stringify(name.slice(0, 100))}.`);
}

function handlerFor(exchange: Exchange, routes: Routes, standing: StandingHeaders): Handler {
  const { path } = exchange;
  const below = Object.keys(routes).find(
    (route) => route.endsWith('/*') && path.length >= route.length && path.startsWith(route.slice(0, -1)),
  );
  const methods = Object.hasOwn(routes, path)
    ? routes[path]
    : below === undefined
      ? undefined
      : routes[below];
  if (!methods) throw new Refusal(404, 'NOT_FOUND', 'There is nothing at this address.');
  const named = Object.keys(methods);
  const allow = [...named, 'OPTIONS'].join(', ');
  const { method } = exchange.request;
  if (method === 'OPTIONS')
    return () => answer(exchange, 204, { allow, ...standing.preflight(exchange.request, named) });
  const handler = method === 'GET' || method === 'HEAD' || method === 'POST' ? methods[method] : undefined;
  if (handler) return handler;
  throw new Refusal(405, 'BAD_USER_INPUT', `This address takes only ${allow}.`, { headers: { allow } });
}

function answerFault(
  exchange: Exchange,
  fault: unknown,
  { log, errorForm }: Pick<HttpServerOptions, 'log' | 'errorForm'>,
): void {
  if (fault instanceof CallerGone) return;
  const { requestId, path } = exchange;
  const refusal =
    fault instanceof Refusal
      ? fault
      : new Refusal(500, 'INTERNAL_SERVER_ERROR', `Request ${requestId} failed inside the service.`);
  if (refusal !== fault) log.error({ requestId, path, fault: loggable(fault) }, 'request failed');
  const { body, headers } = errorForm?.(path, refusal) ?? {
    body: refusal.body,
    headers: refusal.options.headers,
  };
  answerJson(exchange, refusal.status, body, headers);
}

export function createHttpServer(options: HttpServerOptions): HttpServer {
  const {
    routes,
    upgrades = {},
    allowedHosts,
    headersTimeoutMs = 10_000,
    receiveTimeoutMs = 30_000,
  } = options;
  const running = new RunningExchanges();
  const standing = standingHeaders(options.standing ?? { corsOrigins: [], https: false });

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    running.add(request.socket, response);
    const arrival = limitArrival(request, receiveTimeoutMs, () =>
      refuseBrokenRequest(tooSlow, request.socket, running.of(request.socket)),
    );
    const exchange = openExchange(request, response, {
      standing: standing.of(request),
      letBodyTakeItsTime: arrival.lift,
    });
    try {
      refuseSeveralHosts(request);
      refuseForeignHost(request, allowedHosts);
      await handlerFor(exchange, routes, standing)(exchange);
    } catch (fault) {
      answerFault(exchange, fault, options);
    }
  };
  const onRequest = (request: IncomingMessage, response: ServerResponse): void =>
    void serve(request, response);

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // A caller who hangs up has no more to say, and unheard it would end the process.
    socket.on('error', () => socket.destroy());
    const exchange = openExchange(request, new ServerResponse(request), {
      standing: { ...standing.of(request), connection: 'close' },
      letBodyTakeItsTime: () => undefined,
    });
    try {
      refuseSeveralHosts(request);
      refuseForeignHost(request, allowedHosts);
      const { path } = exchange;
      const upgrade = Object.hasOwn(upgrades, path) ? upgrades[path] : undefined;
      if (!upgrade) throw new Refusal(404, 'NOT_FOUND', 'There is no WebSocket at this address.');
      upgrade(request, socket, head);
    } catch (fault) {
      exchange.response.assignSocket(socket as Socket);
      exchange.response.once('finish', () => socket.end());
      answerFault(exchange, fault, options);
    }
  };

  const server = createServer({
    // Whoever would rather speak HTTP/2 is served as if they had not said so.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    headersTimeout: headersTimeoutMs,
    // It could not be lifted for one request: limitArrival sees to it.
    requestTimeout: 0,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.min(1_000, headersTimeoutMs),
  });
  server.on('request', onRequest);
  server.on('upgrade', onUpgrade);
  // Whether the body is wanted is decided before the caller is told to go on and send it.
  server.on('checkContinue', onRequest);
  server.on('connection', (socket) => running.connected(socket));
  server.on('clientError', (fault, socket) => refuseBrokenRequest(fault, socket, running.of(socket)));

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => {
          server.off('error', reject);
          const bound = server.address();
          if (bound === null || typeof bound === 'string') {
            reject(new Error('the server listens on no port'));
            return;
          }
          const name = host.includes(':') ? `[${host}]` : host;
          resolve({ port: bound.port, url: `http://${name}:${bound.port}/` });
        });
      }),
    close: async (graceMs) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      running.stop();
      let cut = 0;
      const timer = setTimeout(() => {
        cut = running.count;
        server.closeAllConnections();
      }, graceMs);
      await closed;
      clearTimeout(timer);
      return cut;
    },
  };
}
