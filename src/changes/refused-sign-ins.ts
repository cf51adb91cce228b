/** Refused sign-ins in the change log: no records, and so without what records have. */
import { v7 as uuidV7 } from 'uuid';
import type { DataSource } from 'typeorm';
import { ChangeEntity, type FieldStep } from './change.entity.ts';

/** Whoever could not say who they are. */
const nobody = { key: '00000000-0000-0000-0000-000000000000', name: '(unknown)' };

export interface RefusedSignIn {
  /** Where that is certain. */
  readonly by?: { readonly key: string; readonly name: string };
  /** By the names that the log has for them. */
  readonly told: Readonly<Record<string, string>>;
}

export async function logRefusedSignIn(
  dataSource: DataSource,
  { by = nobody, told }: RefusedSignIn,
): Promise<void> {
  const fields = Object.entries(told).map(([name, after]): FieldStep => ({ name, before: null, after }));
  await dataSource.manager.insert(ChangeEntity, {
    at: new Date(),
    actorId: by.key,
    actor: by.name,
    recordType: 'SIGN_IN',
    recordId: uuidV7(),
    clientId: null,
    action: 'REFUSED',
    version: 1,
    fields,
  });
}
