/** Whom an ERP's address believes, before a password is said. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPool } from '../../src/erp/pool.ts';
import { newAuthority } from '../arrange/certificates.ts';
import { startEncryptingServer, type EncryptingServer } from './arrange-encrypting-server.ts';

const authority = newAuthority('Kartoteka Test');
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka-ca-'));
  await writeFile(join(folder, 'root.pem'), authority.certificate);
  await writeFile(join(folder, 'other.pem'), newAuthority('Somebody Else').certificate);
});
afterAll(() => rm(folder, { recursive: true }));

/** How many logins the server was sent. */
async function loginsSent(server: EncryptingServer, options: string): Promise<number> {
  const url = `mssql://reader:geheim@localhost:${server.port}/obuwie?${options.replaceAll('FOLDER', folder)}`;
  const company = { key: 'main', name: 'Podbicie', url, schema: 'kartoteka', timeZone: 'Europe/Warsaw' };
  const pool = openPool(company, { connections: 1, timeoutMs: 2_000, log: silent });
  const statement = { text: 'SELECT 1', parameters: [] };
  await expect(pool.send(statement as never, new AbortController().signal)).rejects.toThrow();
  await pool.close();
  return server.logins;
}

it.each([
  ['its own authority', 'localhost', 'ca=FOLDER/root.pem', 1],
  ['nobody, and anybody is believed,', 'localhost', 'trustServerCertificate=true', 1],
  ['nobody known', 'localhost', 'encrypt=true', 0],
  ['another authority', 'localhost', 'ca=FOLDER/other.pem', 0],
  ['its own authority, but for another host', 'sql.example.com', 'ca=FOLDER/root.pem', 0],
])('where %s vouches, the password is said as the address allows', async (_by, host, options, logins) => {
  const server = await startEncryptingServer(authority.vouchFor(host));
  try {
    expect(await loginsSent(server, options)).toBe(logins);
  } finally {
    await server.close();
  }
});
