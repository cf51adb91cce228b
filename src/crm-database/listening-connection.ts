/**
 * One connection of its own to the CRM's database that hears what is notified there and runs scripts one after another. One
 * that breaks is replaced when next needed; what was notified in between is lost, so whoever listens looks for himself now and then.
 */
import pg from 'pg';
import type { Log } from '../log.ts';
import { plainInstants, withSessionSettings } from './session-url.ts';

export interface ListeningOptions {
  readonly url: string;
  readonly channel: string;
  readonly onNotice: () => void;
  /** The longest a script may take. */
  readonly patienceMs: number;
  readonly log: Log;
}

export class ListeningConnection {
  private connection: Promise<pg.Client> | undefined;
  private closed = false;

  constructor(private readonly options: ListeningOptions) {}

  /** The results of the script's statements. After a failure the connection is given up, and with it what the script left undone. */
  async run(script: string): Promise<readonly pg.QueryResult[]> {
    if (this.closed) throw new Error('the CRM database is closed');
    const connection = (this.connection ??= this.connect());
    try {
      return [await (await connection).query(script)].flat();
    } catch (fault) {
      if (this.connection === connection) this.connection = undefined;
      // Not waited for: a server that does not answer does not say goodbye either.
      void end(connection);
      throw fault;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    if (this.connection) await end(this.connection);
  }

  private connect(): Promise<pg.Client> {
    const { url, channel, onNotice, patienceMs, log } = this.options;
    const client = new pg.Client({
      connectionString: withSessionSettings(url, plainInstants),
      connectionTimeoutMillis: 5_000,
      query_timeout: patienceMs,
      keepAlive: true,
      application_name: channel,
    });
    const connecting = client.connect().then(async () => {
      await client.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      return client;
    });
    client.on('notification', onNotice);
    client.on('error', (fault) =>
      log.warn({ fault: fault.message }, 'the listening connection to the CRM database broke'),
    );
    client.on('end', () => {
      if (this.connection === connecting) this.connection = undefined;
    });
    return connecting;
  }
}

/** One that never came up has nothing to end; why it did not is told to whoever wanted to use it. */
const end = (connection: Promise<pg.Client>): Promise<void> =>
  connection.then(
    (client) => client.end(),
    () => undefined,
  );
