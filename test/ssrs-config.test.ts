/** The settings of the report server. */
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

const ssrs = {
  SSRS_URL: 'https://raporty.firma.example/ReportServer',
  SSRS_USER: 'FIRMA\\raporty',
  SSRS_PASSWORD: 'hasło @1',
  SSRS_FOLDERS: '{"/Sprzedaż":["SALES","MANAGER"]}',
};
const without = (name: keyof typeof ssrs) =>
  Object.fromEntries(Object.entries(ssrs).filter(([other]) => other !== name));

it('there is no report server unless one is configured', () => {
  expect(readConfig({}).ssrs).toBeUndefined();
});

describe('a report server', () => {
  it('needs its address, an account and folders; all else has a default', () => {
    expect(readConfig(ssrs).ssrs).toEqual({
      url: 'https://raporty.firma.example/ReportServer',
      restUrl: 'https://raporty.firma.example/reports/api/v2.0',
      login: 'ntlm',
      user: 'raporty',
      domain: 'FIRMA',
      password: 'hasło @1',
      locale: 'pl-PL',
      folders: { '/Sprzedaż': ['SALES', 'MANAGER'] },
      clientParameters: {
        CustomerId: 'CUSTOMER_ID',
        CustomerCode: 'CUSTOMER_CODE',
        NIP: 'NIP',
        ClientId: 'CLIENT_ID',
      },
      timeoutMs: 120_000,
      cacheMs: 5_000,
      connections: 8,
    });
  });

  it('may have its account in its address, and its REST API elsewhere', () => {
    const config = readConfig({
      SSRS_URL: 'http://FIRMA%5Craporty:has%C5%82o%20%401@raporty/ReportServer_XL/',
      SSRS_REST_URL: 'http://raporty:8080/reports_XL/api/v2.0/',
      SSRS_FOLDERS: ssrs.SSRS_FOLDERS,
    });
    expect(config.ssrs).toMatchObject({
      url: 'http://raporty/ReportServer_XL',
      restUrl: 'http://raporty:8080/reports_XL/api/v2.0',
      user: 'raporty',
      domain: 'FIRMA',
      password: 'hasło @1',
    });
  });

  it.each([
    ['ntlm', 'raporty@firma.example', { user: 'raporty@firma.example', domain: '' }],
    ['ntlm', 'raporty', { user: 'raporty', domain: '' }],
    ['basic', 'FIRMA\\raporty', { user: 'FIRMA\\raporty', domain: '' }],
  ])('by %s knows the account %s', (SSRS_LOGIN, SSRS_USER, expected) => {
    expect(readConfig({ ...ssrs, SSRS_LOGIN, SSRS_USER }).ssrs).toMatchObject(expected);
  });

  it('fills in from the client what the settings say instead of the usual', () => {
    const config = readConfig({ ...ssrs, SSRS_CLIENT_PARAMETERS: '{"KlientId":"CUSTOMER_ID"}' });
    expect(config.ssrs?.clientParameters).toEqual({ KlientId: 'CUSTOMER_ID' });
  });

  it('takes Basic without encryption only from this machine, or where it is allowed', () => {
    const basic = { ...ssrs, SSRS_LOGIN: 'basic' };
    const plain = { ...basic, SSRS_URL: 'http://raporty/ReportServer' };
    expect(faultsOf(plain)).toEqual([expect.stringMatching(/^SSRS_LOGIN: basic sends the password/)]);
    expect(faultsOf({ ...basic, SSRS_REST_URL: 'http://raporty/reports/api/v2.0' })).toHaveLength(1);
    expect(faultsOf({ ...plain, SSRS_PLAIN_BASIC: 'allowed' })).toEqual([]);
    expect(faultsOf({ ...basic, SSRS_URL: 'http://127.0.0.1/ReportServer' })).toEqual([]);
    expect(faultsOf(basic)).toEqual([]);
  });
});

describe('a setting of the report server is refused', () => {
  it.each([
    ['SSRS_URL', 'raporty/ReportServer'],
    ['SSRS_URL', 'ftp://raporty/ReportServer'],
    ['SSRS_URL', 'https://raporty/ReportServer?/Sprzedaż'],
    ['SSRS_URL', 'https://ra porty/ReportServer'],
    ['SSRS_REST_URL', 'https://raporty:hasło@firma'],
    ['SSRS_LOGIN', 'kerberos'],
    ['SSRS_LOCALE', 'polski'],
    ['SSRS_LOCALE', 'pl_PL'],
    ['SSRS_FOLDERS', '{'],
    ['SSRS_FOLDERS', '{}'],
    ['SSRS_FOLDERS', '{"Sprzedaż":["SALES"]}'],
    ['SSRS_FOLDERS', '{"/Sprzedaż/":["SALES"]}'],
    ['SSRS_FOLDERS', '{"/Sprzedaż/../Zarząd":["SALES"]}'],
    ['SSRS_FOLDERS', '{"/Sprzedaż":[]}'],
    ['SSRS_FOLDERS', '{"/Sprzedaż":["BOSS"]}'],
    ['SSRS_FOLDERS', '{"/Sprzedaż":["SALES"],"/SPRZEDAŻ":["ADMIN"]}'],
    ['SSRS_CLIENT_PARAMETERS', '{"KlientId":"PESEL"}'],
    ['SSRS_CLIENT_PARAMETERS', '{"rs:Format":"NIP"}'],
    ['SSRS_TIMEOUT_MS', '10'],
    ['SSRS_CACHE_MS', '-1'],
    ['SSRS_CONNECTIONS', '0'],
    ['SSRS_PLAIN_BASIC', 'yes'],
    ['SSRS_USER', 'FIR MA\\raporty'],
  ])('%s as %j', (name, value) => {
    expect(faultsOf({ ...ssrs, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}\\b`))]);
  });

  it.each(['SSRS_USER', 'SSRS_PASSWORD', 'SSRS_FOLDERS', 'SSRS_URL'] as const)(
    'where %s is missing',
    (name) => {
      expect(faultsOf(without(name))).toEqual([expect.stringMatching(new RegExp(`^${name}: is needed`))]);
    },
  );

  it('where the account is told twice', () => {
    const twice = { ...ssrs, SSRS_URL: 'https://obcy:tajne@raporty.firma.example/ReportServer' };
    const faults = faultsOf(twice);
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['SSRS_USER', 'SSRS_PASSWORD']);
  });

  it('without telling its password', () => {
    const told = faultsOf({
      ...ssrs,
      SSRS_URL: 'https://raporty:tajne#1@host/ReportServer',
      SSRS_LOCALE: 'x',
    });
    expect(told).toHaveLength(2);
    expect(told.join()).not.toContain('tajne');
  });
});
