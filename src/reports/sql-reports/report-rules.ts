/**
 * What a report that is SQL must be to be kept, whether it comes from a file or through the API; every fault is told at once, with paths
 * as the report's own fields have them (`parameters.0.name`). Whether its SQL runs, only the server can tell.
 */
import type { Problem } from '../../errors.ts';
import type { ColumnLabel, SqlReport } from '../report.ts';
import { textProblems, tooMany } from './form-rules.ts';
import { parameterProblems } from './parameter-rules.ts';
import { checkReportSql } from './sql-text/check.ts';
import type { ReportSqlRules } from './sql-text/check.ts';

/** What reports may name. */
export interface KnownToReports {
  readonly companies: ReadonlySet<string>;
  readonly roles: ReadonlySet<string>;
  /** Of the CRM's database: the only ones that may be read. */
  readonly tables: ReadonlySet<string>;
  /** Functions of the ERPs' own that may be called, with their schemas. */
  readonly functions?: readonly string[];
  /** Further databases that may be named beside an ERP's own. */
  readonly databases?: readonly string[];
}

const mostColumns = 200;
const mostRoles = 100;
const mostRows = 10_000_000;

const keyForm = /^[a-z][a-z0-9-]{0,59}$/;

/** Of a report's key. */
export function keyProblems(key: string): readonly Problem[] {
  if (keyForm.test(key)) return [];
  const message = 'must be small letters, digits and dashes after a small letter, 60 at most';
  return [{ path: 'key', code: 'KEY', message }];
}

export function validateReport(report: SqlReport, known: KnownToReports): readonly Problem[] {
  const rules = sqlRules(report, known);
  const parameters = parameterProblems(report, rules);
  const nameIsWrong = parameters.some(({ code }) => code === 'PARAMETER_NAME');
  const sql = checkReportSql(report.sql, {
    ...rules,
    parameters: report.parameters.map(({ name, multiple }) => ({ name, multiple })),
  }).filter(({ code }) => !(nameIsWrong && code === 'PARAMETER_NAME'));
  return [
    ...keyProblems(report.key),
    ...textProblems('title', report.title, 200),
    ...(report.description === null ? [] : textProblems('description', report.description, 2_000)),
    ...placeProblems(report, known),
    ...roleProblems(report, known),
    ...parameters,
    ...labelProblems(report.labels),
    ...sql,
  ];
}

function sqlRules(
  { database }: SqlReport,
  { tables, functions, databases }: KnownToReports,
): Omit<ReportSqlRules, 'parameters'> {
  if (database === 'CRM') return { engine: 'POSTGRESQL', tables };
  return {
    engine: 'SQL_SERVER',
    ...(functions === undefined ? {} : { functions }),
    ...(databases === undefined ? {} : { databases }),
  };
}

function placeProblems(report: SqlReport, { companies }: KnownToReports): readonly Problem[] {
  const { company, database, maxRows } = report;
  const problems: Problem[] = [];
  if (company !== null && database === 'CRM')
    problems.push({
      path: 'company',
      code: 'COMPANY',
      message: 'is for reports over an ERP, and this is over the CRM',
    });
  else if (company !== null && !companies.has(company))
    problems.push({
      path: 'company',
      code: 'COMPANY',
      message: `there is no company ${company.slice(0, 60)}`,
    });
  if (maxRows !== null && !(Number.isSafeInteger(maxRows) && maxRows >= 1 && maxRows <= mostRows))
    problems.push({
      path: 'maxRows',
      code: 'RANGE',
      message: `must be a whole number from 1 to ${mostRows}`,
    });
  return problems;
}

function roleProblems({ roles }: SqlReport, known: KnownToReports): readonly Problem[] {
  if (roles.length > mostRoles) return [tooMany('roles', mostRoles)];
  return roles.flatMap((role, place) => {
    const path = `roles.${place}`;
    if (!known.roles.has(role))
      return [{ path, code: 'ROLE', message: `there is no role ${role.slice(0, 60)}` }];
    return roles.indexOf(role) < place ? [{ path, code: 'DUPLICATE', message: 'is listed twice' }] : [];
  });
}

function labelProblems(labels: readonly ColumnLabel[]): readonly Problem[] {
  if (labels.length > mostColumns) return [tooMany('labels', mostColumns)];
  const names = labels.map(({ name }) => name.toLowerCase());
  const shown = labels.map(({ label }) => label);
  return labels.flatMap(({ name, label, format }, place) => {
    const path = `labels.${place}`;
    return [
      ...textProblems(`${path}.name`, name, 128),
      ...textProblems(`${path}.label`, label, 200),
      ...(format === null ? [] : textProblems(`${path}.format`, format, 100)),
      ...(names.indexOf(name.toLowerCase()) < place
        ? [{ path: `${path}.name`, code: 'DUPLICATE', message: 'another column has this name' }]
        : []),
      ...(shown.indexOf(label) < place
        ? [{ path: `${path}.label`, code: 'DUPLICATE', message: 'another column has this label' }]
        : []),
    ];
  });
}
