/** What the report server offers: reports of the configured folders, their parameters, and what the client fills in. */
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSsrs, type SsrsDouble } from '../../arrange/ssrs/double.ts';
import { idOf, large, open, turnover } from '../../arrange/ssrs/reports.ts';
import { serverOver, ssrsConfig, wish } from '../../arrange/ssrs/server.ts';
import { silentLog } from '../../../src/log.ts';
import { filledFromClient } from '../../../src/reports/ssrs/parameters.ts';
import type { SsrsServer } from '../../../src/reports/ssrs/ssrs-server.ts';

let double: SsrsDouble;
let server: SsrsServer;
const { signal } = wish();
beforeEach(async () => {
  double = await startSsrs();
  server = serverOver(double);
});
afterEach(async () => {
  server.close();
  await double.close();
});

const plan = "/Sprzedaż/Zarząd/Plan 'A'";
const management = '/Sprzedaż/Zarządzanie';

describe('the catalogue', () => {
  it('has the reports below the folders with the roles of the nearest one, and nothing hidden or of another kind', async () => {
    const found = await server.catalogue(signal);
    const sales = ['SALES', 'MANAGER'];
    const told = new Map(found.map((report) => [report.path, report]));
    expect([...told.keys()].sort()).toEqual([large, turnover, open, plan, management].sort());
    expect(told.get(turnover)).toEqual({
      id: idOf(turnover),
      path: turnover,
      name: 'Obrót & marża klienta',
      description: 'Obrót i marża, miesiąc po miesiącu',
      isLinked: false,
      roles: sales,
    });
    expect(told.get(open)).toMatchObject({ isLinked: true, roles: sales, description: undefined });
    expect(told.get(plan)).toMatchObject({ roles: ['ADMIN'] });
    expect(told.get(management)).toMatchObject({ roles: sales });
  });

  it('is read page by page, from the address of the settings whatever the server calls itself', async () => {
    const inPages = await startSsrs({ pageSize: 1 });
    const paging = serverOver(inPages);
    const paths = (await paging.catalogue(signal)).map(({ path }) => path);
    paging.close();
    await inPages.close();
    expect(paths).toEqual((await server.catalogue(signal)).map(({ path }) => path));
    expect(inPages.seen.requests.filter((request) => request.includes('skip=')).length).toBeGreaterThan(3);
  });

  it('finds a folder however its capital letters are written', async () => {
    const shouting = serverOver(double, { folders: { '/SPRZEDAŻ/rozrachunki': ['SALES'] } });
    const found = await shouting.catalogue(signal);
    shouting.close();
    expect(found.map(({ path, roles }) => [path, roles])).toEqual([[open, ['SALES']]]);
  });

  it('takes no other folder for one whose name begins alike', async () => {
    const found = await server.catalogue(signal);
    expect(found.filter(({ path }) => path.startsWith('/SprzedażKrajowa'))).toEqual([]);
  });

  it('has everything that is not hidden where the root is offered', async () => {
    const all = serverOver(double, { folders: { '/': ['ADMIN'] } });
    const paths = (await all.catalogue(signal)).map(({ path }) => path);
    all.close();
    expect(paths).toContain('/SprzedażKrajowa/Tajne');
    expect(paths).not.toContain('/Sprzedaż/Schowek/Stary');
  });

  it('leaves out a folder that is not there, and the log says so', async () => {
    const warned: object[] = [];
    const log = { ...silentLog, warn: (fields: object) => void warned.push(fields) };
    const some = serverOver(
      double,
      { folders: { '/Nie ma': ['SALES'], '/Sprzedaż/Zarząd': ['ADMIN'] } },
      log,
    );
    const found = await some.catalogue(signal);
    some.close();
    expect(found.map(({ path }) => path)).toEqual([plan]);
    expect(warned).toEqual([{ folder: '/Nie ma', code: 'NOT_FOUND' }]);
  });

  it('is asked for once by many, and serves again for a while', async () => {
    await Promise.all([1, 2, 3].map(() => server.catalogue(signal)));
    const asked = double.seen.requests.length;
    await server.catalogue(signal);
    expect(double.seen.requests).toHaveLength(asked);
    // Three folders, and the first message of the login.
    expect(asked).toBe(4);
  });
});

describe('only reports of the catalogue are run', () => {
  it.each([
    '/SprzedażKrajowa/Tajne',
    '/Sprzedaż/Ukryty',
    '/Sprzedaż/Schowek/Stary',
    '/Sprzedaż/Hurtownia',
    '/Sprzedaż/../SprzedażKrajowa/Tajne',
    `${turnover}&rs:Command=GetDataSourceContents`,
    '/Sprzedaż',
    '',
  ])('%s is not found', async (path) => {
    const missing = { code: 'NOT_FOUND', path: 'report' };
    await expect(server.render(wish({ path, parameters: new Map() }))).rejects.toMatchObject(missing);
    await expect(server.parameters(path, signal)).rejects.toMatchObject(missing);
    expect(double.seen.renders).toEqual([]);
  });
});

