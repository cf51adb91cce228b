/** The gateway to reports, put together: what runs them, what is kept where, and who knows which names. */
import type { DataSource } from 'typeorm';
import { defaultRoles } from '../access/roles.ts';
import { Recorder } from '../changes/recorder.ts';
import type { AccountLoaders } from '../clients/erp-accounts/account.loaders.ts';
import type { Config } from '../config.ts';
import type { ReportDatabase } from '../crm-database/report-database.ts';
import type { Companies } from '../erp/companies.ts';
import { CustomerLoaders } from '../erp/customers/customer.loaders.ts';
import { InputRejected, type Problem } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Reads } from '../reads/reads.ts';
import { DefineReportInput } from '../reports/definitions/report.inputs.ts';
import {
  blank,
  parameterOf,
  ReportService,
  type ReportInspection,
} from '../reports/definitions/report.service.ts';
import { ClientValues } from '../reports/gateway/client-values.ts';
import {
  ReportOfClientResolver,
  ReportParameterResolver,
  ReportsResolver,
} from '../reports/gateway/report.resolver.ts';
import { ReportCatalogue } from '../reports/gateway/report-catalogue.ts';
import { Reports } from '../reports/gateway/reports.ts';
import type { SqlReport } from '../reports/report.ts';
import { readReportFolder } from '../reports/sql-reports/files/report-folder.ts';
import { validateReport, type KnownToReports } from '../reports/sql-reports/report-rules.ts';
import { crmReportTables } from '../crm-database/report-role.ts';
import { SqlReportRunner } from '../reports/sql-reports/running/sql-runner.ts';
import { SsrsServer } from '../reports/ssrs/ssrs-server.ts';
import type { Foresee, Foresight } from './validate-input.ts';

type ReportConfig = Pick<Config, 'login' | 'reportMaxRows' | 'reportTimeoutMs' | 'ssrs'>;

interface ReportGatewayParts {
  readonly config: ReportConfig;
  readonly log: Log;
  readonly dataSource: DataSource;
  readonly reads: Reads;
  readonly companies: Companies;
  readonly accounts: AccountLoaders;
  readonly reportDatabase: ReportDatabase;
  readonly files: readonly SqlReport[];
}

export interface ReportGateway {
  readonly catalogue: ReportCatalogue;
  readonly reports: Reports;
  readonly resolvers: readonly object[];
  /** What is told along with the faults of form in an input. */
  readonly foresight: Foresight;
  close(): void;
}

/** Of one report, as text. */
const maxBytes = 1_073_741_824;

export const knownToReports = (
  { login }: Pick<Config, 'login'>,
  companies: readonly { readonly key: string }[],
): KnownToReports => ({
  companies: new Set(companies.map(({ key }) => key)),
  roles: new Set(Object.keys(login?.roles ?? defaultRoles)),
  tables: crmReportTables,
});

/** Those of a folder. One with a fault is left out, and the log says what is wrong with it: a slip in a report is no reason to serve nobody. */
export async function reportFiles(
  folder: string,
  known: KnownToReports,
  log: Pick<Log, 'error'>,
): Promise<readonly SqlReport[]> {
  // The reports that are shipped name the usual roles: where the settings have others, these open nothing.
  const roles = new Set([...known.roles, ...Object.keys(defaultRoles)]);
  const { reports, problems } = await readReportFolder(folder, { ...known, roles });
  for (const { file, ...problem } of problems)
    log.error({ folder, file, ...problem }, 'a report is left out');
  return reports;
}

/** By the paths that the API's input has. */
const inInput = (problem: Problem): Problem => ({
  ...problem,
  path: `input.${problem.path.replace(/^labels\b/, 'columns')}`,
});

type Foreseen = Partial<Pick<DefineReportInput, 'database' | 'sql' | 'parameters'>>;

/** Of the SQL, whatever is wrong besides; of parameters only where they are well formed. */
const foresee =
  ({ problems }: ReportInspection): Foresee =>
  (_, input: Foreseen) => {
    const { database, sql, parameters } = input;
    if (database === undefined || sql === undefined) return Promise.resolve([]);
    const found = problems({
      ...blank,
      key: 'x',
      title: 'x',
      database,
      sql,
      parameters: (parameters ?? []).map(parameterOf),
    });
    const told = found.filter(
      ({ path, code }) =>
        path.startsWith('input.parameters') ||
        (path === 'input.sql' && (parameters !== undefined || !code.startsWith('PARAMETER_'))),
    );
    return Promise.resolve(told);
  };

export function createReportGateway(parts: ReportGatewayParts): ReportGateway {
  const { config, log, dataSource, reads, companies, accounts, reportDatabase, files } = parts;
  const runner = new SqlReportRunner(reportDatabase);
  const ssrs = config.ssrs && new SsrsServer(config.ssrs, log);
  const catalogue = new ReportCatalogue({
    reads,
    files,
    hasErp: companies.all.length > 0,
    ssrs,
    ssrsClientParameters: config.ssrs?.clientParameters ?? {},
  });
  const reports = new Reports({
    reads,
    catalogue,
    runner,
    clientValues: new ClientValues({
      companies,
      accountsOf: accounts.accountsOf,
      customers: new CustomerLoaders(companies),
    }),
    ssrs,
    limits: { maxRows: config.reportMaxRows, maxBytes, timeoutMs: config.reportTimeoutMs },
  });
  const inspection: ReportInspection = {
    problems: (report) => [
      ...validateReport(report, knownToReports(config, companies.all)).map(inInput),
      ...(files.some(({ key }) => key === report.key)
        ? [{ path: 'input.key', code: 'KEY', message: 'is the key of a report that is kept as a file' }]
        : []),
    ],
    describe: async (report, signal) => {
      // Of reports for whichever company the first describes them: their views are the same.
      const [first] = companies.all;
      const company = report.company === null ? first : companies.reach(report.company);
      if (report.database === 'ERP' && !company) return [];
      const target =
        report.database === 'ERP' && company ? ({ on: 'ERP', company } as const) : ({ on: 'CRM' } as const);
      try {
        return await runner.describe(target, report.sql, report.parameters, signal);
      } catch (fault) {
        throw fault instanceof InputRejected ? new InputRejected(fault.problems.map(inInput)) : fault;
      }
    },
  };
  return {
    catalogue,
    reports,
    resolvers: [
      new ReportsResolver(catalogue, new ReportService(new Recorder(dataSource), inspection)),
      new ReportParameterResolver(reports),
      new ReportOfClientResolver(catalogue, reports),
    ],
    foresight: new Map([[DefineReportInput, foresee(inspection)]]),
    close: () => ssrs?.close(),
  };
}
