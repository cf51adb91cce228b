/** Values of reports' parameters as texts: which texts are a value of which type. */
import { isDay, isDecimal, toUtcInstant } from '../../values/scalars.ts';
import type { ReportValueType } from '../report.ts';

const longestValue = 4_000;

const mostOfBigint = 9_223_372_036_854_775_807n;

function isWhole(text: string): boolean {
  if (!/^(?:0|-?[1-9]\d{0,18})$/.test(text)) return false;
  const value = BigInt(text);
  return value <= mostOfBigint && value >= -mostOfBigint - 1n;
}

interface Form {
  readonly fits: (text: string) => boolean;
  readonly form: string;
}

const forms: Readonly<Record<ReportValueType, Form>> = {
  TEXT: {
    fits: (text) => text.isWellFormed() && !/[\p{Cc}--[\t\n]]/v.test(text),
    form: 'a text without control characters',
  },
  INTEGER: { fits: isWhole, form: 'a whole number such as -12, of 64 bits at most' },
  DECIMAL: { fits: isDecimal, form: 'an exact number such as -12.50' },
  BOOLEAN: { fits: (text) => text === 'true' || text === 'false', form: 'true or false' },
  DATE: { fits: isDay, form: 'a day that exists, such as 2026-01-31' },
  DATETIME: {
    fits: (text) => text.endsWith('Z') && toUtcInstant(text) !== undefined,
    form: 'an instant in UTC, such as 2026-01-31T08:00:00Z',
  },
};

/** What is wrong with a text as a value of the type, if anything. */
export function faultOfValue(
  type: ReportValueType,
  text: string,
): { readonly code: string; readonly message: string } | undefined {
  if (text.length > longestValue)
    return { code: 'TOO_LONG', message: `must have at most ${longestValue} characters` };
  return forms[type].fits(text) ? undefined : { code: 'VALUE', message: `is not ${forms[type].form}` };
}

/** As it is bound: instants in UTC. */
export const asBound = (type: ReportValueType, text: string): string =>
  type === 'DATETIME' ? (toUtcInstant(text) ?? text) : text;
