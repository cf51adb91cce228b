/** Random bytes that are made once and kept in the database, so that every service on it has the same, and no other has them. */
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

/** `downloads`: the key that links are signed with. `storage`: what marks a storage as this database's. */
type SecretName = 'downloads' | 'storage';

export async function installationSecret(dataSource: DataSource, name: SecretName): Promise<Buffer> {
  await dataSource.query(
    'INSERT INTO installation_secret (name, value, made_at) VALUES ($1, $2, now()) ON CONFLICT (name) DO NOTHING',
    [name, randomBytes(32)],
  );
  const [row] = await dataSource.query<{ value: Buffer }[]>(
    'SELECT value FROM installation_secret WHERE name = $1',
    [name],
  );
  if (!row) throw new Error(`the secret ${name} is gone`);
  return row.value;
}
