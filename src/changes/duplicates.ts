import type { EntityManager } from 'typeorm';
import { publicId } from '../values/record-id.ts';
import type { Objections } from './objections.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

/**
 * Objects to every value of a record that another one has already. `refused` tells by which index the database itself
 * has refused it, if it has: that one is told of even where the record in the way is gone again, and which input is to blame
 * where the values are not the caller's own.
 */
export async function objectToDuplicates<Entity extends RecordedEntity>(
  objections: Objections,
  manager: EntityManager,
  kind: RecordedKind<Entity>,
  values: Entity,
  refused?: { readonly index: string; readonly path?: string | undefined },
): Promise<void> {
  for (const [index, rule] of Object.entries(kind.uniques)) {
    const existing = await rule.existing(manager, values);
    const isOther = existing !== undefined && existing !== values.id;
    if (isOther || index === refused?.index)
      objections.duplicate(
        refused?.path ?? rule.path,
        rule.message,
        isOther ? publicId(kind.kind, existing) : undefined,
      );
  }
}
