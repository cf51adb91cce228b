/**
 * What one caller may do: permissions, and which cards they hold for. Worked out once for each request from the caller's roles, and
 * asked by every door: the walk over an operation's fields, the SQL of declared reads, and the recorder before it writes.
 */
import { permissions, type Permission, type Scope } from './permission.ts';

export interface Access {
  readonly permissions: ReadonlySet<Permission>;
  readonly scope: Scope;
}

/** What the service's own commands and the development user have. */
export const fullAccess: Access = { permissions: new Set(permissions), scope: 'ALL' };
