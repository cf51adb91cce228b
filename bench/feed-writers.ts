/**
 * Writers for the check of the feed. Some write by the API as callers do; some by SQL, several to the same records, as the
 * service's other copies would; some keep their transactions open until readers have gone past them, and commit late. Each
 * remembers what it has committed, as `record:version`.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** What all writers share. */
export interface FeedWork {
  readonly urls: readonly string[];
  readonly databaseUrl: string;
  /** Takes one of the transactions that are still to be done; false when there are none left. */
  take(by: 'api' | 'sql'): boolean;
  /** Tells what a transaction has committed. */
  done(changes: readonly string[]): void;
  /** Comes when every reader has read so many changes more, or when nothing but late commits is left. */
  untilReadersPass(changes: number): Promise<void>;
}

export const bare = (id: string): string => id.slice(id.indexOf('_') + 1);
const cardType = 'feed';

export async function post<Data>(
  url: string,
  query: string,
  variables: object,
  signal?: AbortSignal,
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
    ...(signal ? { signal } : {}),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`refused: ${JSON.stringify(errors)}`);
  return data;
}

interface Written {
  readonly id: string;
  readonly version: number;
}

const mutation = (name: string, input: string): string =>
  `mutation ($input: ${input}!) { written: ${name}(input: $input) { id version } }`;

async function send(work: FeedWork, url: string, query: string, input: object): Promise<Written> {
  const { written } = await post<{ written: Written }>(url, query, { input });
  work.done([`${bare(written.id)}:${written.version}`]);
  return written;
}

/** The card type that the writers' cards are of. */
export const prepare = (work: FeedWork, url: string): Promise<Written> =>
  send(work, url, mutation('defineCardType', 'DefineCardTypeInput'), { key: cardType, name: 'Feed' });

/** Makes cards, each with a contact, changes them, deletes and restores, each write at another of the services. */
export async function writeByApi(work: FeedWork): Promise<void> {
  let next = 0;
  const write = async (name: string, type: string, input: object): Promise<Written | undefined> => {
    if (!work.take('api')) return undefined;
    next += 1;
    return send(work, work.urls[next % work.urls.length] ?? '', mutation(name, type), input);
  };
  for (;;) {
    const names = { cardType, code: randomUUID(), shortName: 'Trzewik', fullName: 'Trzewik sp. z o.o.' };
    let card = await write('createClient', 'CreateClientInput', names);
    if (!card) return;
    const contact = await write('addContact', 'AddContactInput', { clientId: card.id, lastName: 'Żak' });
    if (contact) await write('removeContact', 'VersionedId', contact);
    for (const shortName of ['Półbut', 'Trzewik', 'Kozak'])
      card &&= await write('updateClient', 'UpdateClientInput', { ...card, shortName });
    card &&= await write('deleteClient', 'VersionedId', card);
    if (card) await write('restoreClient', 'VersionedId', card);
  }
}

/** The next version of each record in turn, as the service writes it: the record is locked first, and until the transaction's end. */
const writeVersions = `CREATE FUNCTION write_versions(keys uuid[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
  DECLARE
    key uuid;
    next integer;
  BEGIN
    FOREACH key IN ARRAY keys LOOP
      UPDATE feed_record SET version = version + 1 WHERE id = key RETURNING version INTO STRICT next;
      INSERT INTO change (at, actor_id, actor, record_type, record_id, client_id, action, version, fields)
        VALUES (now(), key, 'Feed', 'NOTE', key, key, 'UPDATED', next, '[]');
      RETURN NEXT key || ':' || next;
    END LOOP;
  END $$`;

async function writeVersionsOf(session: pg.Client, keys: readonly string[]): Promise<readonly string[]> {
  const { rows } = await session.query<{ change: string }>('SELECT write_versions($1) AS change', [keys]);
  return rows.map(({ change }) => change);
}

async function inSession(databaseUrl: string, work: (session: pg.Client) => Promise<void>): Promise<void> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  try {
    await work(session);
  } finally {
    await session.end();
  }
}

/** Records that have nothing but a version, for the writers by SQL. */
export async function makeRecords(databaseUrl: string, count: number): Promise<readonly string[]> {
  const keys = Array.from({ length: count }, () => randomUUID()).sort();
  await inSession(databaseUrl, async (session) => {
    await session.query('CREATE TABLE feed_record (id uuid PRIMARY KEY, version integer NOT NULL)');
    await session.query(writeVersions);
    await session.query('INSERT INTO feed_record SELECT key, 0 FROM unnest($1::uuid[]) AS k(key)', [keys]);
  });
  return keys;
}

/** One to three of the records in a transaction, always in the same order; every seventh transaction is undone. */
export const writeBySql = (work: FeedWork, keys: readonly string[], seed: number): Promise<void> =>
  inSession(work.databaseUrl, async (session) => {
    for (let turn = seed; work.take('sql'); turn += 1) {
      const chosen = keys.filter((_, index) => (index + turn) % keys.length <= turn % 3);
      if (turn % 7 === 0) {
        await session.query('BEGIN');
        await writeVersionsOf(session, chosen);
        await session.query('ROLLBACK');
      } else work.done(await writeVersionsOf(session, chosen));
    }
  });

/** A record of its own, written by transactions that stay open until readers have read many later changes. */
export const writeLate = (work: FeedWork, key: string, hold: number): Promise<void> =>
  inSession(work.databaseUrl, async (session) => {
    while (work.take('sql')) {
      await session.query('BEGIN');
      const first = await writeVersionsOf(session, [key]);
      await work.untilReadersPass(hold);
      const second = await writeVersionsOf(session, [key]);
      await session.query('COMMIT');
      work.done([...first, ...second]);
    }
  });
