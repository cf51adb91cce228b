/**
 * Rows as PostgreSQL's own COPY writes them, handed on as they come: nothing is parsed, nothing piles up here, and whoever reads slowly slows
 * the database down. Each COPY has a connection of its own, which lives as long as its rows are read.
 */
import type { Readable } from 'node:stream';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { AtOnce } from '../at-once.ts';
import { plainInstants, withSessionSettings } from './session-url.ts';

const session = {
  ...plainInstants,
  default_transaction_read_only: 'on',
  jit: 'off',
  // Beside the requests of callers one export may not take every processor.
  max_parallel_workers_per_gather: '0',
};

export interface CopyOutOptions {
  readonly url: string;
  /** So many at once, and no more. */
  readonly most: number;
}

export class CopyOut {
  private readonly places: AtOnce;
  private readonly clients = new Set<pg.Client>();

  constructor(private readonly options: CopyOutOptions) {
    this.places = new AtOnce(options.most);
  }

  /**
   * Once the first rows are there. The stream ends only where COPY has told all of them; in every other case it breaks. Destroying it ends
   * the statement at the server and leaves its place, and so does the signal as long as there is no stream yet. Throws TooManyAtOnce.
   */
  async read(statement: string, signal: AbortSignal): Promise<Readable> {
    const leave = this.places.enter();
    const client = new pg.Client({
      connectionString: withSessionSettings(this.options.url, session),
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'kartoteka-export',
    });
    this.clients.add(client);
    const end = (): void => {
      leave();
      this.clients.delete(client);
      client.end().catch(() => undefined);
    };
    signal.addEventListener('abort', end, { once: true });
    // Whoever reads is told by the stream; unheard, these events would end the process.
    client.on('error', () => undefined);
    try {
      await client.connect();
      signal.throwIfAborted();
      const rows = client.query(copyTo(statement));
      rows.on('error', () => undefined).once('close', end);
      await begun(rows);
      return rows;
    } catch (fault) {
      end();
      throw fault;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** Breaks off whatever is still read. */
  async close(): Promise<void> {
    await Promise.allSettled([...this.clients].map((client) => client.end()));
  }
}

/** A statement that is refused is refused before anything is answered. */
function begun(rows: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    rows.once('readable', resolve).once('end', resolve).once('error', reject);
  });
}
