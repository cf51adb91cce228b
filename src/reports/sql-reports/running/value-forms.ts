/** The values of a run, held against the types of their parameters: one that does not fit is told before anything is sent. */
import { InputRejected, type Problem } from '../../../errors.ts';
import type { ReportParameter, ReportValueType } from '../../report.ts';
import { asBound, faultOfValue } from '../report-values.ts';
import type { ParameterValues } from '../sql-text/bind.ts';

export type RunParameter = Pick<ReportParameter, 'name' | 'type' | 'multiple'>;

/** Of the type by which SQL Server is given decimals; the same on both engines, so that a report takes the same wherever it runs. */
const sentDecimal = /^-?\d{1,28}(?:\.\d{1,10})?$/;

function faultOf(type: ReportValueType, value: string): string | undefined {
  const fault = faultOfValue(type, asBound(type, value));
  if (fault) return fault.message;
  return type === 'DECIMAL' && !sentDecimal.test(value)
    ? 'must have at most 28 digits before the point and 10 behind it'
    : undefined;
}

/** Throws InputRejected with everything that does not fit. */
export function checkValues(parameters: readonly RunParameter[], values: ParameterValues): void {
  const problems = parameters.flatMap(({ name, type }): Problem[] => {
    const faults = (values.get(name) ?? []).map((value) =>
      value === null ? undefined : faultOf(type, value),
    );
    const message = faults.find((fault) => fault !== undefined);
    return message === undefined ? [] : [{ path: name, code: 'VALUE', message }];
  });
  if (problems.length > 0) throw new InputRejected(problems);
}
