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

export function objectToLosing(objections: Objections, { id, access }: Actor, owners: Owners): void {
  if (access.scope === 'ALL' || owners.accountManagerKey === id || owners.sharedWithKeys.includes(id)) return;
  objections.reject({
    path: 'input.accountManagerId',
    code: 'OUT_OF_SIGHT',
    message: 'you would not see this card any more: look after it yourself or have it shared with you',
  });
}
