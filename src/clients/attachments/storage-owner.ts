/**
 * A storage belongs to one database. Were it given to another by mistake, the sweep there would find no record of anything
 * in it and delete all; so the storage carries a mark of its database, and without that mark nothing begins.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Storage } from '../../storage/storage.ts';

export const ownerPrefix = 'owner-';

class StorageOfAnother extends Error {
  constructor(key: string) {
    super(
      `the storage of attachments belongs to another database (it holds ${key}): give STORAGE_URL its own, or DATABASE_URL the one it belongs to`,
    );
  }
}

/** `secret`: what the database alone has. Marks an empty storage; throws StorageOfAnother for one that is marked otherwise. */
export async function claimStorage(storage: Storage, secret: Buffer): Promise<void> {
  const mark = `${ownerPrefix}${createHash('sha256').update(secret).digest('hex').slice(0, 32)}`;
  if ((await storage.sizeOf(mark)) !== undefined) return;
  for await (const { key } of storage.list()) throw new StorageOfAnother(key);
  await storage.put(mark, Readable.from([Buffer.from(markText)]));
}

const markText =
  'Attachments of one Kartoteka. Whoever deletes this file lets another database take them over.\n';
