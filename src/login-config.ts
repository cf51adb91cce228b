/**
 * The settings of the login, as config.ts has them from the environment: whose access tokens are taken, which of their claims tell
 * what, and which roles there are. Either all of it is right, or every fault is told and nothing is served.
 */
import { z } from 'zod';
import { permissions } from './access/permission.ts';
import { defaultRoles, faultsOfRole, type Roles } from './access/roles.ts';
import { jsonSetting } from './json-setting.ts';

export interface LoginConfig {
  /** Exactly as tokens name it. */
  readonly issuer: string;
  /** A token must be for one of these. */
  readonly audiences: readonly string[];
  /** Undefined: the issuer's discovery document tells. */
  readonly jwksUrl: string | undefined;
  readonly algorithms: readonly string[];
  /** Names of claims; dots lead into objects. */
  readonly claims: {
    readonly user: string;
    readonly name: string;
    readonly email: string;
    readonly roles: string;
  };
  readonly roles: Roles;
  /** Names of roles by the value of the roles' claim. */
  readonly roleOfClaim: Readonly<Record<string, string>>;
}

/** Signatures with a key that is not secret. Never `none`, and no shared secret, which whoever checks could also sign with. */
const knownAlgorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Plain text may lead to this machine alone: whoever can put in their own keys is let in as anybody. */
export function isTrustworthyAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, hash } = new URL(text);
  const isSafe = protocol === 'https:' || (protocol === 'http:' && loopbackNames.includes(hostname));
  return isSafe && username === '' && hash === '';
}

const address = z
  .string()
  .refine(isTrustworthyAddress, 'https://…, without a user and a fragment; http:// only to this machine');

const words = (text: string): string[] => text.split(/[\s,]+/).filter((word) => word !== '');

const wordList = z
  .string()
  .transform(words)
  .refine((list) => list.length > 0, 'at least one is needed');

const algorithms = wordList.refine(
  (list) => list.every((name) => (knownAlgorithms as readonly string[]).includes(name)),
  `some of ${knownAlgorithms.join(', ')}`,
);

const claim = (fallback: string) => z.string().min(1).max(200).default(fallback);

const roleName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.-]{0,59}$/, 'letters, digits, dot, dash and _, at most 60');

const role = z
  .strictObject({ scope: z.enum(['ALL', 'OWN']), permissions: z.array(z.enum(permissions)) })
  .superRefine((given, context) => {
    for (const message of faultsOfRole(given)) context.addIssue({ code: 'custom', message });
  });

const rolesForm = z.strictObject({
  roles: z.record(roleName, role).default({}),
  claims: z.record(z.string().min(1).max(500), z.string()).optional(),
});

interface RolesSetting {
  readonly roles: Roles;
  readonly roleOfClaim: Readonly<Record<string, string>>;
}

const byOwnName = (roles: Roles): Record<string, string> =>
  Object.fromEntries(Object.keys(roles).map((name) => [name, name]));

const rolesSetting = jsonSetting(rolesForm).transform((given, context): RolesSetting => {
  const roles = { ...defaultRoles, ...given.roles };
  const { claims = byOwnName(roles) } = given;
  for (const [value, name] of Object.entries(claims))
    if (!Object.hasOwn(roles, name))
      context.addIssue({ code: 'custom', message: `there is no role ${name}`, path: ['claims', value] });
  return { roles, roleOfClaim: claims };
});

/** For config.ts: the settings, by name. */
export const loginSettings = {
  AUTH_ISSUER: address.optional(),
  AUTH_AUDIENCE: wordList.optional(),
  AUTH_JWKS_URL: address.optional(),
  AUTH_ALGORITHMS: algorithms.default(['RS256', 'PS256', 'ES256', 'EdDSA']),
  AUTH_CLAIM_USER: claim('sub'),
  AUTH_CLAIM_NAME: claim('name'),
  AUTH_CLAIM_EMAIL: claim('email'),
  AUTH_CLAIM_ROLES: claim('roles'),
  AUTH_ROLES: rolesSetting.default({ roles: defaultRoles, roleOfClaim: byOwnName(defaultRoles) }),
};

type LoginSettings = z.output<z.ZodObject<typeof loginSettings>>;

/** Undefined while no login is configured. */
export function loginOf(data: LoginSettings): LoginConfig | undefined {
  if (data.AUTH_ISSUER === undefined) return undefined;
  return {
    issuer: data.AUTH_ISSUER,
    audiences: data.AUTH_AUDIENCE ?? [],
    jwksUrl: data.AUTH_JWKS_URL,
    algorithms: data.AUTH_ALGORITHMS,
    claims: {
      user: data.AUTH_CLAIM_USER,
      name: data.AUTH_CLAIM_NAME,
      email: data.AUTH_CLAIM_EMAIL,
      roles: data.AUTH_CLAIM_ROLES,
    },
    ...data.AUTH_ROLES,
  };
}

const isLoopback = (host: string): boolean => ['127.0.0.1', '::1', 'localhost'].includes(host);

/** What is wrong with settings beside each other, each of which may be right by itself. */
export function faultsTogether(given: Readonly<Record<string, string | undefined>>): string[] {
  const { AUTH_ISSUER, AUTH_AUDIENCE, HOST, PUBLIC_URL } = given;
  const faults: string[] = [];
  const others = Object.keys(loginSettings).filter((name) => given[name] !== undefined);
  if (AUTH_ISSUER === undefined && others.length > 0)
    faults.push(`AUTH_ISSUER: is needed for a login, which ${others.join(', ')} would belong to`);
  if (AUTH_ISSUER !== undefined && AUTH_AUDIENCE === undefined)
    faults.push('AUTH_AUDIENCE: is needed with AUTH_ISSUER: tokens for other services are not for this one');
  if (HOST === undefined || isLoopback(HOST)) return faults;
  if (AUTH_ISSUER === undefined)
    faults.push('HOST: without a login configured only loopback is served: 127.0.0.1, ::1 or localhost');
  else if (PUBLIC_URL === undefined)
    faults.push('PUBLIC_URL: is needed where more than loopback is served: it is the name that callers know');
  return faults;
}
