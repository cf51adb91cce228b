/**
 * The scalars of the API. A day is 'YYYY-MM-DD', an instant is RFC 3339 in UTC, an exact number is a string: none of the
 * three ever passes through a JavaScript Date or float inside the service, so none can shift or round.
 */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const refuse = (message: string): never => {
  throw new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
};

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? typeof value;

const dayForm = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether the text is a day that exists, from year 0001 on. */
export function isDay(text: string): boolean {
  const parts = dayForm.exec(text);
  if (!parts || parts[1] === '0000') return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const parseDay = (value: unknown): string =>
  typeof value === 'string' && isDay(value)
    ? value
    : refuse(`Date: a day that exists, as "2026-01-31", is needed, not ${show(value)}`);

const instantForm = /^\d{4}-\d{2}-\d{2}[Tt]([01]\d|2[0-3]):\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** The same instant in UTC with milliseconds; undefined where the text is not an instant with an offset. */
export function toUtcInstant(text: string): string | undefined {
  if (!instantForm.test(text) || !isDay(text.slice(0, 10))) return undefined;
  const date = new Date(text.toUpperCase());
  if (Number.isNaN(date.getTime())) return undefined;
  const utc = date.toISOString();
  return /^\d{4}-/.test(utc) && !utc.startsWith('0000') ? utc : undefined;
}

const parseInstant = (value: unknown): string =>
  (typeof value === 'string' ? toUtcInstant(value) : undefined) ??
  refuse(`DateTime: an instant with its offset, as "2026-01-31T08:00:00Z", is needed, not ${show(value)}`);

const decimalForm = /^-?\d{1,30}(\.\d{1,15})?$/;

export const isDecimal = (text: string): boolean => decimalForm.test(text);

function parseDecimal(value: unknown): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value === 'string' && isDecimal(value)) return value;
  return refuse(
    `Decimal: an exact number as a string ("1234.50") or an integer is needed, not ${show(value)}`,
  );
}

/** A value of another form is the service's own fault and not the caller's: a plain error, which tells only the request's id. */
function serializeText(scalar: string) {
  return (value: unknown): string => {
    if (typeof value === 'string') return value;
    throw new TypeError(`${scalar}: the service holds a value of another form`);
  };
}

export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: "A calendar day, YYYY-MM-DD, in the company's own calendar.",
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: serializeText('Date'),
  parseValue: parseDay,
  parseLiteral: (node) => parseDay(node.kind === Kind.STRING ? node.value : undefined),
});

export const DateTimeScalar = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'An instant, RFC 3339, always written in UTC.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339#section-5.6',
  serialize: serializeText('DateTime'),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description:
    'An exact decimal number written as a string, e.g. "1234.5600"; read from a string or an integer, never a float.',
  serialize: serializeText('Decimal'),
  parseValue: parseDecimal,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING || node.kind === Kind.INT) return parseDecimal(node.value);
    return parseDecimal(undefined);
  },
});

const isByteCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const parseByteCount = (value: unknown): number =>
  isByteCount(value) ? value : refuse(`ByteCount: a whole number of bytes is needed, not ${show(value)}`);

/** Exact up to 2^53, which no file reaches. */
export const ByteCountScalar = new GraphQLScalarType<number, number>({
  name: 'ByteCount',
  description: 'A number of bytes; may exceed 32 bits.',
  serialize: (value) => {
    if (isByteCount(value)) return value;
    throw new TypeError('ByteCount: the service holds a value of another form');
  },
  parseValue: parseByteCount,
  parseLiteral: (node) => parseByteCount(node.kind === Kind.INT ? Number(node.value) : undefined),
});
