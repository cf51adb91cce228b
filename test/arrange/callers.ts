/** Callers of a test's choice: who asks, and by which role, is said in a header. */
import type { IncomingMessage } from 'node:http';
import { permissions, wholeFirmPermissions } from '../../src/access/permission.ts';
import { accessOf, defaultRoles, type Role } from '../../src/access/roles.ts';
import type { Actor } from '../../src/request.ts';
import type { Callers } from '../../src/users/callers.ts';
import { developmentUser } from '../../src/users/development-user.ts';
import { callerOf, type Caller, type TestService } from './service.ts';

export type RoleName = keyof typeof defaultRoles;

export const roleNames = Object.keys(defaultRoles) as RoleName[];

/** May do whatever can be done with one's own cards: where it is refused, it is for the card's sake. */
const owner: Role = {
  scope: 'OWN',
  permissions: permissions.filter((permission) => !wholeFirmPermissions.includes(permission)),
};
/** With what is for whoever sees all cards besides: no role of settings may be so, and nothing is to come of it. */
const overreaching: Role = { scope: 'OWN', permissions };

/** Sees no card. */
const keeper: Role = { scope: 'ALL', permissions: ['keys.manage'] };
/** Takes copies of everything but debts. */
const exporter: Role = { scope: 'ALL', permissions: ['clients.read', 'erp.read', 'exports.run'] };

const roles = {
  ...defaultRoles,
  OWNER: owner,
  OVERREACHING: overreaching,
  EXPORTER: exporter,
  KEEPER: keeper,
};

interface Who {
  readonly roles: readonly (keyof typeof roles)[];
  /** Bare key. */
  readonly userKey: string;
}

const header = 'x-test-caller';

/** Whoever says nothing is the development user, who may do everything. */
export const callersByHeader: Callers = {
  identify({ headers }: IncomingMessage): Actor {
    const said = headers[header];
    if (typeof said !== 'string') return developmentUser;
    const { roles: held, userKey } = JSON.parse(said) as Who;
    return { id: userKey, name: held.join(), roles: held, access: accessOf(held, roles) };
  },
};

/** The header by which somebody with one role asks. */
export const headerOf = (role: keyof typeof roles, userKey: string): Readonly<Record<string, string>> => ({
  [header]: JSON.stringify({ roles: [role], userKey } satisfies Who),
});

/** Asks as somebody with one role. */
export const callerWith = (
  service: Pick<TestService, 'url'>,
  role: keyof typeof roles,
  userKey: string,
): Caller => callerOf(service.url, headerOf(role, userKey));
