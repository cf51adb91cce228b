/** What a write puts down in the change log. */
import type { EntityManager } from 'typeorm';
import type { Actor } from '../request.ts';
import { ChangeEntity, type ChangeAction, type FieldStep } from './change.entity.ts';
import { fieldSteps } from './field-steps.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

interface Moment {
  readonly manager: EntityManager;
  readonly actor: Actor;
  readonly now: Date;
}

interface Step<Entity> {
  /** Undefined for a new record. */
  readonly before?: Entity | undefined;
  readonly after: Entity;
}

/** What is told of a record, given the steps of its own fields. */
export type Telling<Entity> = (steps: readonly FieldStep[], after: Entity) => readonly FieldStep[];

/** A statement has room for so many rows. */
const rowsTogether = 1_000;

/** A row for each record written. */
export async function logChanges<Entity extends RecordedEntity>(
  { manager, actor, now }: Moment,
  kind: RecordedKind<Entity>,
  action: ChangeAction,
  steps: readonly Step<Entity>[],
  told: Telling<Entity> = (own) => own,
): Promise<void> {
  const rows = steps.map(({ before, after }) => ({
    at: now,
    actorId: actor.id,
    actor: actor.name,
    recordType: kind.recordType,
    recordId: after.id,
    clientId: kind.clientKeyOf(after),
    action,
    version: after.version,
    fields: [...told(fieldSteps(kind, before, after), after)],
  }));
  for (let from = 0; from < rows.length; from += rowsTogether)
    await manager.insert(ChangeEntity, rows.slice(from, from + rowsTogether));
}
