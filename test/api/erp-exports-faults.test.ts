/** Exports of ERPs where there is much, or where something is amiss: nothing piles up, nothing is left out in silence. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { startErp, type Erp } from '../erp/arrange-erp.ts';
import { callersByHeader, headerOf } from '../arrange/callers.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { exportRefusal, exportedRows, getExport, idsOf } from '../arrange/exports.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { until } from '../arrange/signing-in.ts';

const big = 4_100;
const customers = 70;

let erp: Erp;
let service: TestService;

/** One customer has more orders than a statement brings, one exactly as many as it brings at first, one has an order by itself. */
const ordersOf = (customer: number): number => (customer === 3 ? big : customer === 5 ? 64 : 1);

const fill = (): string => {
  const rows = Array.from({ length: customers }, (_, place) => place + 1).flatMap((customer) =>
    Array.from(
      { length: ordersOf(customer) },
      (_, count) =>
        `(0, ${customer * 100_000 + count}, ${customer}, N'ZS/${count}', '2026-01-02', 'OPEN', 'PLN', '2026-01-02T10:00:00')`,
    ),
  );
  const portions = Array.from({ length: Math.ceil(rows.length / 1000) }, (_, place) =>
    rows.slice(place * 1000, place * 1000 + 1000),
  );
  return portions
    .map(
      (portion) =>
        `INSERT INTO kartoteka.sales_order (order_type, order_id, customer_id, number, ordered_on, status, currency, modified_at) VALUES ${portion.join(', ')};`,
    )
    .join('\nGO\n');
};

beforeAll(async () => {
  erp = await startErp();
  const companies = await Promise.all([
    erp.company('main', { fill: fill() }),
    erp.company('other', { without: ['sales_order', 'settlement'] }),
  ]);
  // Answers are kept, so that an export from them would be seen.
  service = await startTestService({
    callers: callersByHeader,
    companies,
    erp: { cacheMs: 600_000, staleMs: 600_000 },
  });
  await makeCardTypes(service);
  const { id } = await makeClient(service);
  await service.dataSource.query(
    `INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
     SELECT gen_random_uuid(), 1, now(), 'x', now(), 'x', $1::uuid, company, n::text FROM generate_series(1, $2::int) n, unnest(ARRAY['main', 'other']) company
     UNION ALL SELECT gen_random_uuid(), 1, now(), 'x', now(), 'x', $1::uuid, 'main', 'no number'`,
    [id.slice('client_'.length), customers],
  );
}, 60_000);
afterAll(async () => {
  await service.close();
  await erp.close();
});
afterEach(() => erp.server.behave());

const running = async (): Promise<number> => {
  const text = await (await fetch(new URL('metrics', service.url))).text();
  const figures =
    text.match(/^kartoteka_erp_(?:running|waiting)_statements\{company="main"\} (\d+)$/gm) ?? [];
  return figures.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
};
const nothingRuns = () => until(async () => ((await running()) === 0 ? true : undefined));

it('has every row once, however many a customer has, in statements that bring a few thousand at most', async () => {
  erp.statements();
  const rows = await exportedRows(service, 'orders.ndjson?company=main');
  const statements = erp.statements();
  const expected = Array.from({ length: customers }, (_, place) => place + 1)
    .toSorted((left, right) => (String(left) < String(right) ? -1 : 1))
    .flatMap((customer) =>
      Array.from({ length: ordersOf(customer) }, (_, count) => `order:main:0:${customer * 100_000 + count}`),
    );
  expect(idsOf(rows)).toEqual(expected);
  // Three for the customers, and for the two that have more than their first rows nine and one.
  expect(statements).toHaveLength(13);
  for (const text of statements) expect(text).toContain('TOP (@');
});

it('asks the ERP each time, whatever is kept of earlier answers', async () => {
  erp.statements();
  await exportedRows(service, 'payments.ndjson?company=main');
  const first = erp.statements().length;
  await exportedRows(service, 'payments.ndjson?company=main');
  expect(first).toBeGreaterThan(0);
  expect(erp.statements()).toHaveLength(first);
});

describe('a company that has nothing of the kind', () => {
  it('is left out and named', async () => {
    const answer = await getExport(service, 'orders.csv?columns=id');
    expect(answer.headers.get('x-kartoteka-not-offered')).toBe('other');
    expect((await answer.text()).trimEnd().split('\n')).toHaveLength(1 + big + 64 + customers - 2);
  });

  it('is told where it alone is asked', async () => {
    expect(await exportRefusal(service, 'orders.csv?company=other')).toEqual([501, 'NOT_OFFERED', undefined]);
    expect(await exportRefusal(service, 'balances.csv?company=other')).toEqual([
      501,
      'NOT_OFFERED',
      undefined,
    ]);
  });
});

describe('an ERP that fails', () => {
  it('with the first statement is told before anything is answered', async () => {
    erp.server.misbehave({ kind: 'error', number: 50_000, text: /FROM \(VALUES/ });
    expect((await getExport(service, 'orders.csv?company=main')).status).toBe(502);
  });

  it('midway ends in a broken transfer, never in a file that looks whole', async () => {
    erp.server.misbehave({ kind: 'error', number: 50_000, text: /v\.\[order_id\] >/ });
    const answer = await getExport(service, 'orders.csv?company=main');
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    await until(() => Promise.resolve(service.log.find(({ event }) => event === 'request failed')));
  });

  it('breaks its contract in a row: neither that row nor a default in its place is told', async () => {
    await erp.fill(
      'main',
      `UPDATE kartoteka.sales_order SET status = 'WHAT' WHERE order_id = ${3 * 100_000 + big - 1};`,
    );
    const answer = await getExport(service, 'orders.csv?company=main');
    await expect(answer.text()).rejects.toThrow();
    await erp.fill(
      'main',
      `UPDATE kartoteka.sales_order SET status = 'OPEN' WHERE order_id = ${3 * 100_000 + big - 1};`,
    );
  });
});

it('is given up at the ERP when its caller hangs up', async () => {
  erp.server.misbehave({ kind: 'stall', text: /v\.\[order_id\] >/ });
  const faults = () => service.log.filter(({ event }) => event === 'request failed').length;
  const before = faults();
  const hangUp = new AbortController();
  const answer = await getExport(service, 'orders.csv?company=main', {}, { signal: hangUp.signal });
  expect(answer.status).toBe(200);
  await until(async () => ((await running()) === 1 ? true : undefined));
  hangUp.abort();
  await nothingRuns();
  expect(faults()).toBe(before);
});

it('is one of four at once, and leaves its place whenever its caller hangs up', async () => {
  erp.server.misbehave({ kind: 'stall', text: /v\.\[order_id\] >/ });
  const controllers = Array.from({ length: 6 }, () => new AbortController());
  const caller = (place: number) => headerOf('ADMIN', `01a00000-0000-7000-8000-00000000e0a${place % 2}`);
  const answers = await Promise.all(
    controllers.map(({ signal }, place) =>
      getExport(service, 'orders.csv?company=main', caller(place), { signal }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 429, 429]);
  for (const controller of controllers) controller.abort();
  await nothingRuns();
  erp.server.behave();
  await until(async () => ((await getExport(service, 'payments.csv')).status === 200 ? true : undefined));
});
