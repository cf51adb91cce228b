/**
 * Values for a report's parameters: checked against what the report takes, every fault told at once, and written the one way that the
 * server is told to read them in (rs:ParameterLanguage=en-US): a decimal point, days and times as ISO 8601, true and false.
 */
import { InputRejected, type Problem } from '../../errors.ts';
import type { SsrsParameter, SsrsParameterType } from './parameters.ts';

/** Null: the parameter is null. Several of one name: several values. */
export type SentValue = readonly [name: string, value: string | null];

export type GivenValues = ReadonlyMap<string, readonly (string | null)[]>;

const mostValues = 2_000;
const mostSigns = 4_000;

/**
 * An empty list is no value: null where the parameter may be null, else a value that is missing. A parameter that is not given at all has its
 * default. Throws InputRejected; the paths of its problems are `parameters.Name`.
 */
export function sentValues(parameters: readonly SsrsParameter[], given: GivenValues): readonly SentValue[] {
  const problems: Problem[] = [];
  const known = new Set(parameters.filter(({ settable }) => settable).map(({ name }) => name));
  for (const name of given.keys())
    if (!known.has(name))
      problems.push({
        path: `parameters.${name}`,
        code: 'UNKNOWN',
        message: 'the report has no such parameter to set; small and capital letters differ',
      });
  const sent: SentValue[] = [];
  for (const parameter of parameters.filter(({ settable }) => settable)) {
    const { name } = parameter;
    const values = valuesOf(parameter, given.get(name));
    const fault = faultOfList(parameter, values);
    if (fault) problems.push({ path: `parameters.${name}`, ...fault });
    else
      for (const value of values) sent.push([name, value === null ? null : written(parameter.type, value)]);
  }
  if (sent.length > mostValues)
    problems.push({ path: 'parameters', code: 'TOO_MANY', message: `at most ${mostValues} values in all` });
  if (problems.length > 0) throw new InputRejected(problems);
  return sent;
}

function valuesOf(
  { nullable, hasDefault }: SsrsParameter,
  given: readonly (string | null)[] | undefined,
): readonly (string | null)[] {
  if (given !== undefined) return given.length === 0 && nullable ? [null] : given;
  return nullable && !hasDefault ? [null] : [];
}

type Fault = Omit<Problem, 'path'>;

function faultOfList(parameter: SsrsParameter, values: readonly (string | null)[]): Fault | undefined {
  if (values.length === 0)
    return parameter.required ? { code: 'REQUIRED', message: 'needs a value' } : undefined;
  if (values.length > 1 && !parameter.multiple) return { code: 'ONE_VALUE', message: 'takes a single value' };
  for (const value of values) {
    const fault = value === null ? faultOfNull(parameter, values) : faultOfValue(parameter, value);
    if (fault) return fault;
  }
  return undefined;
}

function faultOfNull({ nullable }: SsrsParameter, values: readonly unknown[]): Fault | undefined {
  if (!nullable) return { code: 'REQUIRED', message: 'needs a value' };
  return values.length > 1 ? { code: 'ONE_VALUE', message: 'is null or has values' } : undefined;
}

const isDayOfCalendar = (text: string): boolean => {
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  return !Number.isNaN(day.valueOf()) && day.toISOString().startsWith(text.slice(0, 10));
};

const isMoment = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,7})?)?)?$/.test(text) && isDayOfCalendar(text);

const isInt32 = (text: string): boolean =>
  /^[+-]?\d{1,10}$/.test(text) && Number(text) >= -2_147_483_648 && Number(text) <= 2_147_483_647;

const forms = {
  TEXT: {
    // The other control characters cannot stand in the XML that the server keeps values in.
    // eslint-disable-next-line no-control-regex
    fits: (text) => text.isWellFormed() && !/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text),
    form: 'a text without control characters',
  },
  INTEGER: { fits: isInt32, form: 'a whole number from -2147483648 to 2147483647' },
  DECIMAL: { fits: (text) => /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(text), form: 'a number such as -12.5' },
  BOOLEAN: { fits: (text) => /^(true|false)$/i.test(text), form: 'true or false' },
  DATETIME: {
    fits: isMoment,
    form: 'a day such as 2026-01-31, or 2026-01-31T23:59:00: the time of the report server, without an offset',
  },
} as const satisfies Record<
  SsrsParameterType,
  { readonly fits: (text: string) => boolean; readonly form: string }
>;

function faultOfValue(parameter: SsrsParameter, value: string): Fault | undefined {
  const { type, blankAllowed } = parameter;
  if (value === '' && type === 'TEXT')
    return blankAllowed ? undefined : { code: 'REQUIRED', message: 'needs a value that is not empty' };
  if (value.length > mostSigns) return { code: 'TOO_LONG', message: `at most ${mostSigns} signs` };
  if (!forms[type].fits(value)) return { code: 'VALUE', message: `is not ${forms[type].form}` };
  return isChoice(parameter, value)
    ? undefined
    : { code: 'CHOICE', message: 'is none of the values that the report offers' };
}

/** Only where the same value cannot be written in two ways; of the rest the server decides. */
function isChoice({ type, choices, choicesDepend }: SsrsParameter, value: string): boolean {
  if (choices === undefined || choicesDepend || (type !== 'TEXT' && type !== 'INTEGER')) return true;
  return choices.some((choice) => choice.value === written(type, value));
}

function written(type: SsrsParameterType, value: string): string {
  if (type === 'BOOLEAN') return value.toLowerCase();
  return type === 'INTEGER' ? String(Number(value)) : value;
}
