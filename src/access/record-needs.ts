/** What single records need where one mutation or query is for records of every kind: node, setFeatures, restoreRecord, changes. */
import type { RecordKind } from '../values/record-id.ts';
import { Forbidden } from '../errors.ts';
import type { Access } from './access.ts';
import type { Permission } from './permission.ts';

/** Null: open to whoever may ask at all. */
const readNeeds = {
  client: 'clients.read',
  contact: 'clients.read',
  place: 'clients.read',
  recipient: 'clients.read',
  note: 'clients.read',
  event: 'clients.read',
  attachment: 'attachments.read',
  account: 'erp.read',
  feature: null,
  cardtype: null,
  user: null,
  apikey: 'keys.manage',
  // Its line in the log holds its SQL.
  report: 'reports.define',
  signin: 'audit.read',
  export: 'audit.read',
} as const satisfies Record<RecordKind, Permission | null>;

export function mayRead({ permissions }: Access, kind: RecordKind): boolean {
  const need = readNeeds[kind];
  return need === null || permissions.has(need);
}

/** What tells of callers rather than of clients. */
const audited: readonly RecordKind[] = ['user', 'apikey', 'signin', 'export'];

/** Whether the change log may be told of such records. */
export const mayFollow = (access: Access, kind: RecordKind): boolean =>
  audited.includes(kind) ? access.permissions.has('audit.read') : mayRead(access, kind);

/** Of an ERP. */
const documentNeeds: Readonly<Record<string, Permission>> = { payment: 'erp.debt', settlement: 'erp.debt' };

export const mayReadDocument = ({ permissions }: Access, kind: string): boolean =>
  permissions.has('erp.read') && permissions.has(documentNeeds[kind] ?? 'erp.read');

/** Throws Forbidden where records of this kind need more to be written than the mutation itself does. */
export function requireWrite({ permissions }: Access, kind: RecordKind, path: string): void {
  if (kind !== 'attachment' || permissions.has('attachments.write')) return;
  throw new Forbidden([{ path, code: 'PERMISSION', message: 'needs attachments.write' }]);
}
