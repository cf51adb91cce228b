/** What merging and undoing it have in common. */
import type { FieldStep } from '../../changes/change.entity.ts';
import type { Writing } from '../../changes/writing.ts';
import { InputRejected } from '../../errors.ts';
import { publicId } from '../../values/record-id.ts';

const form = /^merge_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export const publicMergeId = (key: string): string => `merge_${key}`;

/** Throws InputRejected with code ID. */
export function mergeKeyOf(id: string): string {
  const key = form.exec(id.toLowerCase())?.[1];
  if (key !== undefined) return key;
  throw new InputRejected([{ path: 'mergeId', code: 'ID', message: 'is not an id of a merge' }]);
}

/** The foreign keys within a card would refuse a half of what moves together; they look once all of it has moved. */
export const letRecordsMove = async ({ manager }: Writing): Promise<void> =>
  void (await manager.query('SET CONSTRAINTS client_primary_contact, recipient_delivery_place DEFERRED'));

/** The cards that were merged into one, as they are at this moment. */
export async function mergedInto({ run }: Writing, winnerKey: string): Promise<string[]> {
  const text = 'SELECT id AS key FROM client WHERE merged_into_id = $1 ORDER BY id';
  const rows = await run<{ key: string }>({ name: '', text, values: [winnerKey] });
  return rows.map(({ key }) => key);
}

const listed = (keys: readonly string[]): string | null =>
  keys.length === 0 ? null : keys.map((key) => publicId('client', key)).join(', ');

/** What the winner's line in the change log tells beside its own fields. */
export const mergedFrom = (before: readonly string[], after: readonly string[]): FieldStep => ({
  name: 'mergedFrom',
  before: listed(before),
  after: listed(after),
});
