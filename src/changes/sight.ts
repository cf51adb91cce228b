/**
 * The row scope of whoever writes: a record of a card that the actor does not see is to them as if it were not there, locked or
 * not, and is not named where it stands in the way.
 */
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { isOwn, sightOf } from '../reads/own-cards.ts';
import { binder } from '../reads/page-rows.ts';
import type { Actor } from '../request.ts';
import type { RecordedEntity } from './recorded.entity.ts';
import type { RecordedKind } from './recorded-kind.ts';

export interface Looker {
  readonly manager: EntityManager;
  readonly actor: Actor;
}

/** `cardKey`: of the card that something belongs to; null for what belongs to none. */
export async function maySee({ manager, actor }: Looker, cardKey: string | null): Promise<boolean> {
  if (sightOf({ actor }) === undefined || cardKey === null) return true;
  const { bind, values } = binder();
  const own = isOwn(bind(cardKey, 'uuid'), sightOf({ actor }), bind);
  const found = await manager.query<unknown[]>(`SELECT WHERE ${own.join(' AND ')}`, values);
  return found.length > 0;
}

/** As maySee, of a record known only by its key. */
export async function maySeeRecord<Entity extends RecordedEntity>(
  looker: Looker,
  kind: RecordedKind<Entity>,
  key: string,
): Promise<boolean> {
  if (sightOf(looker) === undefined) return true;
  const record = await looker.manager.findOneBy(kind.entity, { id: key } as FindOptionsWhere<Entity>);
  return record !== null && maySee(looker, kind.clientKeyOf(record));
}
