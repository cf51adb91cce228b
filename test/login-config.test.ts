import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultRoles } from '../src/access/roles.ts';
import { ConfigFaults, readConfig } from '../src/config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka login '));
});
afterAll(() => rm(folder, { recursive: true }));

const login = { AUTH_ISSUER: 'https://login.firma.example/realms/firma', AUTH_AUDIENCE: 'kartoteka' };

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (fault) {
    if (fault instanceof ConfigFaults) return fault.faults;
    throw fault;
  }
  return [];
};

it('there is no login unless one is configured', () => {
  expect(readConfig({}).login).toBeUndefined();
});

it('a login needs its issuer and the audience of this service; all else has a default', () => {
  expect(readConfig(login).login).toEqual({
    issuer: 'https://login.firma.example/realms/firma',
    audiences: ['kartoteka'],
    jwksUrl: undefined,
    algorithms: ['RS256', 'PS256', 'ES256', 'EdDSA'],
    claims: { user: 'sub', name: 'name', email: 'email', roles: 'roles' },
    roles: defaultRoles,
    roleOfClaim: Object.fromEntries(Object.keys(defaultRoles).map((name) => [name, name])),
  });
});

it('several audiences and algorithms are parted by commas or blanks', () => {
  const config = readConfig({
    ...login,
    AUTH_AUDIENCE: 'kartoteka, reports',
    AUTH_ALGORITHMS: 'ES256 EdDSA',
  });
  expect(config.login).toMatchObject({ audiences: ['kartoteka', 'reports'], algorithms: ['ES256', 'EdDSA'] });
});

describe('another address than loopback', () => {
  it('may be served where somebody signs in, by the name of PUBLIC_URL', () => {
    const config = readConfig({ ...login, HOST: '0.0.0.0', PUBLIC_URL: 'https://kartoteka.firma.example' });
    expect(config.host).toBe('0.0.0.0');
  });

  it('needs the name that callers know', () => {
    expect(faultsOf({ ...login, HOST: '0.0.0.0' })).toEqual([
      expect.stringMatching(/^PUBLIC_URL: is needed/),
    ]);
  });
});

describe('a setting of the login is refused', () => {
  it.each([
    ['AUTH_ISSUER', 'login.firma.example'],
    ['AUTH_ISSUER', 'http://login.firma.example'],
    ['AUTH_ISSUER', 'http://127.0.0.1.evil.example'],
    ['AUTH_ISSUER', 'https://user:secret@login.firma.example'],
    ['AUTH_ISSUER', 'file:///etc/passwd'],
    ['AUTH_JWKS_URL', 'http://login.firma.example/keys'],
    ['AUTH_AUDIENCE', ' , '],
    ['AUTH_ALGORITHMS', 'none'],
    ['AUTH_ALGORITHMS', 'RS256,HS256'],
    ['AUTH_ALGORITHMS', 'rs256'],
    ['AUTH_ROLES', '/none/roles.json'],
    ['AUTH_ROLES', '{'],
    ['AUTH_ROLES', '{"rolls":{}}'],
  ])('%s as %j', (name, value) => {
    expect(faultsOf({ ...login, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}\\b`))]);
  });

  it('without the others that it is nothing without', () => {
    expect(faultsOf({ AUTH_AUDIENCE: 'kartoteka' })).toEqual([
      expect.stringMatching(/^AUTH_ISSUER: is needed/),
    ]);
    expect(faultsOf({ AUTH_ROLES: '{}' })).toEqual([expect.stringMatching(/^AUTH_ISSUER: is needed/)]);
    expect(faultsOf({ AUTH_ISSUER: login.AUTH_ISSUER })).toEqual([
      expect.stringMatching(/^AUTH_AUDIENCE: is needed/),
    ]);
  });

  it('along with every other that is wrong', () => {
    const faults = faultsOf({ HOST: '0.0.0.0', PORT: '-1', AUTH_ALGORITHMS: 'none' });
    expect(faults.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'AUTH_ALGORITHMS',
      'AUTH_ISSUER',
      'HOST',
      'PORT',
    ]);
  });

  it('and what is no setting of it does not count', () => {
    expect(faultsOf({ AUTH_TOKEN: 'of something else' })).toEqual([]);
  });
});

describe('AUTH_ROLES', () => {
  const rolesOf = (value: object) => readConfig({ ...login, AUTH_ROLES: JSON.stringify(value) }).login;

  it('says which values of the claim are which roles, and then no others count', () => {
    expect(rolesOf({ claims: { 'kartoteka-admin': 'ADMIN' } })?.roleOfClaim).toEqual({
      'kartoteka-admin': 'ADMIN',
    });
  });

  it('adds roles, and may make another of one that there is', () => {
    const roles = {
      STORE: { scope: 'ALL', permissions: ['clients.read'] },
      SALES: { scope: 'OWN', permissions: ['clients.read', 'clients.write'] },
    };
    expect(rolesOf({ roles })?.roles).toEqual({ ...defaultRoles, ...roles });
    expect(rolesOf({ roles })?.roleOfClaim).toMatchObject({ STORE: 'STORE', ADMIN: 'ADMIN' });
  });

  it('may be the path of a file', async () => {
    const path = join(folder, 'roles.json');
    await writeFile(path, JSON.stringify({ claims: { a: 'VIEWER' } }));
    expect(readConfig({ ...login, AUTH_ROLES: path }).login?.roleOfClaim).toEqual({ a: 'VIEWER' });
  });

  it('is refused with every fault, each at its place', () => {
    const faults = faultsOf({
      ...login,
      AUTH_ROLES: JSON.stringify({
        roles: {
          A: { scope: 'SOME', permissions: ['clients.read'] },
          B: { scope: 'ALL', permissions: ['clients.eat'] },
          C: { scope: 'ALL', permissions: ['clients.write', 'attachments.write'] },
          D: { scope: 'OWN', permissions: ['clients.read', 'clients.merge'] },
          '<b>': { scope: 'ALL', permissions: [] },
        },
      }),
    });
    expect(faults.map((fault) => fault.slice(0, fault.indexOf(': ')))).toEqual(
      expect.arrayContaining([
        'AUTH_ROLES.roles.A.scope',
        'AUTH_ROLES.roles.B.permissions.0',
        'AUTH_ROLES.roles.C',
        'AUTH_ROLES.roles.D',
        'AUTH_ROLES.roles.<b>',
      ]),
    );
    expect(faults.join('\n')).toContain('clients.write is of no use without clients.read');
    expect(faults.join('\n')).toContain('attachments.write is of no use without attachments.read');
  });

  it('is refused where a value of the claim leads to a role that is none', () => {
    expect(
      faultsOf({
        ...login,
        AUTH_ROLES: JSON.stringify({ claims: { a: 'BOSS', b: 'ADMIN', c: 'constructor' } }),
      }),
    ).toEqual([
      'AUTH_ROLES.claims.a: there is no role BOSS',
      'AUTH_ROLES.claims.c: there is no role constructor',
    ]);
  });
});
