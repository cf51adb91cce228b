/**
 * The embedded PostgreSQL: a real server under the data directory, for whoever has none. It promises that one service at a
 * time uses a data directory; that whatever was committed is there after the service, or the server, was killed at any
 * moment; that an initialisation cut short harms nothing; and that it listens on loopback only, with a password. It needs
 * nothing but the folder, and works as root too. Backups and the tables are left to others; a firm that has a PostgreSQL
 * server of its own sets DATABASE_URL and never comes here. Why so: docs/decisions/embedded-postgres.md.
 */
import pg from 'pg';
import { findBinaries } from './binaries.ts';
import { openCluster, readCluster, superuser } from './cluster.ts';
import { lockDataDir } from './data-dir-lock.ts';
import { confirmLocation, findPlace, type Place } from './place.ts';
import { portOfRunning } from './running-server.ts';
import { startServer, type Server } from './server-process.ts';

export { DataDirInUse } from './data-dir-lock.ts';

interface EmbeddedPostgresOptions {
  readonly dataDir: string;
  readonly log: (event: object, message: string) => void;
  /** False only where the data may be lost, as in tests: nothing is forced to disk then. */
  readonly durable?: boolean;
}

export interface EmbeddedPostgres {
  /** A connection address with password. It says all that PG* variables of the environment would otherwise decide. */
  readonly url: (database: string) => string;
  /** True when it was created, false when it was there. */
  readonly ensureDatabase: (name: string) => Promise<boolean>;
  /** Settles when the server ends without having been asked to. */
  readonly endedByItself: Promise<void>;
  /** Stops the server and gives the data directory free. Open transactions are rolled back. */
  readonly stop: () => Promise<void>;
}

/** Throws DataDirInUse when another service has the data directory, and otherwise errors that name path and reason. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const began = performance.now();
  const place = await findPlace(options.dataDir);
  const lock = await lockDataDir(place.home, options.dataDir);
  try {
    const { server, password, created } = await startIn(place, options);
    const ms = Math.round(performance.now() - began);
    options.log({ home: place.home, port: server.port, pid: server.pid, created, ms }, 'PostgreSQL started');
    const url = (database: string) => address(server.port, password, database);
    return {
      url,
      endedByItself: server.endedByItself,
      ensureDatabase: (name) => ensureDatabase(url('postgres'), name),
      stop: async () => {
        await server.stop();
        await lock.release();
      },
    };
  } catch (fault) {
    await lock.release();
    throw fault;
  }
}

/**
 * The server that another process has started on this data directory, and stops: for commands that work beside the service. Undefined
 * where there is none, or where it is not ready.
 */
export async function joinEmbeddedPostgres(
  dataDir: string,
): Promise<Pick<EmbeddedPostgres, 'url'> | undefined> {
  const { home } = await findPlace(dataDir);
  const { folder, password } = await readCluster(home);
  const port = await portOfRunning(folder);
  return port === undefined ? undefined : { url: (database) => address(port, password, database) };
}

interface Started {
  readonly server: Server;
  readonly password: string;
  readonly created: boolean;
}

async function startIn(place: Place, options: EmbeddedPostgresOptions): Promise<Started> {
  const { home, runAs } = place;
  const { dataDir, log, durable = true } = options;
  if (place.relocated) log({ dataDir, home }, 'the database lies outside the data directory');
  const binaries = await findBinaries(home, runAs);
  const { folder, password, created } = await openCluster({ home, binaries, runAs, durable });
  if (place.relocated) await confirmLocation(dataDir, home);
  const server = await startServer({ home, folder, postgres: binaries.postgres, runAs, durable, log });
  return { server, password, created };
}

function address(port: number, password: string, database: string): string {
  const said = new URLSearchParams({
    sslmode: 'disable',
    client_encoding: 'UTF8',
    options: '-c TimeZone=UTC',
  });
  // Spaces as %20: to PostgreSQL's own programs a plus is a plus.
  const query = said.toString().replaceAll('+', '%20');
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}?${query}`;
}

const alreadyThere = ['42P04', '23505'];

async function ensureDatabase(maintenanceUrl: string, name: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: maintenanceUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 1) return false;
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
    return true;
  } catch (fault) {
    if (fault instanceof pg.DatabaseError && alreadyThere.includes(fault.code ?? '')) return false;
    throw fault;
  } finally {
    await client.end();
  }
}
