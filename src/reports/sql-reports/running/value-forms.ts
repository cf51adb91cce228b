/** The values of a run, held against the types of their parameters: one that does not fit is told before anything is sent. */
import { InputRejected, type Problem } from '../../../errors.ts';
import type { ReportParameter, ReportValueType } from '../../report.ts';
import type { ParameterValues } from '../sql-text/bind.ts';

export type RunParameter = Pick<ReportParameter, 'name' | 'type' | 'multiple'>;

const longestText = 4_000;
const mostInteger = 2n ** 63n;

const isDay = (value: string): boolean => {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
};

const forms: Readonly<
  Record<ReportValueType, { readonly is: (value: string) => boolean; readonly words: string }>
> = {
  TEXT: {
    is: (value) => value.length <= longestText && !value.includes('\0'),
    words: `a text of ${longestText} characters at most`,
  },
  INTEGER: {
    is: (value) => /^-?\d{1,19}$/.test(value) && BigInt(value) < mostInteger && BigInt(value) >= -mostInteger,
    words: 'a whole number',
  },
  DECIMAL: {
    is: (value) => /^-?\d{1,28}(?:\.\d{1,10})?$/.test(value),
    words: 'a number with 28 digits before the point and 10 behind it at most',
  },
  BOOLEAN: { is: (value) => value === 'true' || value === 'false', words: 'true or false' },
  DATE: { is: (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isDay(value), words: 'a day as YYYY-MM-DD' },
  DATETIME: {
    is: (value) =>
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/.test(value) &&
      isDay(value.slice(0, 10)) &&
      !Number.isNaN(Date.parse(value)),
    words: 'a moment such as 2026-03-01T12:00:00Z',
  },
};

/** Throws InputRejected with everything that does not fit. */
export function checkValues(parameters: readonly RunParameter[], values: ParameterValues): void {
  const problems = parameters.flatMap(({ name, type }): Problem[] => {
    const { is, words } = forms[type];
    const wrong = (values.get(name) ?? []).some((value) => value !== null && !is(value));
    return wrong ? [{ path: name, code: 'VALUE', message: `${words} is needed` }] : [];
  });
  if (problems.length > 0) throw new InputRejected(problems);
}
