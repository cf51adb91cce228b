/**
 * The sandbox's door: speaks TDS 7.4 on loopback to any SQL Server driver, in plain text, and says at once that it is not
 * SQL Server. It knows logins, sessions, statements on the wire and how to misbehave to order; what a statement means is
 * the engine's. The engine outlives it: who made it closes it.
 */

import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Engine } from './engine.ts';
import { MisbehaviourRules } from './misbehaviour.ts';
import type { Misbehaviour } from './misbehaviour.ts';
import { Connection } from './wire/connection.ts';
import type { WireContext, WireLog } from './wire/context.ts';
import { StatementLog } from './wire/statement-log.ts';

export interface SandboxServer {
  readonly port: number;
  /** What has arrived on the wire. */
  readonly statements: StatementLog;
  /** From now on, until the returned function is called, `behave` is, or it has happened `times` times. */
  misbehave(misbehaviour: Misbehaviour): () => void;
  /** Ends all misbehaviour. */
  behave(): void;
  openConnections(): number;
  /** Since the start, those turned away included: how often somebody knocked. */
  acceptedConnections(): number;
  /** As when the machine is switched off: lines break, and nobody listens at the port. */
  goAway(): Promise<void>;
  /** Listens again, at the same port. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export interface SandboxServerOptions {
  readonly engine: Engine;
  /** 0: any free one. */
  readonly port: number;
  readonly logins: readonly { readonly user: string; readonly password: string }[];
  /** For clients that name no database. */
  readonly defaultDatabase: string;
  readonly loginTimeoutMs?: number;
  readonly log?: WireLog;
}

const LOOPBACK = '127.0.0.1';
const LOGIN_TIMEOUT_MS = 15_000;
const FIRST_NUMBER = 51;

const silent: WireLog = { debug: () => undefined, warn: () => undefined };

class TdsServer implements SandboxServer {
  readonly statements = new StatementLog();
  readonly #misbehaviour = new MisbehaviourRules();
  readonly #context: WireContext;
  readonly #lines = new Map<Socket, Promise<void>>();
  #listening: Server | undefined;
  #port: number;
  #accepted = 0;

  constructor({ engine, port, logins, defaultDatabase, loginTimeoutMs, log }: SandboxServerOptions) {
    this.#port = port;
    this.#context = {
      engine,
      logins,
      defaultDatabase,
      loginTimeout: loginTimeoutMs ?? LOGIN_TIMEOUT_MS,
      statements: this.statements,
      misbehaviour: this.#misbehaviour,
      log: log ?? silent,
    };
  }

  get port(): number {
    return this.#port;
  }

  misbehave(misbehaviour: Misbehaviour): () => void {
    return this.#misbehaviour.add(misbehaviour);
  }

  behave(): void {
    this.#misbehaviour.clear();
  }

  openConnections(): number {
    return this.#lines.size;
  }

  acceptedConnections(): number {
    return this.#accepted;
  }

  async comeBack(): Promise<void> {
    if (this.#listening !== undefined) return;
    const server = createServer((socket) => this.#accept(socket));
    this.#listening = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, LOOPBACK, () => {
        server.off('error', reject);
        resolve();
      });
    });
    server.on('error', (error) => this.#context.log.warn({ err: error }, 'sandbox door broke'));
    const address = server.address();
    if (address !== null && typeof address === 'object') this.#port = address.port;
  }

  async goAway(): Promise<void> {
    const server = this.#listening;
    this.#listening = undefined;
    const stopped = new Promise<void>((resolve) => {
      if (server === undefined) resolve();
      else server.close(() => resolve());
    });
    for (const socket of this.#lines.keys()) socket.destroy();
    await Promise.all([stopped, ...this.#lines.values()]);
  }

  async close(): Promise<void> {
    await this.goAway();
  }

  #accept(socket: Socket): void {
    this.#accepted += 1;
    const order = this.#misbehaviour.forConnection();
    if (order?.kind === 'refuse-connection') {
      socket.on('error', () => undefined);
      socket.resetAndDestroy();
      return;
    }
    const closed =
      order?.kind === 'stall-connection'
        ? mute(socket)
        : new Connection(socket, FIRST_NUMBER + this.#accepted, this.#context).closed;
    this.#lines.set(
      socket,
      closed.then(() => {
        this.#lines.delete(socket);
      }),
    );
  }
}

/** Reads and never says a word. */
const mute = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    // Without a listener an error would end the process; the close that follows it says all there is.
    socket.on('error', () => undefined);
    socket.once('close', () => resolve());
    socket.resume();
  });

export const startSandboxServer = async (options: SandboxServerOptions): Promise<SandboxServer> => {
  const server = new TdsServer(options);
  await server.comeBack();
  return server;
};
