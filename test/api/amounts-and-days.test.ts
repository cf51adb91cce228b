import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { startBuiltService, type BuiltService } from '../arrange/built-service.ts';
import { createTestDatabase, type TestDatabase } from '../arrange/postgres.ts';
import { migratedTemplate } from '../arrange/template.ts';
import { startErp, type Erp } from '../erp/arrange-erp.ts';

let erp: Erp;
let database: TestDatabase;
let service: BuiltService;

const digits = Array.from({ length: 100 }, (_, n) => `(${n})`).join(', ');

const fill = `
  INSERT INTO kartoteka.customer (customer_id, code, name, blocked) VALUES (1, N'A', N'A', 0);
  INSERT INTO kartoteka.invoice (invoice_type, invoice_id, customer_id, kind, number, issued_on, sold_on, due_on, currency,
    net, vat, gross, remaining, counts_in_sales, cancelled) VALUES
    (0, 1, 1, 'INVOICE', N'F/1', '2026-03-29', '2026-03-29', '2026-10-25', 'PLN', 99999999999.9999, 0.0001, 99999999999.9999, 0.0001, 1, 0),
    (0, 2, 1, 'INVOICE', N'F/2', '2026-01-01', NULL, NULL, 'PLN', -0.0001, 0, -0.0001, -0.0001, 1, 0);
  INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, issued_on, amount, remaining, currency)
    SELECT 0, a.n * 100 + b.n, 1, 1, 'RECEIVABLE', '2026-01-01', 0.0001, 0.0001, 'PLN'
    FROM (VALUES ${digits}) AS a (n) CROSS JOIN (VALUES ${digits}) AS b (n);`;

beforeAll(async () => {
  erp = await startErp();
  const company = await erp.company('main', { fill });
  database = await createTestDatabase(migratedTemplate);
  service = await startBuiltService({
    TZ: 'Europe/Warsaw',
    DATABASE_URL: database.url,
    ERP_COMPANIES: JSON.stringify([company]),
  });
  await service.ask('mutation { defineCardType(input: { key: "detal", name: "Detal" }) { id } }');
  await service.ask(
    'mutation { createClient(input: { code: "A", cardType: "detal", shortName: "A", fullName: "A" }) { id } }',
  );
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`INSERT INTO erp_account (id, version, created_at, created_by, updated_at, updated_by, client_id, company_key, customer_id)
    SELECT gen_random_uuid(), 1, now(), 'test', now(), 'test', id, 'main', '1' FROM client`);
  await client.end();
}, 30_000);

afterAll(async () => {
  await service.stop();
  await database.drop();
  await erp.close();
});

it('brings the largest and the smallest amounts to the caller unchanged', async () => {
  const answer = await service.ask(
    '{ client(code: "A") { invoices { nodes { number net { amount } vat { amount } gross { amount } remaining { amount } paid { amount } } } } }',
  );
  expect(answer).toEqual({
    data: {
      client: {
        invoices: {
          nodes: [
            {
              number: 'F/1',
              net: { amount: '99999999999.9999' },
              vat: { amount: '0.0001' },
              gross: { amount: '99999999999.9999' },
              remaining: { amount: '0.0001' },
              paid: { amount: '99999999999.9998' },
            },
            {
              number: 'F/2',
              net: { amount: '-0.0001' },
              vat: { amount: '0.0000' },
              gross: { amount: '-0.0001' },
              remaining: { amount: '-0.0001' },
              paid: { amount: '0.0000' },
            },
          ],
        },
      },
    },
  });
});

it('sums ten thousand items of 0.0001 to 1.0000', async () => {
  const answer = await service.ask(
    '{ client(code: "A") { balances { items { receivable { amount currency } } } } }',
  );
  expect(answer).toEqual({
    data: { client: { balances: { items: [{ receivable: { amount: '1.0000', currency: 'PLN' } }] } } },
  });
});

it('leaves a day that day, though the machine is in Warsaw and the clock was changed on it', async () => {
  const answer = await service.ask(
    '{ client(code: "A") { invoices(filter: { issuedOn: { gte: "2026-03-29", lt: "2026-03-30" } }) { nodes { number issuedOn soldOn dueOn } } } }',
  );
  expect(answer).toEqual({
    data: {
      client: {
        invoices: {
          nodes: [{ number: 'F/1', issuedOn: '2026-03-29', soldOn: '2026-03-29', dueOn: '2026-10-25' }],
        },
      },
    },
  });
});

it('tells when a card was made in UTC', async () => {
  const before = Date.now();
  await service.ask(
    'mutation { createClient(input: { code: "B", cardType: "detal", shortName: "B", fullName: "B" }) { id } }',
  );
  const answer = (await service.ask('{ client(code: "B") { createdAt } }')) as {
    data: { client: { createdAt: string } };
  };
  const { createdAt } = answer.data.client;
  expect(createdAt).toMatch(/Z$/);
  expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(before);
  expect(Date.parse(createdAt)).toBeLessThanOrEqual(Date.now());
});
