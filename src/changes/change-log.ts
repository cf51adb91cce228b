/** What a write puts down in the change log. */
import type { EntityManager } from 'typeorm';
import type { Actor } from '../request.ts';
import { publicId } from '../values/record-id.ts';
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
  readonly before?: Entity;
  readonly after: Entity;
}

/** What is told of a record, given the steps of its own fields. */
export type Telling<Entity> = (steps: readonly FieldStep[], after: Entity) => readonly FieldStep[];

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

function stepsBetween<Entity extends RecordedEntity>(
  kind: RecordedKind<Entity>,
  before: Entity | undefined,
  after: Entity,
): FieldStep[] {
  return [...cardStep(kind, before, after), ...fieldSteps(kind, before, after)];
}

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
    fields: [...told(stepsBetween(kind, before, after), after)],
  }));
  for (let from = 0; from < rows.length; from += rowsTogether)
    await manager.insert(ChangeEntity, rows.slice(from, from + rowsTogether));
}
