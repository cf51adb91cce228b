import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/crm-database/embedded/embedded-postgres.ts';
import { deleteDataDir, homeOf, makeDataDir } from '../arrange/data-dir.ts';
import { launchService } from '../arrange/embedded-service.ts';
import { query, startedAt, storedShoes, storeShoe } from './embedded-arrange.ts';

describe('the embedded PostgreSQL', () => {
  let folder: string;
  let running: EmbeddedPostgres[];

  const start = async (dataDir: string) => {
    const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, durable: false });
    running.push(server);
    return server;
  };

  beforeEach(async () => {
    folder = await makeDataDir();
    running = [];
  });
  afterEach(async () => {
    for (const server of running) await server.stop();
    await deleteDataDir(folder);
  });

  it('keeps its data over an ordered stop and a second start', async () => {
    const first = await start(folder);
    expect(await first.ensureDatabase('card')).toBe(true);
    await storeShoe(first.url('card'));
    await first.stop();

    const second = await start(folder);

    expect(await second.ensureDatabase('card')).toBe(false);
    expect(await storedShoes(second.url('card'))).toEqual(['Kłos']);
  });

  it('creates a database once when asked several times at once', async () => {
    const server = await start(folder);

    const created = await Promise.all(Array.from({ length: 8 }, () => server.ensureDatabase('Karta "1"')));

    expect(created.filter(Boolean)).toHaveLength(1);
    expect(await query(server.url('Karta "1"'), 'SELECT current_database() AS name')).toEqual([
      { name: 'Karta "1"' },
    ]);
  });

  it('lives in a folder with spaces and Polish letters that does not exist yet', async () => {
    const dataDir = join(folder, 'Dane firmy "Żółty But"', 'kartoteka');
    const server = await start(dataDir);

    expect(await server.ensureDatabase('card')).toBe(true);

    await server.stop();
    await deleteDataDir(dataDir);
  });

  it('stops with clients still connected, and stops once however often it is asked', async () => {
    const server = await start(folder);
    const client = new pg.Client({ connectionString: server.url('postgres') });
    const cutOff = new Promise((resolve) => client.on('error', resolve));
    await client.connect();
    await client.query('BEGIN; CREATE TABLE half_done ()');

    await Promise.all([server.stop(), server.stop()]);

    expect(await cutOff).toBeInstanceOf(Error);
    await expect(query(server.url('postgres'), 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  });

  it('takes Polish letters for letters, sorts by code point, and keeps UTC', async () => {
    const { url } = await start(folder);
    await query(
      url('postgres'),
      'CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION citext',
    );

    const [row] = await query(
      url('postgres'),
      `SELECT lower('ŁÓDŹ ŻÓŁĆ') AS lower, similarity('żółć', 'ŻÓŁĆ') AS similarity, 'ż' > 'z' AS by_code_point,
              'ć' < 'd' COLLATE "pl-x-icu" AS polish_order, current_setting('TimeZone') AS zone`,
    );

    expect(row).toEqual({
      lower: 'łódź żółć',
      similarity: 1,
      by_code_point: true,
      polish_order: true,
      zone: 'UTC',
    });
  });

  it('forces commits to disk, listens on loopback only, and asks for the password', async () => {
    const server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
    running.push(server);

    const [row] = await query(
      server.url('postgres'),
      `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits,
              current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums,
              current_setting('listen_addresses') AS listens, current_setting('unix_socket_directories') AS sockets`,
    );
    const wrong = new URL(server.url('postgres'));
    wrong.password = 'wrong';

    expect(row).toEqual({
      fsync: 'on',
      commits: 'on',
      pages: 'on',
      checksums: 'on',
      listens: '127.0.0.1',
      sockets: '',
    });
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
    const { mode } = await stat(join(await homeOf(folder), 'server', 'password'));
    expect(mode & 0o777).toBe(0o600);
  });

  it('writes neither statements nor values to its log', async () => {
    const { url } = await start(folder);
    await storeShoe(url('postgres'));
    await query(url('postgres'), 'CREATE UNIQUE INDEX ON shoe (name)');

    await expect(query(url('postgres'), "INSERT INTO shoe VALUES ('Kłos')")).rejects.toThrow('duplicate key');
    await expect(query(url('postgres'), "SELECT 'tajemnica'::int")).rejects.toThrow('tajemnica');

    const log = await readFile(join(await homeOf(folder), 'server.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toMatch(/Kłos|tajemnica|INSERT/);
  });

  it('is not disturbed by what the environment says to other PostgreSQL programs', async () => {
    const environment = {
      PGDATA: '/nonexistent',
      PGHOST: 'nowhere.invalid',
      PGPORT: '1',
      PGSSLMODE: 'require',
      PGOPTIONS: '-c no_such_setting=1',
      PGCLIENTENCODING: 'LATIN2',
      PGCLIENT_ENCODING: 'LATIN2',
      LC_ALL: 'xx_XX',
    };
    const service = launchService(folder, { environment });

    const url = await startedAt(service.answer);

    expect(await query(url, "SELECT current_setting('client_encoding') AS encoding")).toEqual([
      { encoding: 'UTF8' },
    ]);
    await service.stop();
  });

  it('says which folder cannot be used, and why', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'not a folder');

    const refused = start(join(file, 'data'));

    await expect(refused).rejects.toThrow(
      /data directory .*file\/data cannot be used: it cannot be written: ENOTDIR/,
    );
  });

  it('tells the end of the server log when it does not start, and gives the folder free', async () => {
    await (await start(folder)).stop();
    const version = join(await homeOf(folder), 'server', 'data', 'PG_VERSION');
    const right = await readFile(version);
    await writeFile(version, '9.6\n');

    await expect(start(folder)).rejects.toThrow(/does not start[^]*server\.log[^]*incompatible with server/);

    await writeFile(version, right);
    const repaired = await start(folder);
    expect(await repaired.ensureDatabase('card')).toBe(true);
  });
});
