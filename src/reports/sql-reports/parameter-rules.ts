/** What the parameters of a report that is SQL must be, each by itself and beside the others. */
import type { Problem } from '../../errors.ts';
import type { ReportParameter, SqlReport } from '../report.ts';
import { textProblems, tooMany } from './form-rules.ts';
import { faultOfValue } from './report-values.ts';
import { checkReportSql } from './sql-text/check.ts';
import type { ReportSqlRules } from './sql-text/check.ts';

const mostParameters = 50;
const mostDefaults = 100;
const mostChoices = 500;

const nameForm = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** What addresses of reports say beside parameters. */
const reserved = new Set(['client', 'company', 'limit', 'format', 'dialect']);

/** `rules`: of the report's own SQL, which those of the choices' SQL are, too. */
export function parameterProblems(
  { parameters, database }: SqlReport,
  rules: Omit<ReportSqlRules, 'parameters'>,
): readonly Problem[] {
  if (parameters.length > mostParameters) return [tooMany('parameters', mostParameters)];
  return parameters.flatMap((parameter, place) => {
    const at = (problem: Problem): Problem => ({ ...problem, path: `parameters.${place}.${problem.path}` });
    return [
      ...nameProblems(parameter, parameters.slice(0, place)),
      ...textProblems('label', parameter.label, 200),
      ...(parameter.fromClient === null ? given(parameter, rules) : fromClient(parameter, database)),
    ].map(at);
  });
}

function nameProblems({ name }: ReportParameter, before: readonly ReportParameter[]): readonly Problem[] {
  const wrong = (message: string): Problem[] => [{ path: 'name', code: 'PARAMETER_NAME', message }];
  const small = name.toLowerCase();
  if (!nameForm.test(name)) return wrong('must be letters, digits and _ after a letter, 64 at most');
  if (reserved.has(small)) return wrong(`${name} means something else where reports are run`);
  if (before.some((other) => other.name.toLowerCase() === small))
    return wrong('another parameter has this name; small and capital letters are the same here');
  return [];
}

function fromClient(
  { defaults, choices, choicesSql, fromClient: value, multiple, type }: ReportParameter,
  database: SqlReport['database'],
): readonly Problem[] {
  const members = { defaults, choices, choicesSql };
  const problems = Object.entries(members)
    .filter(([, member]) => member !== null)
    .map(([path]) => ({
      path,
      code: 'FROM_CLIENT',
      message: 'cannot be: the client fills this parameter in, and nobody else',
    }));
  const wrong = (path: string, message: string) => problems.push({ path, code: 'FROM_CLIENT', message });
  const isOfErp = value === 'CUSTOMER_ID' || value === 'CUSTOMER_CODE';
  if (isOfErp && database === 'CRM')
    wrong('fromClient', `${value} is the ERP's, and this report is over the CRM`);
  if (!isOfErp && multiple) wrong('multiple', `a client has one ${String(value)}`);
  if (type !== 'TEXT' && !(value === 'CUSTOMER_ID' && type === 'INTEGER'))
    wrong('type', `${String(value)} is TEXT${value === 'CUSTOMER_ID' ? ' or INTEGER' : ''}`);
  return problems;
}

function given(parameter: ReportParameter, rules: Omit<ReportSqlRules, 'parameters'>): readonly Problem[] {
  const { required, defaults, choices, choicesSql } = parameter;
  const problems = [...defaultProblems(parameter), ...choiceProblems(parameter)];
  if (required && defaults !== null)
    problems.push({
      path: 'required',
      code: 'REQUIRED_WITH_DEFAULT',
      message: 'a parameter with a default is never missing: have one of the two',
    });
  if (choices !== null && choicesSql !== null)
    problems.push({
      path: 'choicesSql',
      code: 'CHOICES_TWICE',
      message: 'there are choices already: have one of the two',
    });
  if (choicesSql === null) return problems;
  const ofSql = checkReportSql(choicesSql, { ...rules, parameters: [] });
  return [...problems, ...ofSql.map((problem) => ({ ...problem, path: 'choicesSql' }))];
}

function defaultProblems({ type, multiple, defaults, choices }: ReportParameter): Problem[] {
  if (defaults === null) return [];
  const path = 'defaults';
  if (defaults.length === 0) return [{ path, code: 'REQUIRED', message: 'cannot be a list of nothing' }];
  if (defaults.length > mostDefaults) return [tooMany(path, mostDefaults)];
  if (defaults.length > 1 && !multiple) return [{ path, code: 'ONE_VALUE', message: 'takes a single value' }];
  return defaults.flatMap((value, place) => {
    const at = `${path}.${place}`;
    const fault = faultOfValue(type, value);
    if (fault) return [{ path: at, ...fault }];
    if (choices === null || choices.includes(value)) return [];
    return [{ path: at, code: 'CHOICE', message: 'is none of the choices' }];
  });
}

function choiceProblems({ type, choices }: ReportParameter): Problem[] {
  if (choices === null) return [];
  const path = 'choices';
  if (choices.length === 0) return [{ path, code: 'REQUIRED', message: 'cannot be a list of nothing' }];
  if (choices.length > mostChoices) return [tooMany(path, mostChoices)];
  return choices.flatMap((value, place) => {
    const at = `${path}.${place}`;
    const fault = faultOfValue(type, value);
    if (fault) return [{ path: at, ...fault }];
    return choices.indexOf(value) < place
      ? [{ path: at, code: 'DUPLICATE', message: 'is listed twice' }]
      : [];
  });
}
