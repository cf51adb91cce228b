/**
 * Attachments in a folder. Bytes are written under a temporary name in `incoming`, forced to disk, and only then given
 * their name in `files`, which is one step for every reader and after every crash. Several services may share the folder.
 */
import { createWriteStream, type Dirent } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { isNativeError } from 'node:util/types';
import { FileMissing, StorageFull, type ByteRange, type Storage, type StoredFile } from './storage.ts';

const codeOf = (fault: unknown): string =>
  isNativeError(fault) && 'code' in fault && typeof fault.code === 'string' ? fault.code : '';

const isMissing = (fault: unknown): boolean => codeOf(fault) === 'ENOENT';

/** No space, no quota, or a size that the file system does not take. */
const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

const keyForm = /^[0-9a-z-]{8,64}$/;

/** A rename lasts only once its folder is on disk too. */
async function forceFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

export class FolderStorage implements Storage {
  private readonly incoming: string;
  private readonly files: string;

  private constructor(folder: string) {
    this.incoming = join(folder, 'incoming');
    this.files = join(folder, 'files');
  }

  /** Makes the folder where there is none. Throws where it cannot be written. */
  static async at(folder: string): Promise<FolderStorage> {
    const storage = new FolderStorage(folder);
    for (const needed of [storage.incoming, storage.files])
      await mkdir(needed, { recursive: true, mode: 0o700 });
    const trial = join(storage.incoming, `trial-${process.pid}`);
    await (await open(trial, 'w')).close();
    await rm(trial);
    return storage;
  }

  async put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const place = this.placeOf(key);
    const temporary = join(this.incoming, key);
    try {
      await pipeline(bytes, createWriteStream(temporary, { flags: 'wx', mode: 0o600, flush: true }));
      const made = await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await rename(temporary, place);
      await forceFolder(dirname(place));
      if (made !== undefined) await forceFolder(this.files);
    } catch (fault) {
      await rm(temporary, { force: true });
      await rm(place, { force: true });
      throw noRoom.includes(codeOf(fault)) ? new StorageFull('no room is left', { cause: fault }) : fault;
    }
  }

  async sizeOf(key: string): Promise<number | undefined> {
    try {
      return (await stat(this.placeOf(key))).size;
    } catch (fault) {
      if (isMissing(fault)) return undefined;
      throw fault;
    }
  }

  async open(key: string, range?: ByteRange): Promise<Readable> {
    try {
      return (await open(this.placeOf(key), 'r')).createReadStream(range);
    } catch (fault) {
      throw isMissing(fault) ? new FileMissing(key) : fault;
    }
  }

  async delete(key: string): Promise<void> {
    await rm(this.placeOf(key), { force: true });
  }

  async *list(): AsyncIterable<StoredFile> {
    for (const shelf of await readdir(this.files)) yield* this.filesOf(join(this.files, shelf));
  }

  async deleteUnfinished(before: Date): Promise<number> {
    let deleted = 0;
    for await (const { key, writtenAt } of this.filesOf(this.incoming)) {
      if (writtenAt >= before) continue;
      await rm(join(this.incoming, key), { force: true });
      deleted += 1;
    }
    return deleted;
  }

  /** One by one: a folder may hold more names than should be in memory at once. */
  private async *filesOf(folder: string): AsyncIterable<StoredFile> {
    for await (const entry of (await opendir(folder)) as AsyncIterable<Dirent>) {
      if (!entry.isFile()) continue;
      try {
        yield { key: entry.name, writtenAt: (await stat(join(folder, entry.name))).mtime };
      } catch (fault) {
        // Deleted meanwhile, or given its name.
        if (!isMissing(fault)) throw fault;
      }
    }
  }

  /** Shelves by the last signs of the key: the first ones of a UUIDv7 are its time, and would all be the same. */
  private placeOf(key: string): string {
    if (!keyForm.test(key)) throw new Error('not a key of stored files');
    return join(this.files, key.slice(-2), key);
  }
}
