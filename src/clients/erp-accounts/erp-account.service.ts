/**
 * What joins a card to its customers in the ERPs (konta w ERP): company and customer id, any number each, one card per
 * customer. Whether the customer exists is asked of the ERP by whoever links; here the link is kept and traced.
 */
import type { Recorder } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { wishedKey } from '../../values/record-id.ts';
import { cardOf } from '../sub-record.ts';
import { erpAccountKind, type ErpAccountRow } from './erp-account.read.ts';

interface Link {
  readonly id?: string;
  readonly clientId: string;
  readonly companyKey: string;
  readonly customerId: string;
}

export class ErpAccountService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, DuplicateRecord when the customer is linked already. */
  link(actor: Actor, { id, clientId, companyKey, customerId }: Link): Promise<ErpAccountRow> {
    const wished = id === undefined ? undefined : wishedKey('account', id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, clientId);
      const account = await writing.create(erpAccountKind, wished, {
        clientKey: card.id,
        companyKey,
        customerId,
      });
      return writing.read(erpAccountKind, account.id);
    });
  }
}
