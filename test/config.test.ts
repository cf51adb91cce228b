import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigFaults, readConfig } from '../src/config.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kartoteka config '));
});
afterAll(() => rm(folder, { recursive: true }));

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  try {
    readConfig(environment);
  } catch (fault) {
    if (fault instanceof ConfigFaults) return fault.faults;
    throw fault;
  }
  return [];
};
const settingsAtFault = (environment: Readonly<Record<string, string>>): string[] =>
  faultsOf(environment).map((fault) => fault.slice(0, fault.indexOf(':')));

const company = { key: 'main', name: 'Podbicie', url: 'mssql://reader:secret@erp:1433/CDN' };
const full = { ...company, schema: 'kartoteka', timeZone: 'Europe/Warsaw' };

it('serves loopback on port 4000 with embedded database and sandbox ERP when nothing is set', () => {
  const config = readConfig({}, '/srv/kartoteka');
  expect(config).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    dataDir: '/srv/kartoteka/data',
    databaseUrl: undefined,
    erpCompanies: undefined,
    logLevel: 'info',
  });
  expect(Object.isFrozen(config)).toBe(true);
});

it('takes an empty variable for one that is not set', () => {
  const empty = { HOST: '', PORT: '', DATA_DIR: '', DATABASE_URL: '', ERP_COMPANIES: '', LOG_LEVEL: '' };
  expect(readConfig(empty)).toEqual(readConfig({}));
});

it('tells of every wrong setting at once', () => {
  const faults = faultsOf({
    HOST: '0.0.0.0',
    PORT: '70000',
    DATABASE_URL: 'mysql://localhost/x',
    ERP_COMPANIES: '[{"key":"A"}]',
    ERP_TIMEOUT_MS: 'soon',
    MAX_BODY_BYTES: '-1',
    LOG_LEVEL: 'loud',
  });
  const named = new Set(faults.map((fault) => fault.split(/[.:]/)[0]));
  expect([...named].sort()).toEqual([
    'DATABASE_URL',
    'ERP_COMPANIES',
    'ERP_TIMEOUT_MS',
    'HOST',
    'LOG_LEVEL',
    'MAX_BODY_BYTES',
    'PORT',
  ]);
});

describe('attachments', () => {
  it('lie under DATA_DIR unless STORAGE_URL names another folder', () => {
    expect(readConfig({ DATA_DIR: 'here' }, '/srv/kartoteka').storageFolder).toBe(
      '/srv/kartoteka/here/attachments',
    );
    expect(readConfig({ STORAGE_URL: 'file:///srv/za%C5%82%C4%85czniki' }).storageFolder).toBe(
      '/srv/załączniki',
    );
  });

  it.each(['/srv/files', 'file://files', 'file:///a%2Fb', 's3://bucket'])(
    'do not lie at %s',
    (STORAGE_URL) => {
      expect(settingsAtFault({ STORAGE_URL })).toEqual(['STORAGE_URL']);
    },
  );

  it.each(['kartoteka.firma.pl', 'https://firma.pl/kartoteka', 'ftp://firma.pl'])(
    'are not linked to below %s',
    (PUBLIC_URL) => {
      expect(settingsAtFault({ PUBLIC_URL })).toEqual(['PUBLIC_URL']);
    },
  );
});

describe('a host is served', () => {
  it.each(['127.0.0.1', '::1', 'localhost'])('that is loopback: %s', (HOST) => {
    expect(readConfig({ HOST }).host).toBe(HOST);
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', 'kartoteka.firma.pl', '127.0.0.1.evil.example'])(
    'but not %s, while nobody signs in',
    (HOST) => {
      expect(settingsAtFault({ HOST })).toEqual(['HOST']);
      expect(settingsAtFault({ HOST, PUBLIC_URL: 'https://kartoteka.firma.pl' })).toEqual(['HOST']);
    },
  );
});

describe('a port is a whole number that fits', () => {
  it.each(['0', '1', '65535'])('as %s', (PORT) => {
    expect(readConfig({ PORT }).port).toBe(Number(PORT));
  });

  it.each(['-1', '65536', '80.5', '0x50', ' 80', '8e1', 'http'])('and not %j', (PORT) => {
    expect(settingsAtFault({ PORT })).toEqual(['PORT']);
  });
});

describe('ERP_COMPANIES', () => {
  it('is JSON, with schema and time zone as usual where they are not given', () => {
    expect(readConfig({ ERP_COMPANIES: JSON.stringify([company]) }).erpCompanies).toEqual([full]);
  });

  it('is none for an empty list', () => {
    expect(readConfig({ ERP_COMPANIES: ' [] ' }).erpCompanies).toEqual([]);
  });

  it('is the path of a file with JSON, also one with spaces', async () => {
    const path = join(folder, 'companies.json');
    await writeFile(path, JSON.stringify([company, { ...full, key: 'export', timeZone: 'Europe/Berlin' }]));
    expect(readConfig({ ERP_COMPANIES: path }).erpCompanies).toEqual([
      full,
      { ...full, key: 'export', timeZone: 'Europe/Berlin' },
    ]);
  });

  it.each([
    ['a file that is not there', '/none/companies.json'],
    ['broken JSON', '[{'],
    ['one key twice', JSON.stringify([company, company])],
    ['a key of another form', JSON.stringify([{ ...company, key: 'Główna' }])],
    ['no name', JSON.stringify([{ ...company, name: '' }])],
    ['another kind of address', JSON.stringify([{ ...company, url: 'http://erp' }])],
    [
      'an address cut short by a sign of its password',
      JSON.stringify([{ ...company, url: 'mssql://reader:a#b@erp/CDN' }]),
    ],
    [
      'an address without a database',
      JSON.stringify([{ ...company, url: 'mssql://reader:secret@erp:1433' }]),
    ],
    [
      'an address with a misspelt option',
      JSON.stringify([{ ...company, url: `${company.url}?encrypted=false` }]),
    ],
    ['a schema that could end a statement', JSON.stringify([{ ...company, schema: 'a; DROP' }])],
    ['a time zone that is none', JSON.stringify([{ ...company, timeZone: 'Europe/Kraków' }])],
    ['a setting it does not know', JSON.stringify([{ ...company, pasword: 'x' }])],
  ])('is refused with %s', (_case, ERP_COMPANIES) => {
    const faults = faultsOf({ ERP_COMPANIES });
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.startsWith('ERP_COMPANIES'))).toBe(true);
  });

  it('is refused with every fault of every company', () => {
    const ERP_COMPANIES = JSON.stringify([
      { ...company, url: 'x' },
      { ...company, key: 'b', schema: '1' },
    ]);
    expect(settingsAtFault({ ERP_COMPANIES })).toEqual(['ERP_COMPANIES.0.url', 'ERP_COMPANIES.1.schema']);
  });

  it('never shows an address, with its password, in what it complains of', () => {
    const ERP_COMPANIES = JSON.stringify([{ ...company, url: 'mssql://reader:tajne haslo@erp/CDN' }]);
    expect(faultsOf({ ERP_COMPANIES }).join()).not.toContain('tajne');
    expect(faultsOf({ DATABASE_URL: 'tajne haslo' }).join()).not.toContain('tajne');
  });
});
