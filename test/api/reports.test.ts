/** Reports through the API and at their addresses: found, run for a client, kept by administrators, and refused. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { callerWith, callersByHeader, headerOf } from '../arrange/callers.ts';
import type { SqlReport } from '../../src/reports/report.ts';
import { parameter, report } from '../arrange/reports.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { partsOf } from '../arrange/workbooks.ts';

const userKey = '01a00000-0000-7000-8000-00000000e0c1';
const sampleCode = 'OBUWNIK-LDZ';

const customers = parameter('customers', {
  type: 'INTEGER',
  multiple: true,
  required: true,
  fromClient: 'CUSTOMER_ID',
});

const files: readonly SqlReport[] = [
  report({
    key: 'invoices',
    title: 'Faktury',
    sql: `SELECT i.number AS number, i.issued_on AS issued_on, i.net AS net FROM kartoteka.invoice AS i
      WHERE i.customer_id IN (@customers) AND (@since IS NULL OR i.issued_on >= @since)
        AND i.customer_id IN (SELECT c.customer_id FROM kartoteka.customer AS c WHERE c.code IN (@codes)) ORDER BY i.issued_on, i.number`,
    parameters: [
      customers,
      parameter('codes', { multiple: true, fromClient: 'CUSTOMER_CODE' }),
      parameter('since', { type: 'DATE' }),
    ],
    labels: [{ name: 'net', label: 'Netto', format: '0.00' }],
  }),
  report({
    key: 'of-card',
    database: 'CRM',
    sql: 'SELECT c.code, c.short_name AS name FROM client c WHERE c.id::text = :card AND :tax::text IS NOT NULL',
    parameters: [
      parameter('card', { fromClient: 'CLIENT_ID', required: true }),
      parameter('tax', { fromClient: 'NIP', required: true }),
    ],
  }),
  report({
    key: 'all-cards',
    database: 'CRM',
    sql: "SELECT c.code FROM client c WHERE c.code LIKE :start || '%' ORDER BY c.code",
    parameters: [
      parameter('start', {
        defaults: ['O'],
        choicesSql: 'SELECT DISTINCT left(c.code, 1) FROM client c ORDER BY 1',
      }),
    ],
  }),
  report({
    key: 'of-currency',
    sql: 'SELECT i.number AS number FROM kartoteka.invoice AS i WHERE i.customer_id IN (@customers) AND i.currency = @currency',
    parameters: [
      customers,
      parameter('currency', {
        choicesSql: 'SELECT DISTINCT i.currency AS currency FROM kartoteka.invoice AS i',
      }),
    ],
  }),
  report({ key: 'for-finance', database: 'CRM', sql: 'SELECT c.code FROM client c', roles: ['FINANCE'] }),
];

let service: SampleService;
let client: { readonly id: string };
let foreign: { readonly id: string };
beforeAll(async () => {
  service = await startSampleService({ callers: callersByHeader, reportFiles: files });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  client = await cardOf(sampleCode);
  foreign = await cardOf('GALERIA-LOM');
  await service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
    userKey,
    client.id.slice('client_'.length),
  ]);
}, 60_000);
afterAll(() => service.close());

const cardOf = async (code: string) =>
  (await service.ask<{ client: { id: string } }>(`{ client(code: "${code}") { id } }`)).client;

interface Table {
  readonly columns: readonly { readonly name: string; readonly label: string; readonly type: string }[];
  readonly rows: readonly { readonly cells: readonly (string | null)[] }[];
  readonly truncated: boolean;
  readonly source: { readonly company: string; readonly state: string } | null;
}

const reportOf = `query ($id: ID, $key: String!, $parameters: [ReportParameterValue!], $limit: Int, $company: String) {
  client(id: $id) { report(key: $key, parameters: $parameters, limit: $limit, company: $company) {
    columns { name label type format } rows { cells } truncated source { company state } } } }`;
const run = async (given: object, caller: Pick<SampleService, 'ask'> = service): Promise<Table> =>
  (await caller.ask<{ client: { report: Table } }>(reportOf, { id: client.id, ...given })).client.report;
const refused = async (given: object, caller: Pick<SampleService, 'refusal'> = service) => {
  const { extensions } = await caller.refusal(reportOf, { id: client.id, ...given });
  return [extensions.code, ...(extensions.problems ?? []).map((one) => `${one.path} ${one.code}`)];
};
const get = (address: string, headers = {}) => fetch(new URL(`reports/${address}`, service.url), { headers });

describe('a report of an ERP', () => {
  it('tells what the API tells of the client, exactly, with the labels of its columns', async () => {
    const table = await run({ key: 'invoices', company: 'main', limit: 1000 });
    const { client: told } = await service.ask<{
      client: { invoices: { nodes: { number: string; issuedOn: string; net: { amount: string } }[] } };
    }>(
      `query ($id: ID) { client(id: $id) { invoices(first: 200, filter: { company: "main", includeCancelled: true }) { nodes { number issuedOn net { amount } } } } }`,
      { id: client.id },
    );
    const wanted = told.invoices.nodes
      .map(({ number, issuedOn, net }) => [number, issuedOn, net.amount])
      .toSorted((left, right) => ([left[1], left[0]].join() < [right[1], right[0]].join() ? -1 : 1));
    expect(table.columns).toEqual([
      { name: 'number', label: 'number', type: 'TEXT', format: null },
      { name: 'issued_on', label: 'issued_on', type: 'DATE', format: null },
      { name: 'net', label: 'Netto', type: 'DECIMAL', format: '0.00' },
    ]);
    expect(wanted.length).toBeGreaterThan(3);
    expect(table.rows.map(({ cells }) => cells)).toEqual(wanted);
    expect([table.truncated, table.source]).toEqual([false, { company: 'main', state: 'LIVE' }]);
  });

  it('is cut at the limit, and says so', async () => {
    const table = await run({ key: 'invoices', company: 'main', limit: 2 });
    expect([table.rows.length, table.truncated]).toEqual([2, true]);
  });

  it('takes its parameters, and what it has besides from the client alone', async () => {
    const since = [{ name: 'since', values: ['2025-06-01'] }];
    const all = await run({ key: 'invoices', company: 'main', limit: 1000 });
    const some = await run({ key: 'invoices', company: 'main', limit: 1000, parameters: since });
    expect(some.rows).toEqual(all.rows.filter(({ cells }) => String(cells[1]) >= '2025-06-01'));
    expect(
      await refused({
        key: 'invoices',
        company: 'main',
        parameters: [
          { name: 'customers', values: ['1'] },
          { name: 'since', values: ['wczoraj'] },
          { name: 'nic', values: [] },
        ],
      }),
    ).toEqual([
      'BAD_USER_INPUT',
      'parameters.customers FROM_CLIENT',
      'parameters.nic PARAMETER',
      'parameters.since VALUE',
    ]);
  });

  it('asks for the company where the client is a customer of several', async () => {
    expect(await refused({ key: 'invoices' })).toEqual(['BAD_USER_INPUT', 'company REQUIRED']);
    expect(await refused({ key: 'invoices', company: 'nic' })).toEqual(['BAD_USER_INPUT', 'company COMPANY']);
  });
});

describe('a report of the CRM', () => {
  it('is filled in with the card', async () => {
    const { rows } = await run({ key: 'of-card' });
    expect(rows.map(({ cells }) => cells[0])).toEqual([sampleCode]);
  });

  it('has choices from the database, which alone may be given', async () => {
    const { reports } = await service.ask<{
      reports: { key: string; parameters: { choices: string[] | null; defaults: string[] | null }[] }[];
    }>('{ reports { key parameters { choices defaults } } }');
    const [start] = reports.find(({ key }) => key === 'all-cards')?.parameters ?? [];
    expect(start?.choices).toContain('O');
    expect(start?.defaults).toEqual(['O']);
    const table = await run({ key: 'all-cards' });
    expect(table.rows.every(({ cells }) => cells[0]?.startsWith('O'))).toBe(true);
    expect(await refused({ key: 'all-cards', parameters: [{ name: 'start', values: ['*'] }] })).toEqual([
      'BAD_USER_INPUT',
      'parameters.start CHOICE',
    ]);
    expect(await refused({ key: 'all-cards', company: 'main' })).toEqual([
      'BAD_USER_INPUT',
      'company COMPANY',
    ]);
  });

  it('has choices of all companies, or of the one that is named', async () => {
    const choices = async (of: string) => {
      const { reports } = await service.ask<{
        reports: { key: string; parameters: { name: string; choices: string[] | null }[] }[];
      }>(`{ reports { key parameters { name choices${of} } } }`);
      const found = reports.find(({ key }) => key === 'of-currency')?.parameters;
      return found?.find(({ name }) => name === 'currency')?.choices ?? [];
    };
    const [all, main, abroad] = [
      await choices(''),
      await choices('(company: "main")'),
      await choices('(company: "export")'),
    ];
    expect(main.length).toBeGreaterThan(0);
    await expect(choices('(company: "nowhere")')).rejects.toThrow('COMPANY');
    expect(all.toSorted()).toEqual([...new Set([...main, ...abroad])].toSorted());
  });
});

describe('the address of a report', () => {
  const rowsOf = async (address: string) => {
    const response = await get(address);
    expect(response.status).toBe(200);
    return response.text();
  };

  it('streams the same rows as CSV, as JSON lines and as a workbook', async () => {
    const { rows } = await run({ key: 'invoices', company: 'main', limit: 1000 });
    const query = `client=${client.id}&company=main`;
    const csv = parse<Record<string, string>>(await rowsOf(`invoices.csv?${query}`), { columns: true });
    expect(csv.map((row) => [row['number'], row['issued_on'], row['Netto']])).toEqual(
      rows.map(({ cells }) => cells),
    );
    const lines = (await rowsOf(`invoices.ndjson?${query}`)).trimEnd().split('\n');
    expect(lines.map((line) => Object.values(JSON.parse(line) as Record<string, unknown>))).toEqual(
      rows.map(({ cells }) => cells),
    );
    const polish = await rowsOf(`invoices.csv?${query}&dialect=excel-pl`);
    expect(polish).toContain(String(rows[0]?.cells[2]).replace('.', ','));
    const workbook = await get(`invoices.xlsx?${query}`);
    const sheet = (await partsOf(Buffer.from(await workbook.arrayBuffer()))).get('xl/worksheets/sheet1.xml');
    expect(sheet).toContain('Netto');
  });

  it.each([
    ['nic.csv', 404, 'NOT_FOUND', []],
    ['invoices.pdf', 400, 'BAD_USER_INPUT', ['format FORMAT']],
    ['invoices', 400, 'BAD_USER_INPUT', ['address FORMAT']],
    ['invoices.csv', 400, 'BAD_USER_INPUT', ['client REQUIRED']],
    ['invoices.csv?client=x', 400, 'BAD_USER_INPUT', ['client ID']],
    ['invoices.csv?client=client_01a00000-0000-7000-8000-00000000e0ff', 404, 'NOT_FOUND', []],
    ['all-cards.csv?start=O&start=B', 400, 'BAD_USER_INPUT', ['start ONE_VALUE']],
    ['all-cards.csv?limit=5&dialect=x', 400, 'BAD_USER_INPUT', ['dialect DIALECT']],
    ['all-cards.csv?limit=5', 400, 'BAD_USER_INPUT', ['limit PARAMETER']],
    ['all-cards.ndjson?dialect=excel-pl', 400, 'BAD_USER_INPUT', ['dialect DIALECT']],
  ])('refuses %s', async (address, status, code, problems) => {
    const response = await get(address);
    const { errors } = (await response.json()) as {
      errors: { extensions: { code: string; problems?: { path: string; code: string }[] } }[];
    };
    const told = errors[0]?.extensions;
    expect([
      response.status,
      told?.code,
      (told?.problems ?? []).map((one) => `${one.path} ${one.code}`),
    ]).toEqual([status, code, problems]);
  });

  it('stands in the change log with who took it and what of', async () => {
    await rowsOf(`of-card.csv?client=${client.id}`);
    const [line] = await service.dataSource.query<{ fields: unknown }[]>(
      `SELECT fields FROM change WHERE record_type = 'EXPORT' ORDER BY id DESC LIMIT 1`,
    );
    expect(JSON.stringify(line?.fields)).toContain('of-card');
    expect(JSON.stringify(line?.fields)).toContain(client.id);
  });
});

describe('who may run what', () => {
  const seen = async (role: Parameters<typeof callerWith>[1]) => {
    const caller = callerWith(service, role, userKey);
    const { reports } = await caller.ask<{ reports: { key: string }[] }>('{ reports { key } }');
    return reports.map(({ key }) => key).toSorted();
  };

  it('is offered by roles, and to those of own cards only what is of one client', async () => {
    expect(await seen('ADMIN')).toEqual(['all-cards', 'for-finance', 'invoices', 'of-card', 'of-currency']);
    expect(await seen('FINANCE')).toEqual(['all-cards', 'for-finance', 'invoices', 'of-card', 'of-currency']);
    expect(await seen('REPORTING')).toEqual(['all-cards', 'invoices', 'of-card', 'of-currency']);
    expect(await seen('SALES')).toEqual(['invoices', 'of-card', 'of-currency']);
    await expect(seen('VIEWER')).rejects.toThrow('FORBIDDEN');
  });

  it('holds at every door', async () => {
    const sales = callerWith(service, 'SALES', userKey);
    expect((await run({ key: 'of-card' }, sales)).rows).toHaveLength(1);
    expect(await refused({ key: 'all-cards' }, sales)).toEqual(['FORBIDDEN', 'key PERMISSION']);
    expect(await refused({ key: 'for-finance' }, callerWith(service, 'REPORTING', userKey))).toEqual([
      'FORBIDDEN',
      'key PERMISSION',
    ]);
    const status = async (address: string, role: Parameters<typeof headerOf>[0]) =>
      (await get(address, headerOf(role, userKey))).status;
    expect(await status(`of-card.csv?client=${client.id}`, 'SALES')).toBe(200);
    expect(await status(`of-card.csv?client=${foreign.id}`, 'SALES')).toBe(404);
    expect(await status(`invoices.csv?client=${foreign.id}&company=main`, 'SALES')).toBe(404);
    expect(await status('all-cards.csv', 'SALES')).toBe(403);
    expect(await status('all-cards.csv', 'VIEWER')).toBe(403);
    expect(await status('for-finance.csv', 'REPORTING')).toBe(403);
    expect(await status('for-finance.csv', 'FINANCE')).toBe(200);
  });

  it('is one report in an operation', async () => {
    const { errors } = await service.graphql(
      `{ clients(first: 2) { nodes { report(key: "of-card") { rows { cells } } } } }`,
    );
    expect(errors?.map(({ extensions }) => extensions.problems?.map(({ code }) => code))).toEqual([
      ['ONE_REPORT'],
    ]);
  });
});
