/** Reports of a report server through the gateway: offered by folders and roles, filled in with the client, streamed, and refused in our words. */
import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { callersByHeader, callerWith, headerOf } from '../arrange/callers.ts';
import { startSampleService, type SampleService } from '../arrange/sample-service.ts';
import { startSsrs, type SsrsDouble } from '../arrange/ssrs/double.ts';
import { large, open, turnover } from '../arrange/ssrs/reports.ts';
import { expectedSha, ssrsConfig } from '../arrange/ssrs/server.ts';
import { until } from '../arrange/signing-in.ts';

const userKey = '01a00000-0000-7000-8000-00000000e0d1';

let double: SsrsDouble;
let service: SampleService;
let client: { readonly id: string; readonly taxId: string };
let customerId: string;
beforeAll(async () => {
  double = await startSsrs();
  service = await startSampleService({
    callers: callersByHeader,
    reportFiles: [],
    reports: {
      ssrs: ssrsConfig(double, {
        folders: { '/Sprzedaż': ['SALES', 'MANAGER'], '/Sprzedaż/Zarząd': ['MANAGER'] },
      }),
    },
  });
  await service.dataSource.query(
    `INSERT INTO user_account (id, name, email, active) VALUES ($1, 'Wrona', NULL, true)`,
    [userKey],
  );
  const { clients } = await service.ask<{
    clients: {
      nodes: {
        id: string;
        taxId: string | null;
        erpAccounts: { companyKey: string; customerId: string }[];
      }[];
    };
  }>('{ clients(first: 100) { nodes { id taxId erpAccounts { companyKey customerId } } } }');
  // A customer of one company alone, and then of another besides: so there is one in each.
  const one = clients.nodes.find(
    ({ taxId, erpAccounts }) =>
      taxId !== null && erpAccounts.length === 1 && erpAccounts[0]?.companyKey === 'main',
  );
  client = { id: one?.id ?? '', taxId: one?.taxId ?? '' };
  customerId = one?.erpAccounts[0]?.customerId ?? '';
  await service.dataSource.query(
    `INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
     VALUES (gen_random_uuid(), 1, now(), 'x', now(), 'x', $1, 'export', '987654')`,
    [client.id.slice('client_'.length)],
  );
  await service.dataSource.query('UPDATE client SET account_manager_id = $1 WHERE id = $2', [
    userKey,
    client.id.slice('client_'.length),
  ]);
}, 60_000);
afterAll(async () => {
  await service.close();
  await double.close();
});
afterEach(() => double.misbehave(undefined));

const addressOf = (path: string, ending: string, query = ''): string =>
  `reports/${['ssrs', ...path.split('/').slice(1)].map(encodeURIComponent).join('/')}.${ending}?${query}`;
const get = (address: string, headers = headerOf('MANAGER', userKey), signal?: AbortSignal) =>
  fetch(new URL(address, service.url), { headers, ...(signal ? { signal } : {}) });
const shaOf = async (response: Response): Promise<string> =>
  createHash('sha256')
    .update(Buffer.from(await response.arrayBuffer()))
    .digest('hex');
const ofClient = (): string => `client=${client.id}&company=main`;
/** What the client fills in, as the server is told. */
const filled = (): (readonly [string, string])[] => [
  ['KlientId', customerId],
  ['NIP', client.taxId],
];

interface Offered {
  readonly key: string;
  readonly title: string;
  readonly engine: string;
  readonly formats: readonly string[];
  readonly downloadPath: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly fromClient: boolean;
    readonly multiple: boolean;
    readonly choices: readonly string[] | null;
  }[];
}
const offered = async (role: Parameters<typeof callerWith>[1]): Promise<readonly Offered[]> =>
  (
    await callerWith(service, role, userKey).ask<{ reports: Offered[] }>(
      '{ reports { key title engine formats downloadPath parameters { name fromClient multiple choices } } }',
    )
  ).reports;

describe('what is offered', () => {
  it('are the reports of the folders of one’s roles, with what can be given', async () => {
    const all = await offered('MANAGER');
    expect(all.map(({ title }) => title)).toContain("Plan 'A'");
    const report = all.find(({ key }) => key === `ssrs${turnover}`);
    expect(report).toMatchObject({ engine: 'SSRS', formats: ['pdf', 'xlsx', 'docx', 'csv', 'xml', 'mhtml'] });
    expect(report?.parameters.map(({ name, fromClient }) => [name, fromClient])).toEqual([
      ['KlientId', true],
      ['NIP', true],
      ['Od', false],
      ['Prog', false],
      ['ZKorektami', false],
      ['Status', false],
      ['Uwaga', false],
    ]);
    expect(report?.parameters.find(({ name }) => name === 'Status')).toMatchObject({
      multiple: true,
      choices: ['O', 'Z', 'S'],
    });
  });

  it('are to those of own cards the reports of one client, and to other roles none', async () => {
    expect((await offered('SALES')).map(({ key }) => key)).toEqual([`ssrs${turnover}`]);
    expect(await offered('FINANCE')).toEqual([]);
  });

  it('is what there is besides, while the report server does not answer', async () => {
    double.misbehave('REFUSE_LOGIN');
    expect(Array.isArray(await offered('FINANCE'))).toBe(true);
  });
});

