/** Exports in the change log: who took what, and when. No records, and so without what records have. */
import { v7 as uuidV7 } from 'uuid';
import type { DataSource } from 'typeorm';
import { ChangeEntity, type FieldStep } from '../changes/change.entity.ts';
import type { Actor } from '../request.ts';
import type { ExportRequest } from './export-request.ts';

/** Before the first row is told, so that no export is without its line. */
export async function logExport(
  dataSource: DataSource,
  actor: Actor,
  { set, format, given }: ExportRequest,
): Promise<void> {
  const fields = Object.entries({ set: set.name, format, ...given }).map(([name, after]): FieldStep => ({
    name,
    before: null,
    after,
  }));
  await dataSource.manager.insert(ChangeEntity, {
    at: new Date(),
    actorId: actor.id,
    actor: actor.name,
    recordType: 'EXPORT',
    recordId: uuidV7(),
    clientId: null,
    action: 'EXPORTED',
    version: 1,
    fields,
  });
}
