/** The reports that come with the product, read as the service reads them, and run as texts over a database. */
import { join } from 'node:path';
import pg from 'pg';
import { packageRoot } from '../../src/config.ts';
import type { ReportValueType, SqlReport } from '../../src/reports/report.ts';
import { readReportFolder, type ReportFolder } from '../../src/reports/sql-reports/files/report-folder.ts';
import { defaultRoles } from '../../src/access/roles.ts';
import { bindReportSql } from '../../src/reports/sql-reports/sql-text/bind.ts';
import type { EngineSession, Parameter, SqlType } from '../../src/sandbox-erp/engine.ts';

const crmTables = new Set(['client', 'card_type', 'feature_definition', 'feature_value', 'user_account']);

const known = { companies: new Set<string>(), roles: new Set(Object.keys(defaultRoles)), tables: crmTables };

export const shippedReports = (): Promise<ReportFolder> =>
  readReportFolder(join(packageRoot, 'reports'), known);

export async function shippedReport(key: string): Promise<SqlReport> {
  const { reports, problems } = await shippedReports();
  const report = reports.find((one) => one.key === key);
  if (report === undefined) throw new Error(`there is no report ${key}: ${JSON.stringify(problems)}`);
  return report;
}

export type Given = Readonly<Record<string, readonly string[]>>;

/** Rows as texts, in the order of the columns. */
export type TextRows = readonly (readonly (string | null)[])[];

export interface Ran {
  readonly columns: readonly string[];
  readonly rows: TextRows;
}

function bound(report: SqlReport, given: Given) {
  const valuesOf = (name: string) =>
    given[name] ?? report.parameters.find((parameter) => parameter.name === name)?.defaults ?? [];
  const values = new Map(report.parameters.map(({ name }) => [name, valuesOf(name)]));
  const engine = report.database === 'ERP' ? 'SQL_SERVER' : 'POSTGRESQL';
  const { text, places } = bindReportSql(report.sql, engine, report.parameters, values);
  return {
    text,
    parameters: places.map(({ bound: name, name: of, place }) => ({
      name,
      type: report.parameters.find((parameter) => parameter.name === of)?.type ?? 'TEXT',
      value: valuesOf(of)[place] ?? null,
    })),
  };
}

const erpTypes: Readonly<Record<ReportValueType, SqlType>> = {
  TEXT: { name: 'nvarchar', length: 4_000 },
  INTEGER: { name: 'bigint' },
  DECIMAL: { name: 'decimal', precision: 38, scale: 15 },
  BOOLEAN: { name: 'bit' },
  DATE: { name: 'date' },
  DATETIME: { name: 'datetime2', scale: 3 },
};

export async function runOnErp(session: EngineSession, report: SqlReport, given: Given): Promise<Ran> {
  const { text, parameters } = bound(report, given);
  const typed = parameters.map(({ name, type, value }): Parameter => ({
    name: `@${name}`,
    type: erpTypes[type],
    value,
  }));
  const ran = { columns: [] as string[], rows: [] as (readonly (string | null)[])[] };
  const sink = {
    columns: (columns: readonly { readonly name: string }[]) =>
      void ran.columns.push(...columns.map(({ name }) => name)),
    row: (row: readonly (string | null)[]) => void ran.rows.push(row),
    done: () => undefined,
  };
  await session.run({ text, parameters: typed }, sink, new AbortController().signal);
  return ran;
}

export async function runOnCrm(databaseUrl: string, report: SqlReport, given: Given): Promise<Ran> {
  const { text, parameters } = bound(report, given);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SET default_transaction_read_only = on');
    const { fields, rows } = await client.query<(string | null)[]>({
      text,
      values: parameters.map(({ value }) => value),
      rowMode: 'array',
    });
    return { columns: fields.map(({ name }) => name), rows };
  } finally {
    await client.end();
  }
}
