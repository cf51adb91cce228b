/** Refused sign-ins in the change log. */
import type { DataSource } from 'typeorm';
import { logAuditLine } from './audit-lines.ts';

/** Whoever could not say who they are. */
const nobody = { key: '00000000-0000-0000-0000-000000000000', name: '(unknown)' };

export interface RefusedSignIn {
  /** Where that is certain. */
  readonly by?: { readonly key: string; readonly name: string };
  /** By the names that the log has for them. */
  readonly told: Readonly<Record<string, string>>;
}

export const logRefusedSignIn = (
  dataSource: DataSource,
  { by: { key: id, name } = nobody, told }: RefusedSignIn,
): Promise<void> =>
  logAuditLine(dataSource, { by: { id, name }, recordType: 'SIGN_IN', action: 'REFUSED', told });
