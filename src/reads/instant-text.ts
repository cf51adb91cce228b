/**
 * RFC 3339 in UTC with milliseconds, all three, so that texts sort as instants do; the database keeps no more of them. to_char would take
 * twice as long; a microsecond more makes PostgreSQL write every digit, and is cut off again.
 */
export const instantText = (sql: string): string =>
  `left(replace(((${sql} + interval '1 microsecond') AT TIME ZONE 'UTC')::text, ' ', 'T'), 23) || 'Z'`;
