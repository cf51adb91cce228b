/** The settings of the door: who may ask from where, and how often. */
import { describe, expect, it } from '@jest/globals';
import { ConfigFaults, readConfig } from '../src/config.ts';

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (fault) {
    if (fault instanceof ConfigFaults) return fault.faults;
    throw fault;
  }
  return [];
};

describe('the settings of the door', () => {
  it('limit no rate, trust no proxy and open to no other origin unless they say so', () => {
    expect(readConfig({})).toMatchObject({
      rateLimit: 0,
      rateStore: 'memory',
      signInFailures: 20,
      trustedProxies: [],
      corsOrigins: [],
    });
  });

  it('limit the rate of whoever signs in, unless they say otherwise', () => {
    const login = { AUTH_ISSUER: 'https://login.example.com', AUTH_AUDIENCE: 'kartoteka' };
    const rates = [{}, { RATE_LIMIT: '0' }, { RATE_LIMIT: '7' }].map(
      (more) => readConfig({ ...login, ...more }).rateLimit,
    );

    expect([...rates, readConfig({ RATE_LIMIT: '7' }).rateLimit]).toEqual([6_000, 0, 7, 7]);
  });

  it('take lists with blanks or commas', () => {
    expect(
      readConfig({
        TRUSTED_PROXIES: '10.0.0.1, 10.1.0.0/16 fd00::/8',
        CORS_ORIGINS: 'https://crm.example.com,http://localhost:3000',
      }),
    ).toMatchObject({
      trustedProxies: ['10.0.0.1', '10.1.0.0/16', 'fd00::/8'],
      corsOrigins: ['https://crm.example.com', 'http://localhost:3000'],
    });
  });

  it.each(['proxy.example.com', '10.0.0.0/33', '10.0.0.0/8/8', 'fd00::/129', '10.0.0', '*'])(
    'trust no proxy called %s',
    (TRUSTED_PROXIES) => {
      expect(faultsOf({ TRUSTED_PROXIES })).toEqual([expect.stringMatching(/^TRUSTED_PROXIES: /)]);
    },
  );

  it.each(['*', 'null', 'crm.example.com', 'https://crm.example.com/', 'https://*.example.com', 'ftp://a.b'])(
    'open to no origin called %s',
    (CORS_ORIGINS) => {
      expect(faultsOf({ CORS_ORIGINS })).toEqual([expect.stringMatching(/^CORS_ORIGINS: /)]);
    },
  );

  it.each([
    ['RATE_LIMIT', '-1'],
    ['RATE_STORE', 'redis'],
    ['SIGN_IN_FAILURES', '0'],
  ])('have no %s of %s', (name, value) => {
    expect(faultsOf({ [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: `))]);
  });
});

describe('DATABASE_URL', () => {
  const url = 'postgres://kartoteka:geheim@db.example.com/kartoteka';

  it.each([
    ['', undefined],
    ['?sslmode=disable', 'disable'],
    ['?sslmode=no-verify', 'no-verify'],
    ['?sslmode=verify-full', 'verify-full'],
    ['?sslmode=verify-ca', 'verify-full'],
    ['?sslmode=require', 'verify-full'],
    ['?sslnegotiation=direct', 'verify-full'],
    [`?sslrootcert=${import.meta.filename}`, 'verify-full'],
  ])('with %s has the sslmode %s', (options, mode) => {
    const { databaseUrl = '' } = readConfig({ DATABASE_URL: `${url}${options}` });
    expect(new URL(databaseUrl).searchParams.get('sslmode') ?? undefined).toBe(mode);
  });

  it.each([
    '?sslmode=verify_full',
    '?sslmode=prefer',
    '?sslmode=allow',
    '?sslmode=',
    '?sslmode=disable&sslmode=verify-full',
    '?ssl=true',
    '?ssl=false',
    '?uselibpqcompat=true&sslmode=require',
    '?sslMode=verify-full',
    '?sslrootcert=/nowhere/root.pem',
  ])('with %s is refused, and the password is not told', (options) => {
    const [fault, ...more] = faultsOf({ DATABASE_URL: `${url}${options}` });
    expect(more).toEqual([]);
    expect(fault).toMatch(/^DATABASE_URL: /);
    expect(fault).not.toContain('geheim');
  });
});
