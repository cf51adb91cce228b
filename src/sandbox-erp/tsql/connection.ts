import { Socket } from 'node:net';
import pg from 'pg';
import type { SqlValue } from '../engine.ts';

/** One connection to PostgreSQL: every value comes and goes as text, big answers are read no faster than they are taken. */
export interface Reception {
  row(values: readonly SqlValue[]): void;
  /** When there is room for more rows. */
  ready?: (() => Promise<void>) | undefined;
}

const settings = [
  'TimeZone=UTC',
  'DateStyle=ISO,YMD',
  'IntervalStyle=postgres',
  'bytea_output=hex',
  'extra_float_digits=1',
  'jit=off',
  'search_path=pg_catalog',
  'standard_conforming_strings=on',
];

const portion = 500;
const mostNamed = 300;
const asText = { getTypeParser: () => (value: string) => value };

export class PostgresConnection {
  private readonly seen = new Map<string, string | null>();
  private named = 0;
  /** Cleared when an answer must flow to its end, whoever takes it. */
  private halting = true;
  private held = false;
  /** While it is being cancelled: nothing more is read until the server has been told, and what was under way is thrown away. */
  private stopped = false;
  private broken: Error | null = null;

  private constructor(
    readonly client: pg.Client,
    private readonly socket: Socket,
    readonly pid: number,
  ) {
    client.on('error', (fault: Error) => {
      this.broken = fault;
    });
  }

  static async open(url: string, readOnly: boolean): Promise<PostgresConnection> {
    const socket = new Socket();
    const address = new URL(url);
    // In the address itself: options there would win over any beside it.
    const wanted = [...settings, ...(readOnly ? ['default_transaction_read_only=on'] : [])];
    const options = [address.searchParams.get('options') ?? '', ...wanted.map((setting) => `-c ${setting}`)];
    address.searchParams.set('options', options.join(' ').trim());
    const client = new pg.Client({ connectionString: address.href, stream: () => socket });
    await client.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return new PostgresConnection(client, socket, rows[0]?.pid ?? 0);
  }

  /** A statement of the engine's own, without an answer. */
  async command(text: string): Promise<void> {
    this.check();
    await this.client.query(text);
  }

  /** Several commands that take effect together or not at all. */
  async within(work: () => Promise<void>): Promise<void> {
    await this.command('BEGIN');
    try {
      await work();
      await this.command('COMMIT');
    } catch (fault) {
      await this.command('ROLLBACK');
      throw fault;
    }
  }

  /** Runs one statement; the number is that of the rows it gave or changed. */
  run(text: string, values: readonly (string | null)[], reception: Reception): Promise<number> {
    this.check();
    this.halting = true;
    this.stopped = false;
    const name = this.nameOf(text);
    const config: pg.QueryArrayConfig = { text, types: asText, rowMode: 'array' };
    if (values.length > 0) config.values = [...values];
    if (name !== null) config.name = name;
    const query = new pg.Query<SqlValue[]>(config);
    return new Promise((resolve, reject) => {
      let rows = 0;
      let refused: Error | undefined;
      query.on('row', (row: SqlValue[]) => {
        rows += 1;
        // Thrown from here a fault would end the process; the rest of the answer must still be read.
        try {
          if (!refused && !this.stopped) reception.row(row);
        } catch (fault) {
          refused = fault instanceof Error ? fault : new Error(String(fault));
        }
        if (this.halting && rows % portion === 0 && reception.ready !== undefined) this.hold(reception.ready);
      });
      query.on('error', reject);
      query.on('end', (result) => {
        if (refused) reject(refused);
        else resolve(result.rowCount ?? rows);
      });
      this.client.query(query);
    });
  }

  private hold(ready: () => Promise<void>): void {
    // Rows that came together ask together.
    if (this.held) return;
    this.held = true;
    this.socket.pause();
    const goOn = (): void => {
      this.held = false;
      if (this.halting) this.socket.resume();
    };
    // Whoever takes the rows tells of its own failure; the connection must not stay halted over it.
    ready().then(goOn, goOn);
  }

  stop(): void {
    this.halting = false;
    this.stopped = true;
    this.socket.pause();
  }

  /** A halted answer must flow again, or the news of its cancellation would not come through. */
  release(): void {
    this.halting = false;
    this.socket.resume();
  }

  /** From its second use on a statement has a name, and PostgreSQL keeps its plan. */
  private nameOf(text: string): string | null {
    const known = this.seen.get(text);
    if (known !== undefined && known !== null) return known;
    if (known === undefined || this.named >= mostNamed) {
      if (this.seen.size < mostNamed * 4) this.seen.set(text, null);
      return null;
    }
    this.named += 1;
    const name = `s${this.named}`;
    this.seen.set(text, name);
    return name;
  }

  /** After a change of the catalog: a kept plan may no longer fit its text. */
  forgetNames(): void {
    this.seen.clear();
  }

  private check(): void {
    if (this.broken !== null) throw this.broken;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
