/**
 * Where the bytes of attachments lie. A storage knows keys and bytes, and nothing of records: that no record lacks its bytes
 * is the business of src/clients/attachments. What it promises is little, so that a folder can do it and an object store
 * too: a file is there whole and lasting or not at all, and is never changed.
 */
import type { Readable } from 'node:stream';

export interface StoredFile {
  readonly key: string;
  /** When its last byte was written. */
  readonly writtenAt: Date;
}

/** The first and the last byte of a part, counted from 0. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface Storage {
  /**
   * Keeps the bytes under a key that was never used before. Resolves when they are there to stay; whatever goes wrong
   * before that, also in `bytes` themselves, leaves nothing under the key. Throws StorageFull.
   */
  put(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** The file's size; undefined when there is none. */
  sizeOf(key: string): Promise<number | undefined>;
  /** All of the file, or a part. Rejects with FileMissing before the first byte. */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Does nothing where there is no such file. */
  delete(key: string): Promise<void>;
  /** Every file, in no order. */
  list(): AsyncIterable<StoredFile>;
  /** Removes what writers that were cut off before `before` have left behind. Answers how many there were. */
  deleteUnfinished(before: Date): Promise<number>;
}

/** There is no room left for these bytes. */
export class StorageFull extends Error {}

export class FileMissing extends Error {
  constructor(key: string) {
    super(`there is no stored file ${key}`);
  }
}
