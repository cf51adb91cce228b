import type { RawRow } from '../statement.ts';

/** What the driver gives for a text, a number or a flag, as text; empty for NULL. */
export function textIn(row: RawRow | undefined, name: string): string {
  const value = row?.[name];
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
