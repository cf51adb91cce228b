/** Parameters of a report server's reports, as the gateway offers them and lets them be given. */
import { InputRejected, type Problem } from '../../errors.ts';
import type { ClientValue } from '../../ssrs-config.ts';
import type { ReportParameter } from '../report.ts';
import type { SsrsParameter } from '../ssrs/parameters.ts';
import type { Asked } from './report-values.ts';

/** What callers cannot set is not offered; what they are not asked for only where it is filled in. */
export function ofSsrs(
  parameter: SsrsParameter,
  fromClient: ClientValue | undefined,
): readonly ReportParameter[] {
  const { name, label, type, required, multiple, defaults, choices, settable, hidden } = parameter;
  if (!settable || (hidden && fromClient === undefined)) return [];
  return [
    {
      name,
      label: label || name,
      type,
      required,
      multiple,
      defaults: parameter.hasDefault ? withoutNulls(defaults) : null,
      choices: choices ? withoutNulls(choices.map(({ value }) => value)) : null,
      choicesSql: null,
      fromClient: fromClient ?? null,
    },
  ];
}

const withoutNulls = (values: readonly (string | null)[]): readonly string[] =>
  values.flatMap((value) => (value === null ? [] : [value]));

/** What is hidden, fixed, or filled in is not to be given, whatever the server would take. Throws InputRejected. */
export function requireOffered(parameters: readonly ReportParameter[], { given, pathOf }: Asked): void {
  const open = parameters.filter(({ fromClient }) => fromClient === null).map(({ name }) => name);
  const problems = [...given.keys()].flatMap((name): Problem[] => {
    if (open.includes(name)) return [];
    return parameters.some((parameter) => parameter.name === name)
      ? [
          {
            path: pathOf(name),
            code: 'FROM_CLIENT',
            message: 'is filled in from the client and cannot be given',
          },
        ]
      : [
          {
            path: pathOf(name),
            code: 'PARAMETER',
            message: `is no parameter of the report: there are ${open.join(', ') || 'none'}`,
          },
        ];
  });
  if (problems.length > 0) throw new InputRejected(problems);
}
