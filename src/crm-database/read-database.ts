/**
 * The read-only way into the CRM's database: a few shared connections, on which statements follow one another without
 * waiting for answers (pipelining), prepared by name. A connection that breaks is replaced when next needed, and what it
 * carried is asked once more, which reads can always be. Writing goes by TypeORM (data-source.ts).
 */
import { Socket } from 'node:net';
import { isNativeError } from 'node:util/types';
import pg from 'pg';
import type { Log } from '../log.ts';
import { takeColumnBytes } from './column-bytes.ts';
import { ReadConnection } from './read-connection.ts';
import type { RunQuery } from './run-query.ts';
import { plainInstants, withSessionSettings } from './session-url.ts';
import { valueTypes } from './value-types.ts';

const connectionCount = 3;
const readOnlySession = {
  ...plainInstants,
  default_transaction_read_only: 'on',
  // Many short statements side by side gain nothing from a compiler or a second process each.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  // What is in daily use is in memory, where going by an index costs little more than going through a table.
  random_page_cost: '1.1',
  // Of more candidates than a search takes, the same are taken for each of its pages.
  synchronize_seqscans: 'off',
};

export interface ReadDatabaseOptions {
  readonly url: string;
  /** The longest a statement may run at the server. */
  readonly statementTimeoutMs: number;
  readonly log: Log;
}

const codeOf = (fault: unknown): string =>
  isNativeError(fault) && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';

/** A prepared statement that an earlier failure took with it; the connection itself is sound. */
const isMissingStatement = (fault: unknown): boolean => codeOf(fault) === '26000';

/** PostgreSQL's codes for a connection that ends (08P01 is a statement that it does not understand), node's, and the words of pg, which has none. */
export const isBrokenConnection = (fault: unknown): boolean =>
  /^(08(?!P01)|57P0)|^(ECONNRESET|EPIPE|ECONNREFUSED)$/.test(codeOf(fault)) ||
  (isNativeError(fault) && /connection (terminated|error)|not queryable/i.test(fault.message));

const askAgain = (fault: unknown): boolean => isMissingStatement(fault) || isBrokenConnection(fault);

export class ReadDatabase {
  private readonly slots: (Promise<ReadConnection> | undefined)[] = Array.from({ length: connectionCount });
  private next = 0;
  private closed = false;

  constructor(private readonly options: ReadDatabaseOptions) {}

  readonly run: RunQuery = async <Row>(statement: Parameters<RunQuery>[0]): Promise<Row[]> => {
    if (this.closed) throw new Error('the CRM database is closed');
    const slot = (this.next = (this.next + 1) % connectionCount);
    const connection = this.slots[slot] ?? this.connect(slot);
    try {
      return await this.ask<Row>(slot, connection, statement);
    } catch (fault) {
      if (this.closed || !askAgain(fault)) throw fault;
      // Another connection may have broken at the same moment; one made after this failure has not.
      if (this.slots[slot] === connection && !isMissingStatement(fault)) this.forget(slot, connection);
      return this.ask<Row>(slot, this.slots[slot] ?? this.connect(slot), statement);
    }
  };

  async close(): Promise<void> {
    this.closed = true;
    await Promise.allSettled(this.slots.map(async (slot) => (await slot)?.client.end()));
  }

  private async ask<Row>(
    slot: number,
    connecting: Promise<ReadConnection>,
    statement: Parameters<RunQuery>[0],
  ): Promise<Row[]> {
    const connection = await connecting;
    // Whoever waited for a connection that has left meanwhile takes the one in its place.
    if (connection.isFull && this.slots[slot] !== connecting)
      return this.ask(slot, this.slots[slot] ?? this.connect(slot), statement);
    const answer = connection.ask<Row>(statement);
    if (connection.isFull && this.slots[slot] === connecting) {
      this.slots[slot] = undefined;
      // It answers what it was asked, and leaves.
      void connection.client.end();
    }
    return answer;
  }

  private forget(slot: number, connection: Promise<ReadConnection>): void {
    this.slots[slot] = undefined;
    // Broken or not: what is forgotten must not stay open.
    connection.then(({ client }) => client.end()).catch(() => undefined);
  }

  private connect(slot: number): Promise<ReadConnection> {
    const socket = new Socket();
    const client = new pg.Client({
      stream: () => socket,
      connectionString: withSessionSettings(this.options.url, readOnlySession),
      pipeline: true,
      types: valueTypes,
      statement_timeout: this.options.statementTimeoutMs,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'kartoteka-read',
    });
    takeColumnBytes(client);
    const forget = () => {
      if (this.slots[slot] === connecting) this.slots[slot] = undefined;
    };
    client.on('error', (fault) => {
      this.options.log.warn({ fault: fault.message }, 'a reading connection to the CRM database broke');
      forget();
    });
    client.on('end', forget);
    const connecting = client.connect().then(
      () => new ReadConnection(client, socket),
      (fault: unknown) => {
        forget();
        throw fault;
      },
    );
    this.slots[slot] = connecting;
    return connecting;
  }
}
