/** Exports in the change log: who took what, and when. */
import type { DataSource } from 'typeorm';
import { logAuditLine } from '../changes/audit-lines.ts';
import type { Actor } from '../request.ts';
import type { ExportRequest } from './export-request.ts';

/** To be waited for before the first row is told, so that no export is without its line. */
export const logExport = (
  dataSource: DataSource,
  by: Actor,
  { set, format, given }: ExportRequest,
): Promise<void> =>
  logAuditLine(dataSource, {
    by,
    recordType: 'EXPORT',
    action: 'EXPORTED',
    told: { set: set.name, format, ...given },
  });
