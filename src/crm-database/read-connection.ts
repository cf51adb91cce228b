/**
 * One reading connection: statements follow one another on it without waiting for answers, and what is asked in one turn of the event
 * loop goes out in one piece. It knows when it has prepared so much that another had better take its place.
 */
import type { Socket } from 'node:net';
import type pg from 'pg';
import type { RunQuery } from './run-query.ts';

/**
 * In signs of SQL. The server keeps what is prepared for as long as the connection lives, some thirty to sixty bytes for each sign:
 * about 60 MB for three connections, and more than what is in daily use needs.
 */
const mostPrepared = 400_000;

export class ReadConnection {
  private readonly prepared = new Set<string>();
  private signs = 0;
  private gathering = false;

  constructor(
    readonly client: pg.Client,
    private readonly socket: Socket,
  ) {}

  get isFull(): boolean {
    return this.signs > mostPrepared;
  }

  async ask<Row>({ name, text, values }: Parameters<RunQuery>[0]): Promise<Row[]> {
    this.gather();
    if (name !== '' && !this.prepared.has(name)) {
      this.prepared.add(name);
      this.signs += text.length;
    }
    const { rows } = await this.client.query({ name, text, values: [...values] });
    return rows as Row[];
  }

  /**
   * Writing to a socket is most of what a short statement costs here, and much of what it costs the server to read it. (An encrypted
   * connection writes below the socket, each statement by itself.)
   */
  private gather(): void {
    if (this.gathering) return;
    this.gathering = true;
    this.socket.cork();
    setImmediate(() => {
      this.gathering = false;
      this.socket.uncork();
    });
  }
}
