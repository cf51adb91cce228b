/** Names by which statements are prepared: the same for the same text. How much a connection holds prepared, it bounds itself. */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

/** More different texts are not in use at a time. */
const kept = 2_000;

const names = new LRUCache<string, string>({ max: kept });
const askedOnce = new LRUCache<string, true>({ max: kept });

export function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}

/** Empty the first time: a long statement that is asked for but once is not worth preparing. */
export function nameOfRepeated(text: string): string {
  if (names.has(text) || askedOnce.has(text)) return nameOf(text);
  askedOnce.set(text, true);
  return '';
}
