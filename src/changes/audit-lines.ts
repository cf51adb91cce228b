/** What the change log tells of callers and is no write of a record: no records, and so without what records have. */
import { v7 as uuidV7 } from 'uuid';
import type { DataSource } from 'typeorm';
import { ChangeEntity, type FieldStep } from './change.entity.ts';

export interface AuditLine extends Pick<ChangeEntity, 'recordType' | 'action'> {
  /** Who: bare key and name. */
  readonly by: { readonly id: string; readonly name: string };
  /** By the names that the log has for them. */
  readonly told: Readonly<Record<string, string>>;
}

export async function logAuditLine(
  dataSource: DataSource,
  { by, recordType, action, told }: AuditLine,
): Promise<void> {
  const fields = Object.entries(told).map(([name, after]): FieldStep => ({ name, before: null, after }));
  await dataSource.manager.insert(ChangeEntity, {
    at: new Date(),
    actorId: by.id,
    actor: by.name,
    recordType,
    recordId: uuidV7(),
    clientId: null,
    action,
    version: 1,
    fields,
  });
}
