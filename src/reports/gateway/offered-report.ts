/** Reports as they are offered, whatever runs them and wherever they are kept. */
import type { Actor } from '../../request.ts';
import { Forbidden } from '../../errors.ts';
import type { ColumnLabel, ReportColumn, ReportParameter, SqlReport } from '../report.ts';

interface OfferedAnyway {
  readonly key: string;
  readonly title: string;
  readonly description: string | null;
  readonly roles: readonly string[];
}

export interface OfferedSqlReport extends OfferedAnyway {
  readonly engine: 'SQL';
  readonly report: SqlReport;
  /** Of those that are kept in the CRM. */
  readonly id: string | null;
  readonly version: number | null;
  readonly retired: boolean;
  /** As described; of files not before they are run. */
  readonly columns: readonly ReportColumn[] | null;
}

export interface OfferedSsrsReport extends OfferedAnyway {
  readonly engine: 'SSRS';
  readonly path: string;
}

export type OfferedReport = OfferedSqlReport | OfferedSsrsReport;

/** Before the path of a report on a report server. */
export const ssrsRoot = 'ssrs/';

export const labelOf = (labels: readonly ColumnLabel[], name: string): ColumnLabel =>
  labels.find((label) => label.name === name) ?? { name, label: name, format: null };

export const isForClients = (parameters: readonly Pick<ReportParameter, 'fromClient'>[]): boolean =>
  parameters.some(({ fromClient }) => fromClient !== null);

/** Whether the caller's roles do. Whoever defines reports may run all of them, and so may those whose access comes of no role. */
const holdsRole = ({ roles }: OfferedAnyway, { access, roles: held, byApiKey }: Actor): boolean =>
  roles.length === 0 ||
  access.permissions.has('reports.define') ||
  (byApiKey !== true && (held ?? []).some((role) => roles.includes(role)));

/** What the caller lacks for it; undefined where nothing. `takesClient`: whether it is told of one client alone. */
export function lackOf(offered: OfferedReport, takesClient: boolean, actor: Actor): string | undefined {
  const { permissions, scope } = actor.access;
  if (!permissions.has('reports.run')) return 'needs reports.run';
  if (!holdsRole(offered, actor)) return `is for ${offered.roles.join(', ')}`;
  const need = offered.engine === 'SQL' && offered.report.database === 'CRM' ? 'clients.read' : 'erp.read';
  if (!permissions.has(need)) return `needs ${need}`;
  return scope === 'OWN' && !takesClient ? 'tells of more than your own clients' : undefined;
}

/** Throws Forbidden. */
export function requireRun(offered: OfferedReport, takesClient: boolean, actor: Actor): void {
  const lack = lackOf(offered, takesClient, actor);
  if (lack !== undefined) throw new Forbidden([{ path: 'key', code: 'PERMISSION', message: lack }]);
}
