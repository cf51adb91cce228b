/**
 * What can be permitted, by name. A permission opens fields, arguments and record types (field-rules.ts says which); which
 * cards it opens them for is the row scope's business.
 */
export const permissions = [
  'clients.read',
  'clients.write',
  'clients.delete',
  'clients.merge',
  'clients.import',
  'cardtypes.define',
  'features.define',
  'attachments.read',
  'attachments.write',
  'erp.read',
  'erp.debt',
  'erp.link',
  'erp.customers',
  'reports.run',
  'reports.define',
  'exports.run',
  'people.erase',
  'keys.manage',
  'audit.read',
] as const;

export type Permission = (typeof permissions)[number];

/** Which cards: all, or those one looks after and those shared with one. */
export type Scope = 'ALL' | 'OWN';

/** What reaches over all cards, or over customers that have none: of no use to whoever sees only their own. */
export const wholeFirmPermissions: readonly Permission[] = [
  'clients.merge',
  'clients.import',
  'people.erase',
  'erp.customers',
];
