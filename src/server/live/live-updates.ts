/**
 * Live updates: the subscription `changed` over WebSockets at the address of GraphQL. Who may come and what they are told is decided by
 * what decides it for requests; besides, no page of another site may open one in its visitor's name, and everything is bounded: messages,
 * connections, subscriptions, and how long a reader may take.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, makeServer, type Context } from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { FollowingContext } from '../../changes/change.resolver.ts';
import type { Follower } from '../../changes/follower.ts';
import { DomainError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Callers } from '../../users/callers.ts';
import { loggable } from '../http/loggable.ts';
import { Refusal } from '../http/refusal.ts';
import type { LiveMeter } from '../metrics/live-metrics.ts';
import { admitCaller, type LiveCaller } from './live-caller.ts';
import { closing, LiveSocket, type SocketPatience } from './live-socket.ts';
import { Subscribing, type SubscribingParts } from './subscribing.ts';

export interface LivePatience extends SocketPatience {
  /** How long the first message may take. */
  readonly initMs: number;
  /** How often a caller is asked for anew. */
  readonly recheckMs: number;
}

const usualPatience: LivePatience = { sendMs: 30_000, pingMs: 30_000, initMs: 5_000, recheckMs: 10_000 };

export interface LiveOptions extends SubscribingParts {
  readonly follower: Follower;
  readonly callers: Callers;
  /** The same, refused when they come or fail too often. */
  readonly callersWithin: Callers;
  readonly corsOrigins: readonly string[];
  readonly meter: LiveMeter;
  readonly log: Log;
  readonly patience?: Partial<LivePatience> | undefined;
}

/** More bytes no honest message has: a document has at most so many tokens. */
const mostBytes = 65_536;
const mostConnections = 1_000;
const mostOfCaller = 50;
const mostSubscriptions = 10;

interface Extra {
  readonly request: IncomingMessage;
  readonly live: LiveSocket;
  readonly requestId: string;
  readonly over: AbortController;
  caller?: LiveCaller;
}

/** A browser says whose page asks. */
function requireOwnOrigin({ headers }: IncomingMessage, known: readonly string[]): void {
  const { origin, host } = headers;
  if (origin === undefined || known.includes(origin)) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new Refusal(403, 'FORBIDDEN', 'Pages of this origin may not open a WebSocket here.');
}

export class LiveUpdates {
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: mostBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  private readonly patience: LivePatience;
  private readonly subscribing: Subscribing;
  private readonly server;
  private readonly open = new Set<Extra>();

  constructor(private readonly options: LiveOptions) {
    this.patience = { ...usualPatience, ...options.patience };
    this.subscribing = new Subscribing(options);
    this.server = makeServer<Record<string, unknown>, Extra>({
      connectionInitWaitTimeout: this.patience.initMs,
      onConnect: (context) => this.connect(context),
      onSubscribe: (context, _id, asked) => this.subscribe(context, asked),
      subscribe: (args) => this.subscribing.events(args),
      onOperation: () => options.meter.subscribed(),
      onComplete: () => options.meter.completed(),
    });
  }

