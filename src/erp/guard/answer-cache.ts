/**
 * Where answers are kept between requests. A port: what keeps them here is this process's memory, bounded by size; one that
 * several replicas share can take its place. Keys say the whole question, so an answer never serves another one; who
 * may ask it is decided before anybody looks here.
 */
import { LRUCache } from 'lru-cache';
import type { Answer, RawRow } from '../statement.ts';

export interface AnswerCache {
  get(key: string): Promise<Answer | undefined>;
  put(key: string, answer: Answer, keepMs: number): Promise<void>;
}

/** Keeps the answers used last, of about `maxBytes` in all. */
export function memoryAnswerCache(maxBytes: number): AnswerCache {
  const kept = new LRUCache<string, Answer>({
    maxSize: maxBytes,
    // A single answer that would push out many others is not worth keeping.
    maxEntrySize: Math.ceil(maxBytes / 8),
    sizeCalculation: sizeOf,
  });
  return {
    get: (key) => Promise.resolve(kept.get(key)),
    put: (key, answer, keepMs) => {
      kept.set(key, answer, { ttl: keepMs });
      return Promise.resolve();
    },
  };
}

const bytesPerCell = 24;

/** Near enough to keep the bound: texts by their length, everything else alike. */
function sizeOf({ rows }: Answer): number {
  let bytes = 200;
  for (const row of rows) bytes += sizeOfRow(row);
  return bytes;
}

function sizeOfRow(row: RawRow): number {
  let bytes = 64;
  for (const name in row) {
    const value = row[name];
    bytes += bytesPerCell + (typeof value === 'string' ? value.length * 2 : 0);
  }
  return bytes;
}
