/** The key that download links are signed with: made once, kept in the database, so that every service on it has the same. */
import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';

export async function signingKey(dataSource: DataSource): Promise<Buffer> {
  await dataSource.query(
    'INSERT INTO signing_key (name, key, made_at) VALUES ($1, $2, now()) ON CONFLICT (name) DO NOTHING',
    ['downloads', randomBytes(32)],
  );
  const [row] = await dataSource.query<{ key: Buffer }[]>('SELECT key FROM signing_key WHERE name = $1', [
    'downloads',
  ]);
  if (!row) throw new Error('the signing key of downloads is gone');
  return row.key;
}
