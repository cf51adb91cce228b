/**
 * One WebSocket of a reader. Each message is sent when the one before it has left this process, so that nothing piles up here; a reader
 * who does not take one in time is dropped, and told why when it reads again. One that is gone without a word is found out by pings.
 */
import type { WebSocket } from 'ws';

/** Close codes, of RFC 6455 and of the subprotocol. */
export const closing = {
  stopping: 1001,
  fault: 1011,
  tryAgainLater: 1013,
  badMessage: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
} as const;

export interface SocketPatience {
  /** How long a message may wait to be taken. */
  readonly sendMs: number;
  readonly pingMs: number;
}

export class LiveSocket {
  private closed = false;
  private heard = true;
  private readonly pinging: NodeJS.Timeout;

  constructor(
    readonly socket: WebSocket,
    private readonly patience: SocketPatience,
    private readonly on: {
      /** At once, however long the other side takes to close: nothing more is to be read for it. */
      readonly end: () => void;
      readonly dropped: (reason: 'slow' | 'silent') => void;
    },
  ) {
    socket.on('pong', () => (this.heard = true));
    // Of a line that breaks; the end is told by 'close'.
    socket.on('error', () => undefined);
    this.pinging = setInterval(() => this.ping(), patience.pingMs).unref();
    socket.once('close', () => {
      this.closed = true;
      on.end();
      clearInterval(this.pinging);
    });
  }

  send(message: string): Promise<void> {
    if (this.closed) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const tooSlow = setTimeout(() => {
      this.on.dropped('slow');
      this.close(
        closing.tryAgainLater,
        'read too slowly: connect again and go on after the last position dealt with',
      );
    }, this.patience.sendMs);
    const over = (): void => {
      clearTimeout(tooSlow);
      this.socket.off('close', over);
      resolve(undefined);
    };
    this.socket.once('close', over);
    // A fault in sending is the end of the line, which is told by 'close'.
    this.socket.send(message, over);
    return promise;
  }

  /** What is said first holds. */
  close(code: number, reason: string): void {
    if (this.closed) return;
    this.closed = true;
    this.on.end();
    this.socket.close(code, reason.slice(0, 120));
  }

  private ping(): void {
    if (!this.heard) {
      this.on.dropped('silent');
      this.socket.terminate();
      return;
    }
    this.heard = false;
    this.socket.ping();
  }
}
