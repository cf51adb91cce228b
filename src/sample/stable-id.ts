import { createHash } from 'node:crypto';

/** The morning the sample's records are said to have been made: 2 January 2024, 07:00 UTC, in milliseconds. */
const MADE_AT = 1_704_178_800_000;

/**
 * A UUID in the form of version 7, always the same for the same name, so that a sample loaded twice is one sample. Its time
 * part lies within a few hours after MADE_AT.
 */
export function stableId(name: string): string {
  const digest = createHash('sha256').update(name).digest('hex');
  const time = (MADE_AT + Number.parseInt(digest.slice(0, 6), 16)).toString(16).padStart(12, '0');
  const variant = (8 + (Number.parseInt(digest.slice(9, 10), 16) % 4)).toString(16);
  return [
    time.slice(0, 8),
    time.slice(8),
    `7${digest.slice(6, 9)}`,
    `${variant}${digest.slice(10, 13)}`,
    digest.slice(13, 25),
  ].join('-');
}
