/** Names by which statements are prepared: the same for the same text. */
import { createHash } from 'node:crypto';

const names = new Map<string, string>();
/**
 * Shapes are few, so this many different texts are not reached in ordinary use. What comes beyond is not prepared: every
 * prepared statement takes memory of the database server for as long as its connection lives.
 */
const namesKept = 2_000;

/** Empty where the statement is not to be prepared. */
export function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= namesKept) return '';
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32);
  names.set(text, name);
  return name;
}
