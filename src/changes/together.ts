/**
 * Many records of one kind read and written in one statement each, as moving and erasing whole cards needs it. The promises
 * are the recorder's: locked before they are written, a version more and a line in the log for each.
 */
import type { FindOptionsWhere } from 'typeorm';
import type { ChangeAction } from './change.entity.ts';
import { logChanges, type Telling } from './change-log.ts';
import { readLinksOf } from './links.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';
import type { NewValues, Writing } from './writing.ts';

/** What is written over several records: whatever they have but their lists. */
export type ValuesTogether<Entity extends RecordedEntity> = Partial<NewValues<Entity>> &
  Partial<Pick<RecordedEntity, 'deletedAt'>>;

/** Every record that meets the condition, deleted ones too, by their keys, each locked until the transaction ends. */
export async function lockTogether<Entity extends RecordedEntity>(
  { manager, run }: Writing,
  kind: RecordedKind<Entity>,
  where: FindOptionsWhere<Entity>,
): Promise<Entity[]> {
  const order = { id: 'ASC' } as never;
  const records = await manager.find(kind.entity, { where, order, lock: { mode: 'for_no_key_update' } });
  const lists = await readLinksOf(
    run,
    kind.links ?? {},
    records.map(({ id }) => id),
  );
  return records.map((record) => Object.assign(record, lists(record.id)));
}

/** `before` must be locked. */
export async function writeTogether<Entity extends RecordedEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  action: ChangeAction,
  before: readonly Entity[],
  values: ValuesTogether<Entity>,
  told?: Telling<Entity>,
): Promise<Entity[]> {
  if (before.length === 0) return [];
  const { manager, actor, now } = writing;
  const stamp = { updatedAt: now, updatedBy: actor.name };
  const set = { ...values, ...stamp, version: () => 'version + 1' } as never;
  const keys = before.map(({ id }) => id);
  await manager
    .createQueryBuilder()
    .update(kind.entity)
    .set(set)
    .where('id = ANY(:keys)', { keys })
    .execute();
  const after = before.map((one) => ({ ...one, ...values, ...stamp, version: one.version + 1 }));
  const steps = after.map((one, place) => ({ before: before[place] ?? one, after: one }));
  await logChanges(writing, kind, action, steps, told);
  return after;
}
