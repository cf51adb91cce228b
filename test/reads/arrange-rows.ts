/** Rows put straight into the tables, many at once, and Reads to ask for them: for rules that want thousands of cases. */
import { fullAccess } from '../../src/access/access.ts';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import pg from 'pg';
import { ReadDatabase } from '../../src/crm-database/read-database.ts';
import { Reads } from '../../src/reads/reads.ts';
import type { RequestContext } from '../../src/request.ts';
import { createTestDatabase } from '../arrange/postgres.ts';
import { migratedTemplate } from '../arrange/template.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface Tables {
  readonly reads: Reads;
  readonly cardTypeKey: string;
  insert(table: string, rows: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  clear(): Promise<void>;
  close(): Promise<void>;
}

export async function openTables(): Promise<Tables> {
  const database = await createTestDatabase(migratedTemplate);
  const readDatabase = new ReadDatabase({ url: database.url, statementTimeoutMs: 10_000, log: silent });
  const writer = new pg.Client({ connectionString: database.url });
  await writer.connect();
  // Nothing is searched for here, and thousands of rows would each have their document written.
  await writer.query(`ALTER TABLE client DISABLE TRIGGER client_search_changed;
    ALTER TABLE contact DISABLE TRIGGER client_search_part_changed`);
  const insert: Tables['insert'] = async (table, rows) => {
    // The table's own row type takes each value as its column wants it.
    const text = `INSERT INTO ${table} SELECT * FROM json_populate_recordset(NULL::${table}, $1)`;
    await writer.query(text, [JSON.stringify(rows)]);
  };
  const cardTypeKey = randomUUID();
  const cardType = { ...recordRow(), id: cardTypeKey, key: 'shop', name: 'Sklep', active: true };
  await insert('card_type', [{ ...cardType, branches_share_tax_id: false }]);
  return {
    reads: new Reads(readDatabase.run),
    cardTypeKey,
    insert,
    clear: async () =>
      void (await writer.query('DELETE FROM feature_value; DELETE FROM contact; DELETE FROM client')),
    close: async () => {
      await readDatabase.close();
      await writer.end();
      await database.drop();
    },
  };
}

export const recordRow = () => ({
  id: randomUUID(),
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  created_by: 'x',
  updated_at: '2026-01-01T00:00:00Z',
  updated_by: 'x',
});

export const clientRow = (tables: Pick<Tables, 'cardTypeKey'>) => {
  const record = recordRow();
  return {
    ...record,
    code: record.id,
    active: true,
    card_type_id: tables.cardTypeKey,
    short_name: 'Trzewik',
    full_name: 'Trzewik sp. z o.o.',
    shares_tax_id: false,
    shared_with: [],
  };
};

export const newContext = (): RequestContext => ({
  requestId: 'test',
  actor: { id: randomUUID(), name: 'Test', access: fullAccess },
  signal: new AbortController().signal,
});

/** Few names, so that many rows are alike, with letters that plain byte order would misplace. */
export const someName = fc.constantFrom('Lasek', 'Łan', 'Lot', 'Ząb', 'Zator', 'Żak', 'Ćma', 'Cukier', 'ląd');

const polish = new Intl.Collator('pl');

/** As the database is to sort: dictionary order, and what is missing behind everything. */
export function compareTexts(left: string | null, right: string | null): number {
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return polish.compare(left, right);
}

export const compareBytes = (left: string, right: string): number =>
  Number(left > right) - Number(left < right);
