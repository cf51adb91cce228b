import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { developmentUser } from '../../src/users/development-user.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { startTestService, type TestService } from '../arrange/service.ts';

let erp: Erp;
let service: TestService;
let card: string;

interface Source {
  readonly company: string;
  readonly state: string;
  readonly asOf: string;
}

interface Asked {
  readonly data: { readonly client: Record<string, unknown> };
  readonly extensions?: { readonly sources?: readonly Source[] };
}

beforeAll(async () => {
  erp = await startErp();
  const company = await erp.company('main', {
    fill: `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency)
        VALUES (0, 1, 1, 'ZS/1', '2026-01-01', 'OPEN', 'PLN');
      INSERT INTO kartoteka.sales_order_line (order_type, order_id, line_no, product_name, quantity, net)
        VALUES (0, 1, 1, 'Trzewiki', 1, 10);`,
  });
  service = await startTestService({ companies: [company], erp: { staleMs: 3_600_000 } });
  await makeCardTypes(service);
  ({ id: card } = await makeClient(service));
  await service.crm.erpAccounts.link(developmentUser, {
    clientId: card,
    companyKey: 'main',
    customerId: '1',
  });
}, 60_000);

afterEach(() => erp.server.comeBack());

afterAll(async () => {
  await service.close();
  await erp.close();
});

async function ask(selection: string): Promise<Asked> {
  const response = await fetch(new URL('graphql', service.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: `{ client(id: "${card}") { ${selection} } }` }),
  });
  return (await response.json()) as Asked;
}

it('says nothing besides where all was asked just now', async () => {
  expect((await ask('orders { nodes { number lines { productName } } }')).extensions).toBeUndefined();
});

it('says for the whole answer that the lines, which have no sources of their own, are the last ones known', async () => {
  const live = await ask('orders { nodes { number lines { productName } } sources { state asOf } }');
  await erp.server.goAway();

  const stale = await ask('orders { nodes { number lines { productName } } sources { state asOf } }');

  expect(stale.data.client['orders']).toMatchObject({
    nodes: [{ number: 'ZS/1', lines: [{ productName: 'Trzewiki' }] }],
    sources: [{ state: 'STALE' }],
  });
  const [source] = stale.extensions?.sources ?? [];
  expect(source).toMatchObject({ company: 'main', state: 'STALE' });
  expect(live.data.client['orders']).toMatchObject({ sources: [{ state: 'LIVE', asOf: source?.asOf }] });
});

it('shows statements, rows, time, connections, breaker and kept answers of each company at /metrics', async () => {
  // The door finds out by itself that the server is back.
  while ((await ask('orders { nodes { number } }')).extensions !== undefined);

  const response = await fetch(new URL('metrics', service.url));
  const text = await response.text();

  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const figure = (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.split(' ')
        .at(-1),
    );
  const orders = 'company="main",statement="sales_order by customer_id"';
  expect(figure(`kartoteka_erp_statements_total{${orders},outcome="answered"}`)).toBeGreaterThan(0);
  expect(figure(`kartoteka_erp_rows_total{${orders}}`)).toBeGreaterThan(0);
  expect(figure('kartoteka_erp_statement_seconds_sum{company="main",outcome="answered"}')).toBeGreaterThan(0);
  expect(figure('kartoteka_erp_connections{company="main",use="idle"}')).toBeGreaterThan(0);
  expect(figure('kartoteka_erp_breaker{company="main",state="CLOSED"}')).toBe(1);
  expect(figure('kartoteka_erp_lookups_total{company="main",answer="asked"}')).toBeGreaterThan(0);
  expect(text).toContain('process_resident_memory_bytes');
  expect(text).not.toContain('ZS/1');
});
