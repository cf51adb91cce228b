/** How the CRM's values leave PostgreSQL: instants as RFC 3339 text in UTC, days and exact numbers as the text they are. */
import pg from 'pg';

const { builtins } = pg.types;

const instantForm = /^(\S+) (\d{2}:\d{2}:\d{2})(?:\.(\d+))?\+00$/;

function toInstant(text: string): string {
  const [, day, time, fraction = ''] = instantForm.exec(text) ?? [];
  if (day === undefined || time === undefined)
    throw new Error('an instant is not in UTC: the session has another time zone or date style');
  return `${day}T${time}.${fraction.padEnd(3, '0')}Z`;
}

const asText = (text: string): string => text;

type Parser = (text: string) => unknown;

const parsers = new Map<number, Parser>([
  [builtins.TIMESTAMPTZ, toInstant],
  [builtins.TIMESTAMP, asText],
  [builtins.DATE, asText],
  [builtins.INT8, asText],
  [builtins.NUMERIC, asText],
  // It is text as it comes, or bytes (column-bytes.ts).
  [builtins.TEXT, asText],
]);

const usual = (oid: number, format?: 'text' | 'binary'): Parser =>
  pg.types.getTypeParser(oid, format) as Parser;

export const valueTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary'): Parser =>
    parsers.get(oid) ?? usual(oid, format)) as typeof pg.types.getTypeParser,
};
