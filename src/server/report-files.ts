/** Reports that are kept as files: which of them there are, and what is wrong with the others. */
import { defaultRoles } from '../access/roles.ts';
import { crmReportTables } from '../crm-database/report-role.ts';
import type { Log } from '../log.ts';
import type { SqlReport } from '../reports/report.ts';
import type { ReportFolder } from '../reports/sql-reports/files/report-folder.ts';
import type { KnownToReports } from '../reports/sql-reports/report-rules.ts';

interface WithRoles {
  readonly login: { readonly roles: Readonly<Record<string, unknown>> } | undefined;
}

export const knownToReports = (
  { login }: WithRoles,
  companies: readonly { readonly key: string }[],
): KnownToReports => ({
  companies: new Set(companies.map(({ key }) => key)),
  roles: new Set(Object.keys(login?.roles ?? defaultRoles)),
  tables: crmReportTables,
});

/** Loads the SQL parser. */
export async function readReportFiles(folder: string, known: KnownToReports): Promise<ReportFolder> {
  const { readReportFolder } = await import('../reports/sql-reports/files/report-folder.ts');
  // The reports that are shipped name the usual roles: where the settings have others, these open nothing.
  const roles = new Set([...known.roles, ...Object.keys(defaultRoles)]);
  return readReportFolder(folder, { ...known, roles });
}

/** One with a fault is left out, and the log says what is wrong with it: a slip in a report is no reason to serve nobody. */
export function withoutFaulty(
  folder: string,
  { reports, problems }: ReportFolder,
  log: Pick<Log, 'error'>,
): readonly SqlReport[] {
  for (const { file, ...problem } of problems)
    log.error({ folder, file, ...problem }, 'a report is left out');
  return reports;
}
