/**
 * Which connections are busy. node:http counts a connection that has not sent anything yet as busy too, and browsers open
 * such ones in advance; a stop that trusted it would wait for them.
 */
import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

export class RunningExchanges {
  readonly #responses = new Map<Duplex, Set<ServerResponse>>();
  #stopping = false;

  connected(socket: Duplex): void {
    this.#responses.set(socket, new Set());
    socket.once('close', () => this.#responses.delete(socket));
  }

  add(socket: Duplex, response: ServerResponse): void {
    const responses = this.#responses.get(socket);
    if (!responses) return;
    responses.add(response);
    if (this.#stopping) response.setHeader('connection', 'close');
    response.once('close', () => {
      responses.delete(response);
      if (this.#stopping && responses.size === 0) socket.end();
    });
  }

  /** The answers under way on one connection. */
  of(socket: Duplex): ReadonlySet<ServerResponse> {
    return this.#responses.get(socket) ?? new Set();
  }

  get count(): number {
    let count = 0;
    for (const responses of this.#responses.values()) count += responses.size;
    return count;
  }

  /** Lets idle connections go at once and each busy one after its answer. */
  stop(): void {
    this.#stopping = true;
    for (const [socket, responses] of this.#responses) {
      if (responses.size === 0) socket.destroy();
      for (const response of responses) if (!response.headersSent) response.setHeader('connection', 'close');
    }
  }
}
