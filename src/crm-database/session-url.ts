/**
 * A database's address with session settings in it. They must stand in the address: what an address says of `options`
 * takes the place of whatever a client's own configuration says, and would switch these off without a word.
 */
export function withSessionSettings(address: string, settings: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  const wanted = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const before = url.searchParams.get('options');
  // Behind what is there: the last one counts.
  url.searchParams.set('options', [...(before ? [before] : []), ...wanted].join(' '));
  return url.href;
}

/** Instants leave the database in UTC and in ISO form, as value-types.ts reads them. */
export const plainInstants = { TimeZone: 'UTC', DateStyle: 'ISO' } as const;
