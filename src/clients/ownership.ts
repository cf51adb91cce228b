/**
 * Whose a card is: its account manager's (opiekun), and those' it is shared with. Whoever sees only their own cards makes such as
 * are theirs, and cannot lose sight of one by a change of their own: handing a card over is for those who see them all.
 */
import type { Objections } from '../changes/objections.ts';
import type { Actor } from '../request.ts';
import type { ClientEntity } from './client.entity.ts';

type Owners = Pick<ClientEntity, 'accountManagerKey' | 'sharedWithKeys'>;

/** Who looks after a new card, where nobody was named. */
export const managerOfNew = ({ id, access }: Actor): string | null => (access.scope === 'OWN' ? id : null);

/** A card that is merely shared with one is somebody else's to hand over and to share. `before`: of a card that is there already. */
export function objectToOwners(objections: Objections, actor: Actor, owners: Owners, before?: Owners): void {
  if (actor.access.scope === 'ALL') return;
  if (before && before.accountManagerKey !== actor.id) objectToTaking(objections, owners, before);
  else objectToLosing(objections, actor, owners);
}

function objectToTaking(objections: Objections, owners: Owners, before: Owners): void {
  const message = 'only who looks after the card, or sees all cards, decides whose it is';
  if (owners.accountManagerKey !== before.accountManagerKey)
    objections.reject({ path: 'input.accountManagerId', code: 'NOT_YOUR_CARD', message });
  if (owners.sharedWithKeys.join() !== before.sharedWithKeys.join())
    objections.reject({ path: 'input.sharedWithIds', code: 'NOT_YOUR_CARD', message });
}

function objectToLosing(objections: Objections, { id }: Actor, owners: Owners): void {
  if (owners.accountManagerKey === id || owners.sharedWithKeys.includes(id)) return;
  objections.reject({
    path: 'input.accountManagerId',
    code: 'OUT_OF_SIGHT',
    message: 'you would not see this card any more: look after it yourself or have it shared with you',
  });
}
