/**
 * What erasing leaves of the files of cards: nothing. Each attachment keeps one revision, of its last number, that has no
 * bytes and tells of no file; the keys of the bytes that were there are told, for whoever deletes them once that is committed.
 */
import { v7 as uuidV7 } from 'uuid';
import type { Writing } from '../../changes/writing.ts';

/** Of these attachments, which must be erased already. Answers the keys of all bytes that were stored for them. */
export async function eraseFiles(
  { run, now, actor }: Writing,
  attachmentKeys: readonly string[],
): Promise<readonly string[]> {
  const gone = await run<{ key: string }>({
    name: '',
    text: 'SELECT id AS key FROM attachment_revision WHERE attachment_id = ANY($1::uuid[])',
    values: [attachmentKeys],
  });
  await run({
    name: '',
    text: 'DELETE FROM attachment_revision WHERE id = ANY($1::uuid[])',
    values: [gone.map(({ key }) => key)],
  });
  await run({
    name: '',
    text: `INSERT INTO attachment_revision (id, attachment_id, number, file_name, media_type, size, sha256, created_at, created_by)
      SELECT k.key, t.id, t.revision, t.file_name, t.media_type, t.size, t.sha256, $3::timestamptz, $4
      FROM unnest($1::uuid[], $2::uuid[]) AS k(key, attachment) JOIN attachment t ON t.id = k.attachment`,
    values: [attachmentKeys.map(() => uuidV7()), attachmentKeys, now, actor.name],
  });
  return gone.map(({ key }) => key);
}
