/**
 * Which reports there are, and who may run which: those that the CRM keeps, those of files, and those of a report server, each offered to whoever has what
 * it takes. Running them is the gateway's other half (reports.ts).
 */
import { Forbidden, RecordNotFound } from '../../errors.ts';
import type { Reads } from '../../reads/reads.ts';
import type { RequestContext } from '../../request.ts';
import type { ClientValue } from '../../ssrs-config.ts';
import { reportRead, type ReportRow } from '../definitions/report.read.ts';
import type { ReportParameter, SqlReport } from '../report.ts';
import { filledFromClient } from '../ssrs/parameters.ts';
import type { SsrsServer } from '../ssrs/ssrs-server.ts';
import {
  isForClients,
  lackOf,
  requireRun,
  ssrsRoot,
  type OfferedReport,
  type OfferedSqlReport,
  type OfferedSsrsReport,
} from './offered-report.ts';
import { ofSsrs } from './ssrs-parameters.ts';

interface CatalogueParts {
  readonly reads: Reads;
  /** Kept in files; where the CRM has one of the same key, the file's counts. */
  readonly files: readonly SqlReport[];
  /** Without an ERP there are no reports over one. */
  readonly hasErp: boolean;
  readonly ssrs: SsrsServer | undefined;
  /** Which parameters of a report server's reports are filled in. */
  readonly ssrsClientParameters: Readonly<Record<string, ClientValue>>;
}

/** What lists wait for a report server: whoever asks for reports wants to see the others, too. */
const listMs = 3_000;
const shortly = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(listMs)]);

export class ReportCatalogue {
  constructor(private readonly parts: CatalogueParts) {}

  /** Those that the caller may run, by title. Of a report server that does not answer there are none. */
  async offered(context: RequestContext): Promise<readonly OfferedReport[]> {
    const all = await Promise.all([
      this.sqlReports(),
      this.ssrsReports(shortly(context.signal)).catch(() => []),
    ]);
    const open = await Promise.all(
      all.flat().map(async (offered) => {
        const takesClient = await this.takesClient(offered, shortly(context.signal)).catch(() => false);
        return lackOf(offered, takesClient, context.actor) === undefined ? [offered] : [];
      }),
    );
    return open.flat().toSorted((left, right) => left.title.localeCompare(right.title, 'pl'));
  }

  /** All that are kept in the CRM, retired ones too: for whoever defines them. */
  async kept(): Promise<readonly OfferedSqlReport[]> {
    return (await this.parts.reads.all(reportRead)).map(ofRow);
  }

  /** Throws RecordNotFound, Forbidden, or why a report server gave no answer. */
  async find(key: string, context: RequestContext): Promise<OfferedReport> {
    if (!context.actor.access.permissions.has('reports.run'))
      throw new Forbidden([{ path: 'key', code: 'PERMISSION', message: 'needs reports.run' }]);
    const found = key.startsWith(ssrsRoot)
      ? (await this.ssrsReports(context.signal)).find((one) => one.key === key)
      : (await this.sqlReports()).find((one) => one.key === key);
    if (!found) throw new RecordNotFound('report', key.slice(0, 300));
    requireRun(found, await this.takesClient(found, context.signal), context.actor);
    return found;
  }

  /** What callers can give or see, with what is filled in. */
  async parametersOf(offered: OfferedReport, signal: AbortSignal): Promise<readonly ReportParameter[]> {
    if (offered.engine === 'SQL') return offered.report.parameters;
    const parameters = (await this.parts.ssrs?.parameters(offered.path, signal)) ?? [];
    const filled = filledFromClient(parameters, this.parts.ssrsClientParameters);
    return parameters.flatMap((parameter) => ofSsrs(parameter, filled.get(parameter.name)));
  }

  private async takesClient(offered: OfferedReport, signal: AbortSignal): Promise<boolean> {
    return isForClients(await this.parametersOf(offered, signal));
  }

  private async sqlReports(): Promise<readonly OfferedSqlReport[]> {
    const all = await this.allSqlReports();
    return this.parts.hasErp ? all : all.filter(({ report }) => report.database === 'CRM');
  }

  private async allSqlReports(): Promise<readonly OfferedSqlReport[]> {
    const { files } = this.parts;
    const kept = (await this.kept()).filter(({ retired }) => !retired);
    return [
      ...files.map((report): OfferedSqlReport => ({
        ...shown(report),
        id: null,
        version: null,
        retired: false,
        columns: null,
      })),
      ...kept.filter(({ key }) => !files.some((file) => file.key === key)),
    ];
  }

  private async ssrsReports(signal: AbortSignal): Promise<readonly OfferedSsrsReport[]> {
    const reports = (await this.parts.ssrs?.catalogue(signal)) ?? [];
    return reports.map(({ path, name, description, roles }) => ({
      engine: 'SSRS',
      key: `${ssrsRoot}${path.replace(/^\//, '')}`,
      path,
      title: name,
      description: description ?? null,
      roles,
    }));
  }
}

const shown = (report: SqlReport) => {
  const { key, title, description, roles } = report;
  return { engine: 'SQL' as const, key, title, description, roles, report };
};

export const ofRow = (row: ReportRow): OfferedSqlReport => {
  const { id, version, columns, retired, ...report } = row;
  return { ...shown(report), id, version, columns, retired };
};
