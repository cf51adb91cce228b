/** Changes written by SQL, in transactions that a test opens and ends as it likes. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

export async function openSession(databaseUrl: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  return session;
}

const columns = 'at, actor_id, actor, record_type, record_id, client_id, action, version, fields';

/** One change of a card that nobody else writes; answers the card's key. */
export async function insertChange(session: pg.Client, recordType = 'CLIENT'): Promise<string> {
  const key = randomUUID();
  await session.query(
    `INSERT INTO change (${columns}) VALUES (now(), $1, 'Jan', $2, $1, $1, 'CREATED', 1, '[]')`,
    [key, recordType],
  );
  return key;
}

export const insertManyChanges = (session: pg.Client, count: number): Promise<unknown> =>
  session.query(
    `INSERT INTO change (${columns})
     SELECT now(), gen_random_uuid(), 'Jan', 'CLIENT', gen_random_uuid(), NULL, 'CREATED', 1, '[]' FROM generate_series(1, $1)`,
    [count],
  );

/** The positions in the order in which the changes were written. */
export async function positions(session: pg.Client): Promise<readonly (number | null)[]> {
  const { rows } = await session.query<{ position: number | null }>(
    'SELECT position::int FROM change ORDER BY id',
  );
  return rows.map(({ position }) => position);
}
