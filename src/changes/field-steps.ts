import { publicId } from '../values/record-id.ts';
import type { FieldStep } from './change.entity.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

const deletedAt = (record: RecordedEntity): string | null => record.deletedAt?.toISOString() ?? null;

/** The card it belongs to is told only where it comes to belong to another. */
function cardStep<Entity extends RecordedEntity>(
  { clientKeyOf }: RecordedKind<Entity>,
  before: Entity | undefined,
  after: Entity,
): FieldStep[] {
  const [from, to] = [before ? clientKeyOf(before) : null, clientKeyOf(after)];
  if (from === null || to === null || from === to) return [];
  return [{ name: 'clientId', before: publicId('client', from), after: publicId('client', to) }];
}

/** What a write makes of each traced field, those that stay left out. */
export function fieldSteps<Entity extends RecordedEntity>(
  kind: RecordedKind<Entity>,
  before: Entity | undefined,
  after: Entity,
): FieldStep[] {
  const fields = Object.entries({ ...kind.traced, deletedAt }).flatMap(([name, textOf]) => {
    const step = { name, before: before ? textOf(before) : null, after: textOf(after) };
    return step.before === step.after ? [] : [step];
  });
  return [...cardStep(kind, before, after), ...fields];
}
