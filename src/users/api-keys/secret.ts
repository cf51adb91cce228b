/** The text of an API key: what it looks like, how one is made, and what is kept of it. */
import { createHash, randomBytes, randomInt } from 'node:crypto';

const mark = 'ktk_';
const form = /^ktk_([a-z0-9]{8})_[A-Za-z0-9_-]{43}$/;
const signs = 'abcdefghijklmnopqrstuvwxyz0123456789';

interface NewSecret {
  /** To be shown once. */
  readonly secret: string;
  /** By which people recognise it, and the service finds it. */
  readonly prefix: string;
  /** All that is kept. No salt and no slow hash: nobody guesses 256 random bits. */
  readonly hash: Buffer;
}

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** No access token begins so: those begin with the base64 of `{`. */
export const isApiKey = (credential: string): boolean => credential.startsWith(mark);

/** Undefined for what no key looks like. */
export const prefixOf = (secret: string): string | undefined => form.exec(secret)?.[1];

export function makeSecret(): NewSecret {
  const prefix = Array.from({ length: 8 }, () => signs[randomInt(signs.length)]).join('');
  const secret = `${mark}${prefix}_${randomBytes(32).toString('base64url')}`;
  return { secret, prefix, hash: hashOf(secret) };
}
