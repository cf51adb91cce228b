/**
 * What one caller may do: permissions, and which cards they hold for. Worked out once for each request from the caller's roles, and
 * asked by every door: the walk over an operation's fields, the SQL of declared reads, and the recorder before it writes.
 */
import { permissions, type Permission, type Scope } from './permission.ts';

export interface Access {
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

export interface Role {
  readonly scope: Scope;
  readonly permissions: readonly Permission[];
}

/** What is done by the service's own commands, and by the development user. */
export const fullAccess: Access = { permissions: new Set(permissions), scope: 'ALL' };

export const noAccess: Access = { permissions: new Set(), scope: 'OWN' };

/** All that any of the roles permits; the cards of the widest. A name that is no role adds nothing. */
export function accessOf(roles: readonly string[], table: Readonly<Record<string, Role>>): Access {
  const held = roles.flatMap((name) => (Object.hasOwn(table, name) ? (table[name] ?? []) : []));
  return {
    permissions: new Set(held.flatMap((role) => role.permissions)),
    scope: held.some(({ scope }) => scope === 'ALL') ? 'ALL' : 'OWN',
  };
}

/** What both allow: a key may do less than its maker, never more. */
export const narrowed = (access: Access, allowed: ReadonlySet<Permission>): Access => ({
  permissions: new Set([...access.permissions].filter((one) => allowed.has(one))),
  scope: access.scope,
});
