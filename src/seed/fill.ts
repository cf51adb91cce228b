/**
 * Puts made-up clients into a database, by COPY and in one transaction: all of them or none, and what fills most slowly, the
 * indexes of clients and their search documents, is made anew at the end where the table grows to more than twice its size.
 * The change log does not tell of them.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import {
  cardTypeKeys,
  clientRows,
  copyLine,
  documentStatement,
  keyOf,
  preparation,
  seededCards,
  tables,
  takenByOthers,
  type ClientRows,
  type Surroundings,
} from './rows.ts';

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
  // Whatever runs when the line breaks is rejected; unheard, the event would end the process before it could say why.
  client.on('error', () => undefined);
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
    await copyClients(client, before + 1, wanted, (done) => tell('clients', done - before, wanted - before));
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

/** While the database makes the documents of some, the rows of the next ones are made here. */
async function copyClients(
  client: pg.Client,
  first: number,
  last: number,
  tell: (done: number) => void,
): Promise<void> {
  const surroundings = await surroundingsOf(client);
  let documents: Promise<unknown> = Promise.resolve();
  for (let from = first; from <= last; from += batch) {
    const to = Math.min(from + batch - 1, last);
    const lines = linesOf(from, to, surroundings);
    await documents;
    for (const part of Object.keys(tables) as (keyof ClientRows)[])
      await pipeline(Readable.from(lines[part]), client.query(copyFrom(`COPY ${tables[part]} FROM STDIN`)));
    documents = client.query(documentStatement, [keyOf(0, from), keyOf(0, to)]);
    // It is waited for in any case; until then nobody is to call its failure unheard.
    documents.catch(() => undefined);
    tell(to);
  }
  await documents;
}

/** The lines of each table, several to a piece. */
function linesOf(
  first: number,
  last: number,
  surroundings: Surroundings,
): Record<keyof ClientRows, string[]> {
  const lines: Record<keyof ClientRows, string[]> = { card: [], contacts: [], places: [] };
  const step = 500;
  for (let from = first; from <= last; from += step) {
    const pieces = { card: '', contacts: '', places: '' };
    for (let n = from; n < from + step && n <= last; n += 1) {
      const rows = clientRows(n, surroundings);
      if (!rows) continue;
      pieces.card += copyLine(rows.card);
      for (const contact of rows.contacts) pieces.contacts += copyLine(contact);
      for (const place of rows.places) pieces.places += copyLine(place);
    }
    for (const part of Object.keys(pieces) as (keyof ClientRows)[]) lines[part].push(pieces[part]);
  }
  return lines;
}

async function surroundingsOf(client: pg.Client): Promise<Surroundings> {
  const types = await client.query<{ id: string }>(
    'SELECT id FROM card_type JOIN unnest($1::text[]) WITH ORDINALITY AS k(key, place) USING (key) ORDER BY k.place',
    [cardTypeKeys],
  );
  const users = await client.query<{ id: string }>('SELECT id FROM user_account ORDER BY id LIMIT 20');
  const taken = await client.query<{ value: string }>(takenByOthers);
  return {
    cardTypes: types.rows.map(({ id }) => id),
    users: users.rows.map(({ id }) => id),
    taken: new Set(taken.rows.map(({ value }) => value)),
  };
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
