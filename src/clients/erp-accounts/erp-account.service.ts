/**
 * What joins a card to its customers in the ERPs (konta w ERP): company and customer id, several each if need be, one card per
 * customer. Whether the customer exists is asked of the ERP by whoever links; here the link is kept and traced.
 */
import { IsNull } from 'typeorm';
import type { Recorder } from '../../changes/recorder.ts';
import type { Writing } from '../../changes/writing.ts';
import { mostAccounts } from '../../erp/accounts.ts';
import { InputRejected } from '../../errors.ts';
import type { Actor } from '../../request.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { cardOf } from '../sub-record.ts';
import { ErpAccountEntity } from './erp-account.entity.ts';
import { erpAccountKind, type ErpAccountRow } from './erp-account.read.ts';

interface Place {
  readonly clientId: string;
  readonly companyKey: string;
}

interface Link extends Place {
  readonly id?: string;
  readonly customerId: string;
}

export class ErpAccountService {
  constructor(private readonly recorder: Recorder) {}

  /** Whether the card could have another account there. Throws RecordNotFound for the card, InputRejected with code TOO_MANY. */
  async checkRoom(actor: Actor, place: Place): Promise<void> {
    await this.recorder.write(actor, (writing) => cardWithRoom(writing, place));
  }

  /** Throws as checkRoom does, DuplicateRecord when the customer is linked already, to whichever card. */
  link(actor: Actor, link: Link): Promise<ErpAccountRow> {
    return this.recorder.write(actor, async (writing) =>
      writing.read(erpAccountKind, await this.linkIn(writing, link)),
    );
  }

  /** As `link`, in a transaction of others'. Answers the key. */
  async linkIn(writing: Writing, { id, customerId, ...place }: Link): Promise<string> {
    const wished = id === undefined ? undefined : wishedKey('account', id, 'input.id');
    const card = await cardWithRoom(writing, place);
    const account = await writing.create(erpAccountKind, wished, {
      clientKey: card.id,
      companyKey: place.companyKey,
      customerId,
    });
    return account.id;
  }

  /** Also on a deleted card, which would else keep its customer for good. Throws InputRejected, RecordNotFound, VersionConflict. */
  async unlink(actor: Actor, { id, version }: VersionedId): Promise<void> {
    const key = keyOf('account', id, 'input.id');
    await this.recorder.write(actor, async (writing) => {
      const account = await writing.lock(erpAccountKind, key, version, 'input.id');
      await writing.remove(erpAccountKind, account);
    });
  }
}

/** Locked, so that its accounts grow one at a time. */
async function cardWithRoom(writing: Writing, { clientId, companyKey }: Place): Promise<ClientEntity> {
  const card = await cardOf(writing, clientId);
  const linked = { clientKey: card.id, companyKey, deletedAt: IsNull() };
  if ((await writing.manager.countBy(ErpAccountEntity, linked)) < mostAccounts) return card;
  const message = `has ${mostAccounts} accounts in ${companyKey}, and more cannot be listed together`;
  throw new InputRejected([{ path: 'input.clientId', code: 'TOO_MANY', message }]);
}
