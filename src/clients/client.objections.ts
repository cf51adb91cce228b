/**
 * What the records that are there have to say against a card's new values: whom it newly names must be there, and usable.
 * Who was named already may stay.
 */
import { In, type EntityManager } from 'typeorm';
import { Objections } from '../changes/objections.ts';
import { UserEntity } from '../users/user.entity.ts';
import { keyOf } from '../values/record-id.ts';
import { usableCardType } from '../card-types/card-type.service.ts';
import type { CardTypeEntity } from '../card-types/card-type.entity.ts';
import type { ClientEntity } from './client.entity.ts';
import type { CreateClientInput, UpdateClientInput } from './client.inputs.ts';

/** Members that name other records; null and left out say nothing. */
export type NamedByClient = Partial<
  Pick<CreateClientInput & UpdateClientInput, 'accountManagerId' | 'sharedWithIds'> &
    Pick<UpdateClientInput, 'cardType' | 'primaryContactId'>
>;

interface Findings {
  readonly objections: Objections;
  /** The type that the input names, if it names one that will do. */
  readonly cardType: CardTypeEntity | undefined;
}

/** `before`: the card as it is, where it is there already. The card type is held until the transaction ends, if there is one. */
export async function objectionsTo(
  manager: EntityManager,
  named: NamedByClient,
  before?: ClientEntity,
): Promise<Findings> {
  const objections = new Objections();
  const cardType =
    named.cardType == null ? undefined : await usableCardType(manager, named.cardType, before?.cardTypeKey);
  if (named.cardType != null && !cardType)
    objections.reject({
      path: 'input.cardType',
      code: 'CARD_TYPE',
      message: `there is no active card type '${named.cardType}'`,
    });
  await objectToManager(objections, manager, named.accountManagerId, before?.accountManagerKey);
  await objectToColleagues(objections, manager, named.sharedWithIds, before?.sharedWithKeys ?? []);
  if (before) await objectToContact(objections, manager, named.primaryContactId, before);
  return { objections, cardType };
}

const gone = { code: 'INACTIVE', message: 'this user no longer works here' } as const;

async function objectToManager(
  objections: Objections,
  manager: EntityManager,
  given: string | null | undefined,
  present: string | null | undefined,
): Promise<void> {
  const path = 'input.accountManagerId';
  if (!given || keyOf('user', given, path) === present) return;
  const user = await manager.findOneBy(UserEntity, { id: keyOf('user', given, path) });
  if (!user) objections.notFound(path, given);
  else if (!user.active) objections.reject({ path, ...gone });
}

async function objectToColleagues(
  objections: Objections,
  manager: EntityManager,
  given: readonly string[] | null | undefined,
  present: readonly string[],
): Promise<void> {
  const added = (given ?? []).flatMap((id, place) => {
    const path = `input.sharedWithIds.${place}`;
    const key = keyOf('user', id, path);
    return present.includes(key) ? [] : [{ id, key, path }];
  });
  if (added.length === 0) return;
  const users = await manager.findBy(UserEntity, { id: In(added.map(({ key }) => key)) });
  for (const { id, key, path } of added) {
    const user = users.find((one) => one.id === key);
    if (!user) objections.notFound(path, id);
    else if (!user.active) objections.reject({ path, ...gone });
  }
}

/** Asked of the table itself: contacts are the business of a room below this one. */
async function objectToContact(
  objections: Objections,
  manager: EntityManager,
  given: string | null | undefined,
  { id, primaryContactKey }: ClientEntity,
): Promise<void> {
  const path = 'input.primaryContactId';
  if (!given || keyOf('contact', given, path) === primaryContactKey) return;
  const found = await manager.query<unknown[]>(
    'SELECT FROM contact WHERE id = $1 AND client_id = $2 AND deleted_at IS NULL',
    [keyOf('contact', given, path), id],
  );
  if (found.length === 0) objections.notFound(path, given);
}
