/** What `sslmode` in DATABASE_URL does: with a PostgreSQL that has a certificate, and with one that has none. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chown, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/config.ts';
import { createDataSource } from '../../src/crm-database/data-source.ts';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/crm-database/embedded/embedded-postgres.ts';
import { ListeningConnection } from '../../src/crm-database/listening-connection.ts';
import { ReadDatabase } from '../../src/crm-database/read-database.ts';
import { newAuthority, type Certificate } from '../arrange/certificates.ts';
import { deleteDataDir, makeDataDir } from '../arrange/data-dir.ts';

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
const authority = newAuthority('Kartoteka Test');
const another = newAuthority('Somebody Else');

let folder: string;
let server: EmbeddedPostgres;
beforeAll(async () => {
  folder = await makeDataDir();
  server = await startEmbeddedPostgres({ dataDir: folder, log: () => undefined, durable: false });
  await writeFile(join(folder, 'root.pem'), authority.certificate);
  await writeFile(join(folder, 'other.pem'), another.certificate);
});
afterAll(async () => {
  await server.stop();
  await deleteDataDir(folder);
});

/** As DATABASE_URL, made what the service makes of it. */
function address(options: string, host = '127.0.0.1'): string {
  const url = new URL(server.url('postgres'));
  url.hostname = host;
  url.search = options.replaceAll('FOLDER', folder);
  const { databaseUrl } = readConfig({ DATABASE_URL: url.href });
  if (databaseUrl === undefined) throw new Error('no address');
  return databaseUrl;
}

const isEncrypted = 'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()';

/** Whether the line is encrypted, or why there is none. */
async function connecting(url: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return (await client.query<{ ssl: boolean }>(isEncrypted)).rows[0]?.ssl;
  } catch (fault) {
    return String(fault);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The server takes only a key that nobody else could read. */
async function use({ certificate, key }: Certificate): Promise<void> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    const { rows } = await client.query<{ at: string }>("SELECT current_setting('data_directory') AS at");
    const data = rows[0]?.at ?? '';
    const { uid, gid } = await stat(data);
    for (const [name, text] of Object.entries({ 'server.crt': certificate, 'server.key': key })) {
      await writeFile(join(data, name), text, { mode: 0o600 });
      await chown(join(data, name), uid, gid);
    }
    await client.query('ALTER SYSTEM SET ssl = on');
    await client.query('SELECT pg_reload_conf()');
  } finally {
    await client.end();
  }
  // The server reads its settings anew in its own time.
  while ((await connecting(address('sslmode=no-verify'))) !== true);
}

const trusting = 'sslmode=verify-full&sslrootcert=FOLDER/root.pem';

describe('of a server without a certificate', () => {
  it.each(['verify-full', 'require', 'verify-ca', 'no-verify'])(
    'nothing is wanted with %s, before the password is said',
    async (mode) => {
      expect(await connecting(address(`sslmode=${mode}`))).toMatch(/does not support SSL/);
    },
  );

  it('plain text is taken where nothing is asked for', async () => {
    expect(await connecting(address(''))).toBe(false);
    expect(await connecting(address('sslmode=disable'))).toBe(false);
  });
});

describe('of a server with a certificate for its address', () => {
  beforeAll(() => use(authority.vouchFor('127.0.0.1')));

  it('every kind of connection is encrypted', async () => {
    const url = address(trusting);
    const dataSource = await createDataSource(url, []).initialize();
    const reading = new ReadDatabase({ url, statementTimeoutMs: 5_000, log: silent });
    const listening = new ListeningConnection({
      url,
      channel: 'nothing',
      onNotice: () => undefined,
      patienceMs: 5_000,
      log: silent,
    });
    try {
      expect(await dataSource.query(isEncrypted)).toEqual([{ ssl: true }]);
      expect(await reading.run({ name: 'ssl', text: isEncrypted, values: [] })).toEqual([{ ssl: true }]);
      expect((await listening.run(isEncrypted)).map(({ rows }) => rows as unknown)).toEqual([
        [{ ssl: true }],
      ]);
    } finally {
      await listening.close();
      await reading.close();
      await dataSource.destroy();
    }
  });

  it.each([
    'sslmode=require&sslrootcert=FOLDER/root.pem',
    'sslmode=verify-ca&sslrootcert=FOLDER/root.pem',
    'sslrootcert=FOLDER/root.pem',
  ])('%s is as much as verify-full', async (options) => {
    expect(await connecting(address(options))).toBe(true);
    expect(await connecting(address(options, 'localhost'))).toMatch(/altnames/);
  });

  it('nothing is wanted where another authority is trusted', async () => {
    expect(await connecting(address('sslmode=verify-full&sslrootcert=FOLDER/other.pem'))).toMatch(
      /certificate/,
    );
  });

  it('nothing is wanted where nobody known vouches for it', async () => {
    expect(await connecting(address('sslmode=verify-full'))).toMatch(/certificate/);
  });

  it('nobody is asked with no-verify', async () => {
    expect(await connecting(address('sslmode=no-verify'))).toBe(true);
  });
});
