import { publicId } from '../values/record-id.ts';
import type { Objections } from './objections.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';
import { maySeeRecord, type Looker } from './sight.ts';

/**
 * Objects to every value of a record that another one has already. `refused` tells by which index the database itself
 * has refused it, if it has: that one is told of even where the record in the way is gone again, and which input is to blame
 * where the values are not the caller's own. A record that the actor does not see is not named.
 */
export async function objectToDuplicates<Entity extends RecordedEntity>(
  objections: Objections,
  looker: Looker,
  kind: RecordedKind<Entity>,
  values: Entity,
  refused?: { readonly index: string; readonly path?: string | undefined },
): Promise<void> {
  for (const [index, rule] of Object.entries(kind.uniques)) {
    const existing = await rule.existing(looker.manager, values);
    const isOther = existing !== undefined && existing !== values.id;
    if (isOther || index === refused?.index)
      objections.duplicate(
        refused?.path ?? rule.path,
        rule.message,
        isOther && (await maySeeRecord(looker, kind, existing)) ? publicId(kind.kind, existing) : undefined,
      );
  }
}
