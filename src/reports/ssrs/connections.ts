/**
 * The connections to the report server: at most so many at a time, since it counts all that we ask as one user's, and refuses what is too
 * much. Whoever comes then waits in line, and leaves it when their signal aborts.
 */
import type { IncomingMessage } from 'node:http';
import { Connection, type Question } from './connection.ts';
import type { Login } from './login.ts';
import { ReportServerUnavailable } from './ssrs-errors.ts';

interface Waiter {
  readonly take: (connection: Connection) => void;
  readonly refuse: (error: Error) => void;
}

/** Who comes later would hardly be served before their own time is over. */
const mostWaiting = 250;

export class Connections {
  private readonly all: Connection[] = [];
  private readonly idle: Connection[] = [];
  private readonly waiting = new Set<Waiter>();
  private isClosed = false;

  constructor(
    private readonly login: Login,
    private readonly most: number,
  ) {}

  /** The connection is free again when the answer has closed: read to its end, or destroyed. */
  async ask(question: Question, signal: AbortSignal): Promise<IncomingMessage> {
    const connection = await this.free(signal);
    try {
      const answer = await connection.ask(question, signal);
      if (answer.closed) this.giveBack(connection);
      else answer.once('close', () => this.giveBack(connection));
      return answer;
    } catch (error) {
      this.giveBack(connection);
      throw error;
    }
  }

  close(): void {
    this.isClosed = true;
    for (const connection of this.all) connection.close();
    for (const waiter of [...this.waiting]) waiter.refuse(new ReportServerUnavailable('NOT_SERVING'));
  }

  private free(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    if (this.isClosed) return Promise.reject(new ReportServerUnavailable('NOT_SERVING'));
    // The one used last is the likeliest to be alive and logged in.
    const idle = this.idle.pop();
    if (idle) return Promise.resolve(idle);
    if (this.all.length < this.most) {
      const connection = new Connection(this.login);
      this.all.push(connection);
      return Promise.resolve(connection);
    }
    if (this.waiting.size >= mostWaiting) return Promise.reject(new ReportServerUnavailable('BUSY'));
    return this.inLine(signal);
  }

  private inLine(signal: AbortSignal): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting.delete(waiter);
        signal.removeEventListener('abort', giveUp);
      };
      const waiter: Waiter = {
        take: (connection) => {
          leave();
          resolve(connection);
        },
        refuse: (error) => {
          leave();
          reject(error);
        },
      };
      const giveUp = () => waiter.refuse(signal.reason as Error);
      signal.addEventListener('abort', giveUp, { once: true });
      this.waiting.add(waiter);
    });
  }

  private giveBack(connection: Connection): void {
    const [next] = this.waiting;
    if (next) next.take(connection);
    else this.idle.push(connection);
  }
}
