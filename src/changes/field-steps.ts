import type { FieldStep } from './change.entity.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

const deletedAt = (record: RecordedEntity): string | null => record.deletedAt?.toISOString() ?? null;

/** Every traced field of a record as text, and deletedAt. */
export const valuesOf = <Entity extends RecordedEntity>(
  { traced }: Pick<RecordedKind<Entity>, 'traced'>,
  record: Entity,
): [name: string, value: string | null][] =>
  Object.entries({ ...traced, deletedAt }).map(([name, textOf]) => [name, textOf(record)]);

/** What a write makes of each traced field, those that stay left out. */
export function fieldSteps<Entity extends RecordedEntity>(
  { traced }: RecordedKind<Entity>,
  before: Entity | undefined,
  after: Entity,
): FieldStep[] {
  return Object.entries({ ...traced, deletedAt }).flatMap(([name, textOf]) => {
    const step = { name, before: before ? textOf(before) : null, after: textOf(after) };
    return step.before === step.after ? [] : [step];
  });
}
