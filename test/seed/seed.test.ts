import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { fill } from '../../src/seed/fill.ts';
import { keyOf } from '../../src/seed/rows.ts';
import { normalTaxId } from '../../src/values/tax-id.ts';
import { makeCardTypes, makeClient } from '../arrange/cards.ts';
import { createTestDatabase } from '../arrange/postgres.ts';
import { startTestService, type TestService } from '../arrange/service.ts';
import { migratedTemplate } from '../arrange/template.ts';

const silent = (): void => undefined;
const count = 3_000;
let service: TestService;
beforeAll(async () => {
  service = await startTestService();
  await fill(service.databaseUrl, count, silent);
});
afterAll(() => service.close());

const ask = <Row>(text: string, values: unknown[] = []): Promise<Row[]> =>
  service.dataSource.query<Row[]>(text, values);

describe('seeded clients', () => {
  it('are as many as were asked for, each with three contacts, tax ids that are valid and no two alike', async () => {
    const clients = await ask<{ tax_id: string | null }>('SELECT tax_id FROM client');
    const taxIds = clients.flatMap(({ tax_id }) => tax_id ?? []);
    const [{ contacts } = { contacts: 0 }] = await ask<{ contacts: number }>(
      'SELECT min(n)::int AS contacts FROM (SELECT count(*) AS n FROM contact GROUP BY client_id) AS each',
    );

    expect({ clients: clients.length, contacts }).toEqual({ clients: count, contacts: 3 });
    expect(taxIds.length).toBeGreaterThan(count * 0.9);
    expect(taxIds.filter((taxId) => normalTaxId(taxId) !== taxId)).toEqual([]);
    expect(new Set(taxIds).size).toBe(taxIds.length);
  });

  it('have few common names and towns and many rare ones, and a few have many delivery places', async () => {
    const sizes = async (table: string, column: string): Promise<number[]> => {
      const rows = await ask<{ n: number }>(
        `SELECT count(*)::int AS n FROM ${table} GROUP BY ${column} ORDER BY n DESC`,
      );
      return rows.map(({ n }) => n);
    };
    const [towns, names, places] = [
      await sizes('client', 'city'),
      await sizes('contact', 'last_name'),
      await sizes('delivery_place', 'client_id'),
    ];

    expect(towns.length).toBeGreaterThan(100);
    expect(towns[0]).toBeGreaterThan(10 * (towns.at(-1) ?? 0));
    expect(names[0]).toBeGreaterThan(20 * (names[Math.floor(names.length / 2)] ?? 0));
    expect(places[0]).toBeGreaterThan(20);
    expect(places.length).toBeLessThan(count / 3);
  });

  it('are found by searching, as if they had been written by the service', async () => {
    const [card] = await ask<{ code: string; last_name: string }>(
      'SELECT code, last_name FROM client JOIN contact ON client_id = client.id WHERE client.id = $1',
      [keyOf(0, 1_234)],
    );
    // The parts of a card come in no order.
    const documents = `SELECT names, ARRAY(SELECT word FROM string_to_table(document, ' ') AS word ORDER BY word) AS words
      FROM client_search WHERE client_id = ANY($1) ORDER BY client_id`;
    const some = [[keyOf(0, 7), keyOf(0, 2_999)]];
    const seeded = await ask(documents, some);
    // The trigger makes the document anew.
    await ask(`UPDATE client SET short_name = short_name || ' x' WHERE id = ANY($1)`, some);
    await ask(`UPDATE client SET short_name = left(short_name, -2) WHERE id = ANY($1)`, some);

    const { clients } = await service.ask<{ clients: { nodes: { code: string }[] } }>(
      'query ($search: String) { clients(search: $search) { nodes { code } } }',
      { search: card?.code },
    );
    expect(clients.nodes[0]?.code).toBe(card?.code);
    expect(await ask(documents, some)).toEqual(seeded);
  });

  it('are added to, never made anew: asked for more, only what is missing is made, and the same asked for again makes nothing', async () => {
    const before = await ask('SELECT * FROM client WHERE id = $1', [keyOf(0, 42)]);

    expect([
      await fill(service.databaseUrl, count + 500, silent),
      await fill(service.databaseUrl, count, silent),
    ]).toEqual([500, 0]);
    expect(await ask('SELECT * FROM client WHERE id = $1', [keyOf(0, 42)])).toEqual(before);
    expect(await ask('SELECT count(*)::int AS n FROM client')).toEqual([{ n: count + 500 }]);
  });
});

describe('seeding beside other cards', () => {
  it('leaves out what would take their code or tax id, and leaves them as they are', async () => {
    const other = await startTestService();
    try {
      await makeCardTypes(other);
      const [like] = await ask<{ code: string }>('SELECT code FROM client WHERE id = $1', [keyOf(0, 5)]);
      const [second] = await ask<{ tax_id: string }>(
        'SELECT tax_id FROM client WHERE tax_id IS NOT NULL AND id > $1 ORDER BY id LIMIT 1',
        [keyOf(0, 10)],
      );
      const own = await makeClient(other, { code: like?.code.toLowerCase(), taxId: second?.tax_id });
      await fill(other.databaseUrl, 50, silent);
      const [{ n } = { n: 0 }] = await other.dataSource.query<{ n: number }[]>(
        'SELECT count(*)::int AS n FROM client',
      );

      expect(n).toBe(49);
      expect(await other.ask(`{ client(id: "${own.id}") { version } }`)).toEqual({ client: { version: 1 } });
    } finally {
      await other.close();
    }
  });
});

describe('seeding that is cut short', () => {
  it('leaves nothing behind, every trigger and index in place, and can be begun again', async () => {
    const database = await createTestDatabase(migratedTemplate);
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    try {
      const state = async (): Promise<unknown> =>
        (
          await client.query(`SELECT (SELECT count(*)::int FROM client) AS cards,
            (SELECT array_agg(indexname ORDER BY 1) FROM pg_indexes WHERE schemaname = 'public') AS indexes,
            (SELECT count(*)::int FROM pg_trigger WHERE tgenabled = 'D') AS off`)
        ).rows;
      const before = await state();
      const cut = fill(database.url, 20_500, () => {
        // Whatever runs for it, once it has begun.
        void client.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%fill_client_search%'`,
        );
      });

      await expect(cut).rejects.toThrow();
      expect(await state()).toEqual(before);
      expect(await fill(database.url, 100, silent)).toBe(100);
    } finally {
      await client.end();
      await database.drop();
    }
  });
});