describe('parameters', () => {
  it('are told as the report takes them', async () => {
    const told = new Map((await server.parameters(turnover, signal)).map((one) => [one.name, one]));
    expect(told.get('KlientId')).toEqual({
      name: 'KlientId',
      label: 'Klient',
      type: 'INTEGER',
      required: true,
      multiple: false,
      nullable: false,
      blankAllowed: false,
      hasDefault: false,
      defaults: [],
      choices: undefined,
      choicesDepend: false,
      settable: true,
      hidden: false,
    });
    expect(told.get('Status')).toMatchObject({
      multiple: true,
      required: false,
      defaults: ['O'],
      choices: [
        { value: 'O', label: 'Otwarte' },
        { value: 'Z', label: 'Zamknięte' },
        { value: 'S', label: 'Sporne' },
      ],
    });
    expect(told.get('NIP')).toMatchObject({ nullable: true, required: false, hasDefault: false });
    expect(told.get('Uwaga')).toMatchObject({ blankAllowed: true });
    expect(told.get('Źródło')).toMatchObject({ hidden: true, settable: true, label: 'Źródło' });
    expect(told.get('Schemat')).toMatchObject({ settable: false, required: false });
    expect(['Od', 'Prog', 'ZKorektami'].map((name) => told.get(name)?.type)).toEqual([
      'DATETIME',
      'DECIMAL',
      'BOOLEAN',
    ]);
  });

  it('of a linked report are its own', async () => {
    const [only, ...others] = await server.parameters(open, signal);
    expect([only?.name, others]).toEqual(['Dni', []]);
  });

  it('that the client fills in are those of the settings, by their very names, where they can be set', async () => {
    const parameters = await server.parameters(turnover, signal);
    const mapping = {
      KlientId: 'CUSTOMER_ID',
      nip: 'NIP',
      Schemat: 'CLIENT_ID',
      constructor: 'NIP',
    } as const;
    expect([...filledFromClient(parameters, mapping)]).toEqual([['KlientId', 'CUSTOMER_ID']]);
    expect([...filledFromClient(parameters, ssrsConfig(double).clientParameters)]).toEqual([
      ['KlientId', 'CUSTOMER_ID'],
      ['NIP', 'NIP'],
    ]);
  });
});

describe('values that the report does not take are refused before anything is asked', () => {
  const problemOf = async (given: readonly (readonly [string, readonly (string | null)[]])[]) => {
    const parameters = new Map([['KlientId', ['7']] as const, ...given]);
    const refused: unknown = await server.render(wish({ parameters })).catch((error: unknown) => error);
    expect(double.seen.renders).toEqual([]);
    const { problems } = refused as { problems: { path: string; code: string }[] };
    return problems.map(({ path, code }) => `${path} ${code}`);
  };

  it.each([
    ['KlientId', ['siedem'], 'VALUE'],
    ['KlientId', ['2147483648'], 'VALUE'],
    ['KlientId', ['7', '8'], 'ONE_VALUE'],
    ['KlientId', [], 'REQUIRED'],
    ['KlientId', [null], 'REQUIRED'],
    ['klientid', ['7'], 'UNKNOWN'],
    ['Schemat', ['dbo'], 'UNKNOWN'],
    ['rs:Format', ['XML'], 'UNKNOWN'],
    ['KlientId:isnull', ['true'], 'UNKNOWN'],
    ['dsu:Hurtownia', ['sa'], 'UNKNOWN'],
    ['Od', ['28.02.2026'], 'VALUE'],
    ['Od', ['2026-02-30'], 'VALUE'],
    ['Od', ['2026-02-28T10:00:00+02:00'], 'VALUE'],
    ['Prog', ['1,5'], 'VALUE'],
    ['Prog', ['1e5'], 'VALUE'],
    ['ZKorektami', ['tak'], 'VALUE'],
    ['Status', ['O', 'X'], 'CHOICE'],
    ['Status', ['O', null], 'REQUIRED'],
    ['NIP', [''], 'REQUIRED'],
    ['NIP', ['\u0000'], 'VALUE'],
    ['NIP', ['\ud800'], 'VALUE'],
    ['Uwaga', ['x'.repeat(4_001)], 'TOO_LONG'],
    ['Uwaga', [null], 'REQUIRED'],
  ] as const)('%s as %j: %s', async (name, values, code) => {
    expect(await problemOf([[name, values]])).toEqual([`parameters.${name} ${code}`]);
  });

  it('all at once', async () => {
    expect(
      await problemOf([
        ['Od', ['dziś']],
        ['Prog', ['dużo']],
        ['Obcy', ['1']],
      ]),
    ).toEqual(['parameters.Obcy UNKNOWN', 'parameters.Od VALUE', 'parameters.Prog VALUE']);
  });
});
