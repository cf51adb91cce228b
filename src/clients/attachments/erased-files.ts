/** What erasing an attachment takes beside its own columns: its revisions, and the bytes of each. */
import { erasedText } from '../../changes/erasing.ts';
import type { Writing } from '../../changes/writing.ts';

/** Of a file of which nothing is left. */
export const noFile = { fileName: erasedText, size: '0', sha256: '0'.repeat(64) };

/**
 * Leaves of each revision only its number, and when and by whom it was brought. As a revision's id is the key of its bytes, each gets
 * another: no record tells of the bytes then. Answers the keys they had, for whoever deletes the bytes once this is
 * committed; what he does not come to do is done by the sweep.
 */
export async function eraseRevisions({ run }: Writing, attachmentKeys: readonly string[]): Promise<string[]> {
  const rows = await run<{ key: string }>({
    name: '',
    text: `WITH had AS (SELECT id FROM attachment_revision WHERE attachment_id = ANY($1::uuid[])),
      erased AS (
        UPDATE attachment_revision AS r SET id = gen_random_uuid(), file_name = $2, media_type = 'application/octet-stream',
          size = $3::bigint, sha256 = $4
        FROM had WHERE r.id = had.id)
      SELECT id AS key FROM had`,
    values: [attachmentKeys, noFile.fileName, noFile.size, noFile.sha256],
  });
  return rows.map(({ key }) => key);
}