  /** Throws Refusal. */
  readonly upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    requireOwnOrigin(request, this.options.corsOrigins);
    if (this.open.size >= mostConnections)
      throw new Refusal(429, 'RATE_LIMITED', `At most ${mostConnections} WebSockets are open at once.`, {
        headers: { 'retry-after': '10' },
        details: { limit: 'connections', most: mostConnections, retryAfter: 10 },
      });
    this.sockets.handleUpgrade(request, stream, head, (socket) => this.welcome(socket, request));
  };

  /** Ends all of them with a word; those that do not listen are cut off. */
  async close(): Promise<void> {
    for (const { live } of this.open) live.close(closing.stopping, 'the service stops: connect again');
    const cut = setTimeout(() => {
      for (const { live } of this.open) live.socket.terminate();
    }, 2_000);
    await Promise.all([...this.open].map(({ live }) => closedOf(live.socket)));
    clearTimeout(cut);
    this.sockets.close();
  }

  private welcome(socket: WebSocket, request: IncomingMessage): void {
    const { meter, log } = this.options;
    const requestId = randomUUID();
    const over = new AbortController();
    const live = new LiveSocket(socket, this.patience, {
      end: () => over.abort(),
      dropped: (reason) => {
        meter.dropped(reason);
        log.info({ requestId, reason }, 'a reader of live updates was dropped');
      },
    });
    const extra: Extra = { request, live, requestId, over };
    this.open.add(extra);
    meter.connections(this.open.size);
    const closed = this.server.opened(
      {
        protocol: socket.protocol,
        send: (message) => live.send(message),
        close: (code = closing.fault, reason = '') => live.close(code, reason),
        onMessage: (take) =>
          socket.on('message', (data, isBinary) => {
            if (isBinary) live.close(closing.badMessage, 'messages are JSON texts');
            else take(textOf(data)).catch((fault: unknown) => this.fail(extra, fault));
          }),
      },
      extra,
    );
    socket.once('close', (code, reason) => {
      this.open.delete(extra);
      meter.connections(this.open.size);
      extra.caller?.stop();
      void closed(code, String(reason));
    });
  }

  private async connect({ connectionParams, extra }: Context<Record<string, unknown>, Extra>) {
    const { callers, callersWithin } = this.options;
    const { live, request, requestId } = extra;
    try {
      const watching = {
        callers,
        recheckMs: this.patience.recheckMs,
        requestId,
        onLost: (why: 'UNAUTHENTICATED' | 'CHANGED') =>
          why === 'CHANGED'
            ? live.close(closing.forbidden, 'what you may see has changed: connect again')
            : live.close(closing.unauthenticated, 'you are signed in no more: sign in and connect again'),
      };
      const caller = await admitCaller(request, connectionParams?.['authorization'], callersWithin, watching);
      extra.caller = caller;
      // Gone in the meantime, it would be asked for for good.
      if (!this.open.has(extra)) caller.stop();
      // A program does not shut out whoever made its key.
      const own = [...this.open].filter(
        ({ caller: other }) =>
          other?.actor.id === caller.actor.id && other.actor.byApiKey === caller.actor.byApiKey,
      );
      if (own.length <= mostOfCaller) return true;
      live.close(closing.tryAgainLater, `at most ${mostOfCaller} connections of one caller are open at once`);
    } catch (fault) {
      if (!(fault instanceof DomainError)) throw fault;
      live.close(closeCodeOf(fault), fault.message);
    }
    return false;
  }

  private subscribe(
    { extra, subscriptions }: Context<Record<string, unknown>, Extra>,
    asked: Parameters<Subscribing['prepare']>[0],
  ) {
    const { caller, over, requestId } = extra;
    if (!caller) throw new Error('subscribed before anybody was let in');
    if (Object.keys(subscriptions).length > mostSubscriptions) return [tooManySubscriptions()];
    const context: FollowingContext = {
      requestId,
      actor: caller.actor,
      signal: over.signal,
      follow: (question) => this.options.follower.follow(question, caller.actor, over.signal),
    };
    return this.subscribing.prepare(asked, context);
  }

  private fail({ live, requestId }: Extra, fault: unknown): void {
    this.options.log.error({ requestId, fault: loggable(fault) }, 'live updates failed');
    live.close(closing.fault, `connection ${requestId} failed inside the service: connect again`);
  }
}

const textOf = (data: unknown): string =>
  Array.isArray(data) ? Buffer.concat(data as Buffer[]).toString() : String(data);

const closedOf = (socket: WebSocket): Promise<void> =>
  new Promise((done) => {
    if (socket.readyState === socket.CLOSED) done();
    else socket.once('close', () => done());
  });

function closeCodeOf({ code }: DomainError): number {
  if (code === 'UNAUTHENTICATED') return closing.unauthenticated;
  return code === 'FORBIDDEN' ? closing.forbidden : closing.tryAgainLater;
}

const tooManySubscriptions = (): GraphQLError =>
  new GraphQLError(`At most ${mostSubscriptions} subscriptions of one connection run at once.`, {
    extensions: { code: 'RATE_LIMITED', limit: 'subscriptions', most: mostSubscriptions },
  });
