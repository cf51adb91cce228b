/**
 * Roles: what callers may do is said by the roles that they hold. These are there unless the settings say otherwise. A role with
 * scope OWN sees the cards that its holder looks after, and those shared with them.
 */
import type { Access } from './access.ts';
import { permissions, wholeFirmPermissions, type Permission, type Scope } from './permission.ts';

export interface Role {
  readonly scope: Scope;
  readonly permissions: readonly Permission[];
}

export type Roles = Readonly<Record<string, Role>>;

export const defaultRoles = {
  ADMIN: { scope: 'ALL', permissions },
  MANAGER: {
    scope: 'ALL',
    permissions: [
      'clients.read',
      'clients.write',
      'clients.delete',
      'clients.merge',
      'clients.import',
      'attachments.read',
      'attachments.write',
      'erp.read',
      'erp.debt',
      'erp.link',
      'erp.customers',
      'reports.run',
      'exports.run',
      'people.erase',
    ],
  },
  SALES: {
    scope: 'OWN',
    permissions: [
      'clients.read',
      'clients.write',
      'attachments.read',
      'attachments.write',
      'erp.read',
      'reports.run',
    ],
  },
  FINANCE: {
    scope: 'ALL',
    permissions: [
      'clients.read',
      'attachments.read',
      'erp.read',
      'erp.debt',
      'erp.customers',
      'reports.run',
      'exports.run',
    ],
  },
  REPORTING: {
    scope: 'ALL',
    permissions: ['clients.read', 'erp.read', 'erp.debt', 'reports.run', 'exports.run'],
  },
  VIEWER: { scope: 'ALL', permissions: ['clients.read', 'attachments.read'] },
} as const satisfies Roles;

/** What somebody must be able to read in order to write it: an answer tells what was written. */
const takenForGranted: Readonly<Partial<Record<Permission, readonly Permission[]>>> = {
  'clients.write': ['clients.read'],
  'clients.delete': ['clients.read'],
  // Files and accounts move with the card.
  'clients.merge': ['clients.read', 'attachments.read', 'erp.link'],
  // It tells who the customers are, and links them.
  'clients.import': ['clients.read', 'erp.customers', 'erp.link'],
  'people.erase': ['clients.read', 'attachments.read'],
  'attachments.read': ['clients.read'],
  'attachments.write': ['attachments.read'],
  'erp.read': ['clients.read'],
  'erp.debt': ['erp.read'],
  'erp.link': ['erp.read'],
  'erp.customers': ['erp.read'],
  'reports.run': ['clients.read'],
  'reports.define': ['reports.run'],
};

/** What is wrong with a role, in words; nothing where it can be used. */
export function faultsOfRole({ scope, permissions: held }: Role): string[] {
  const lacking = held.flatMap((permission) => {
    const missing = (takenForGranted[permission] ?? []).filter((granted) => !held.includes(granted));
    return missing.map((granted) => `${permission} is of no use without ${granted}`);
  });
  const tooWide = held.filter((permission) => scope === 'OWN' && wholeFirmPermissions.includes(permission));
  return [...lacking, ...tooWide.map((permission) => `${permission} reaches beyond the cards of scope OWN`)];
}

/** All that any of the roles permits, and the cards of the widest. A name that is no role adds nothing. */
export function accessOf(names: readonly string[], roles: Roles = defaultRoles): Access {
  const held = names.flatMap((name) => (Object.hasOwn(roles, name) ? (roles[name] ?? []) : []));
  return {
    permissions: new Set(held.flatMap((role) => role.permissions)),
    scope: held.some(({ scope }) => scope === 'ALL') ? 'ALL' : 'OWN',
  };
}
