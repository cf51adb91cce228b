/**
 * Puts made-up clients into a database, by SQL and in one transaction: all of them or none, and what fills most slowly, the
 * indexes of clients and their search documents, is made anew at the end where the table grows to more than twice its size.
 * The change log does not tell of them.
 */
import pg from 'pg';
import { documentStatement, preparation, rowParameters, rowStatements, seededCards } from './rows.ts';

const batch = 20_000;

/** As many as keys have room for. */
export const mostClients = 16_000_000;

type Tell = (step: string, done: number, all: number) => void;

const grown = ['client', 'client_search'];
const withTriggers = ['client', 'contact', 'delivery_place'];

interface Index {
  readonly name: string;
  readonly definition: string;
}

/** Makes the database hold `wanted` seeded clients, and answers how many it made now. */
export async function fill(url: string, wanted: number, tell: Tell): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const before = await count(client, seededCards);
    if (before >= wanted) return 0;
    await client.query('BEGIN');
    await client.query("SET LOCAL maintenance_work_mem = '256MB'");
    await client.query("SET LOCAL work_mem = '64MB'");
    for (const statement of preparation) await client.query(statement);
    for (const table of withTriggers) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    const rebuild = wanted - before > (await count(client, 'SELECT count(*)::int AS count FROM client'));
    const indexes = rebuild ? await dropIndexes(client) : [];
    for (let first = before + 1; first <= wanted; first += batch) {
      const last = Math.min(first + batch - 1, wanted);
      const parameters = rowParameters(first, last);
      for (const statement of rowStatements) await client.query(statement, parameters);
      await client.query(documentStatement, [first, last]);
      tell('clients', last - before, wanted - before);
    }
    for (const [place, { definition }] of indexes.entries()) {
      tell('indexes', place, indexes.length);
      await client.query(definition);
    }
    for (const table of withTriggers) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
    await client.query('COMMIT');
    tell('statistics', 0, 1);
    await client.query('VACUUM (ANALYZE)');
    return wanted - before;
  } finally {
    await client.end();
  }
}

async function count(client: pg.Client, statement: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(statement);
  return rows[0]?.count ?? 0;
}

async function dropIndexes(client: pg.Client): Promise<Index[]> {
  const { rows } = await client.query<Index>(
    `SELECT indexname AS name, indexdef AS definition
     FROM pg_indexes JOIN pg_index ON indexrelid = format('%I.%I', schemaname, indexname)::regclass
     WHERE schemaname = current_schema() AND tablename = ANY($1) AND NOT indisunique`,
    [grown],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${pg.escapeIdentifier(name)}`);
  return rows;
}