describe('a report', () => {
  it('comes as the server writes it, filled in with the client', async () => {
    const [{ downloadPath } = { downloadPath: '' }] = (await offered('MANAGER')).filter(
      ({ key }) => key === `ssrs${turnover}`,
    );
    const response = await get(`${downloadPath.slice(1)}.pdf?${ofClient()}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      'Obrót & marża klienta.pdf',
    );
    expect(await shaOf(response)).toBe(expectedSha(filled()));
  });

  it('takes values, several of one, and nothing', async () => {
    const query = `${ofClient()}&Status=O&Status=Z&ZKorektami=false&Uwaga=${encodeURIComponent('ę & ą')}`;
    expect(await shaOf(await get(addressOf(turnover, 'xlsx', query)))).toBe(
      expectedSha(
        [...filled(), ['Status', 'O'], ['Status', 'Z'], ['ZKorektami', 'false'], ['Uwaga', 'ę & ą']],
        { renderer: 'EXCELOPENXML' },
      ),
    );
  });

  it('without a client needs none', async () => {
    expect(await shaOf(await get(addressOf(open, 'csv', 'Dni=60')))).toBe(
      expectedSha([['Dni', '60']], { path: open, renderer: 'CSV' }),
    );
  });

  it.each([
    [() => addressOf(turnover, 'pdf'), 400, 'BAD_USER_INPUT', ['client REQUIRED']],
    [() => addressOf(turnover, 'pdf', `client=${client.id}`), 400, 'BAD_USER_INPUT', ['company REQUIRED']],
    [
      () => addressOf(turnover, 'pdf', `${ofClient()}&KlientId=1`),
      400,
      'BAD_USER_INPUT',
      ['KlientId FROM_CLIENT'],
    ],
    [() => addressOf(turnover, 'html', ofClient()), 400, 'BAD_USER_INPUT', ['format FORMAT']],
    [() => addressOf('/Sprzedaż/Nie ma', 'pdf'), 404, 'NOT_FOUND', []],
    [() => addressOf('/SprzedażKrajowa/Tajne', 'pdf'), 404, 'NOT_FOUND', []],
    [
      () => addressOf(turnover, 'csv', `${ofClient()}&dialect=excel-pl`),
      400,
      'BAD_USER_INPUT',
      ['dialect DIALECT'],
    ],
  ] as const)('is refused with what is wrong and where: %#', async (address, status, code, problems) => {
    const response = await get(address());
    const { errors } = (await response.json()) as {
      errors: { extensions: { code: string; problems?: { path: string; code: string }[] } }[];
    };
    const told = errors[0]?.extensions;
    expect([
      response.status,
      told?.code,
      (told?.problems ?? []).map((one) => `${one.path} ${one.code}`),
    ]).toEqual([status, code, [...problems]]);
  });

  it('is for the roles of its folder, and for cards that one sees', async () => {
    const status = async (role: Parameters<typeof headerOf>[0], address: string) =>
      (await get(address, headerOf(role, userKey))).status;
    const { client: foreign } = await service.ask<{ client: { id: string } }>(
      '{ client(code: "OBUWNIK-LDZ") { id } }',
    );
    expect(await status('SALES', addressOf(turnover, 'pdf', ofClient()))).toBe(200);
    expect(await status('SALES', addressOf(turnover, 'pdf', `client=${foreign.id}&company=main`))).toBe(404);
    expect(await status('SALES', addressOf(open, 'pdf'))).toBe(403);
    expect(await status('FINANCE', addressOf(turnover, 'pdf', ofClient()))).toBe(403);
  });

  it('that fails is told in our codes, and ends at the server when its caller leaves', async () => {
    double.misbehave('FAILED');
    const failed = await get(addressOf(turnover, 'pdf', ofClient()));
    const { errors } = (await failed.json()) as {
      errors: { extensions: { code: string; source: string } }[];
    };
    expect(errors[0]?.extensions).toMatchObject({ code: 'ERP_CONTRACT', source: 'SSRS' });
    double.misbehave(undefined);
    double.misbehave('STALL_MIDWAY');
    const caller = new AbortController();
    const before = double.seen.cancelled;
    const response = await get(addressOf(large, 'pdf'), undefined, caller.signal);
    expect(response.status).toBe(200);
    caller.abort();
    await until(() => (double.seen.cancelled > before ? true : undefined));
  });

  it('is had at its address alone', async () => {
    const { extensions } = await service.refusal(
      `query ($id: ID, $key: String!) { client(id: $id) { report(key: $key) { truncated } } }`,
      { id: client.id, key: `ssrs${turnover}` },
    );
    expect(extensions.problems?.map(({ path, code }) => `${path} ${code}`)).toEqual(['key ENGINE']);
  });
});
