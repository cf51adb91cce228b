/** What the limit writes: a note with its line of the change log in one statement and so in one transaction, and a file. */
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';

const actor = { key: '0190c000-0000-7000-8000-000000000001', name: 'Użytkownik deweloperski' };

const addNote = {
  name: 'add note',
  text: `WITH made AS (
      INSERT INTO note (id, version, created_at, created_by, updated_at, updated_by, client_id, text, pinned)
      VALUES ($1, 1, now(), $2, now(), $2, $3, $4, false) RETURNING *),
    told AS (
      INSERT INTO change (at, actor_id, actor, record_type, record_id, client_id, action, version, fields)
      SELECT created_at, $5, $2, 'NOTE', id, client_id, 'CREATED', 1,
        jsonb_build_array(jsonb_build_object('name', 'text', 'before', NULL, 'after', text),
          jsonb_build_object('name', 'pinned', 'before', NULL, 'after', 'false')) FROM made)
    SELECT row_to_json(n)::text AS body
    FROM (SELECT 'note_' || id AS id, text, pinned, version, created_by AS "createdBy" FROM made) n`,
};

export interface NoteWish {
  readonly key: string;
  readonly text: string;
}

export async function writeNote(pool: pg.Pool, { key, text }: NoteWish): Promise<string> {
  const { rows } = await pool.query<{ body: string }>({
    ...addNote,
    values: [randomUUID(), actor.name, key, text, actor.key],
  });
  return `{"data":{"addNote":${rows[0]?.body ?? 'null'}}}`;
}

/** Streams it to the disk and answers once it is there, as whoever gives it back after a power cut must. */
export async function keepFile(request: IncomingMessage, folder: string): Promise<string> {
  const file = createWriteStream(join(folder, randomUUID()), { flags: 'wx', flush: true });
  await pipeline(request, file);
  return `{"data":{"addAttachment":{"size":${file.bytesWritten}}}}`;
}
