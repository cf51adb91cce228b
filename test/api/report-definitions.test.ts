/** Reports that administrators keep through the API: checked and described, changed by version, retired and taken up again. */
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { report } from '../arrange/reports.ts';

const sampleCode = 'OBUWNIK-LDZ';

const ofFile = report({ key: 'invoices', database: 'CRM', sql: 'SELECT c.code FROM client c' });

let service: SampleService;
let id: string;
beforeAll(async () => {
  service = await startSampleService({ reportFiles: [ofFile] });
  ({
    client: { id },
  } = await service.ask<{ client: { id: string } }>(`{ client(code: "${sampleCode}") { id } }`));
}, 60_000);
afterAll(() => service.close());

const reportOf = `query ($id: ID, $key: String!, $parameters: [ReportParameterValue!]) {
  client(id: $id) { report(key: $key, parameters: $parameters) { columns { name } rows { cells } } } }`;
const run = async (given: object) =>
  (await service.ask<{ client: { report: { columns: readonly object[] } } }>(reportOf, { id, ...given }))
    .client.report;
const refused = async (given: object) => (await service.refusal(reportOf, { id, ...given })).extensions.code;

const members =
  'id version key title database company sql columns { name label type } retired parameters { name }';
const defining = `mutation ($input: DefineReportInput!) { written: defineReport(input: $input) { ${members} } }`;
const updating = `mutation ($input: UpdateReportInput!) { written: updateReport(input: $input) { ${members} } }`;
const retiring = `mutation ($input: VersionedId!) { written: retireReport(input: $input) { ${members} } }`;
const reviving = `mutation ($input: VersionedId!) { written: reviveReport(input: $input) { ${members} } }`;
interface Written {
  readonly id: string;
  readonly version: number;
  readonly columns: readonly object[];
  readonly retired: boolean;
}
const write = async (query: string, input: object): Promise<Written> =>
  (await service.ask<{ written: Written }>(query, { input })).written;

const input = {
  key: 'stare-karty',
  title: 'Stare karty',
  database: 'CRM',
  sql: 'SELECT c.code, count(*) AS notes FROM client c JOIN note n ON n.client_id = c.id WHERE c.code = :code GROUP BY c.code',
  parameters: [{ name: 'code', label: 'Kod', type: 'TEXT', required: true }],
  columns: [{ name: 'notes', label: 'Notatki' }],
};

it('are checked, described, changed by version, retired and taken up again, all in the change log', async () => {
  const made = await write(defining, input);
  expect(made.columns).toEqual([
    { name: 'code', label: 'code', type: 'TEXT' },
    { name: 'notes', label: 'Notatki', type: 'INTEGER' },
  ]);
  const changed = await write(updating, { id: made.id, version: made.version, title: 'Karty z notatkami' });
  expect(changed.version).toBe(made.version + 1);
  expect(
    (await service.refusal(updating, { input: { id: made.id, version: made.version, title: 'x' } }))
      .extensions.code,
  ).toBe('CONFLICT');
  expect((await service.refusal(defining, { input })).extensions.code).toBe('DUPLICATE');
  expect(
    (await run({ key: 'stare-karty', parameters: [{ name: 'code', values: [sampleCode] }] })).columns,
  ).toHaveLength(2);
  const retired = await write(retiring, { id: made.id, version: changed.version });
  expect(retired.retired).toBe(true);
  expect(await refused({ key: 'stare-karty' })).toBe('NOT_FOUND');
  await write(reviving, { id: made.id, version: retired.version });
  expect(
    (await run({ key: 'stare-karty', parameters: [{ name: 'code', values: [sampleCode] }] })).columns,
  ).toHaveLength(2);
  const lines = await service.dataSource.query<{ action: string }[]>(
    `SELECT action FROM change WHERE record_type = 'REPORT' ORDER BY id`,
  );
  expect(lines.map(({ action }) => action)).toEqual(['CREATED', 'UPDATED', 'UPDATED', 'UPDATED']);
});

it('are refused with everything that is wrong and where', async () => {
  const problems = async (given: object) => {
    const { extensions } = await service.refusal(defining, { input: { ...input, key: 'zly', ...given } });
    return (extensions.problems ?? []).map(({ path, code }) => `${path} ${code}`);
  };
  expect(await problems({ sql: 'DELETE FROM client', parameters: [], columns: [] })).toContain(
    'input.sql NOT_A_SELECT',
  );
  expect(await problems({ sql: 'SELECT secret FROM api_key', parameters: [], columns: [] })).toContain(
    'input.sql TABLE_NOT_READABLE',
  );
  expect(await problems({ parameters: [], columns: [] })).toContain('input.sql PARAMETER_UNDECLARED');
  expect(await problems({ roles: ['NIKT'], company: 'main' })).toEqual(
    expect.arrayContaining([
      expect.stringContaining('input.roles'),
      expect.stringContaining('input.company'),
    ]),
  );
  expect(await problems({ columns: [{ name: 'nic', label: 'Nic' }] })).toEqual([
    'input.columns.0.name COLUMN',
  ]);
  expect(await problems({ key: 'invoices' })).toContain('input.key KEY');
  expect(await problems({ title: ' ', sql: 'SELECT pg_sleep(5)', parameters: [], columns: [] })).toEqual([
    'input.title REQUIRED',
    'input.sql FORBIDDEN_FUNCTION',
  ]);
  const withChoices = [
    { name: 'code', label: 'Kod', type: 'TEXT', choicesSql: 'SELECT c.nope FROM client c' },
  ];
  expect(await problems({ parameters: withChoices, columns: [] })).toEqual([
    'input.parameters.0.choicesSql SQL_FAILED',
  ]);
  expect(await problems({ sql: 'SELECT c.nic FROM client c WHERE c.code = :code', columns: [] })).not.toEqual(
    [],
  );
});

it('are described by the ERP that they are for', async () => {
  const made = await write(defining, {
    key: 'obroty-klienta',
    title: 'Obroty',
    database: 'ERP',
    sql: 'SELECT i.currency AS currency, SUM(i.net) AS net, COUNT(*) AS documents FROM kartoteka.invoice AS i WHERE i.customer_id IN (@customers) GROUP BY i.currency',
    parameters: [
      { name: 'customers', label: 'Klienci', type: 'INTEGER', multiple: true, fromClient: 'CUSTOMER_ID' },
    ],
  });
  expect(made.columns).toEqual([
    { name: 'currency', label: 'currency', type: 'TEXT' },
    { name: 'net', label: 'net', type: 'DECIMAL' },
    { name: 'documents', label: 'documents', type: 'INTEGER' },
  ]);
});
