/** The members of a buying group (odbiorcy w grupie zakupowej): who receives goods on the group's account, with a card of its own or without. */
import type { Recorder } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { changedAddress, noAddress } from '../../values/address.ts';
import { changedForm, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import { normalTaxId } from '../../values/tax-id.ts';
import { cardOf } from '../client.service.ts';
import { recipientKind, type RecipientRow } from './recipient.read.ts';
import type { AddRecipientInput } from './recipient.type.ts';

export class RecipientService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, the member's card or the delivery place; DuplicateRecord for the code or id. */
  add(actor: Actor, input: AddRecipientInput): Promise<RecipientRow> {
    const wished = input.id == null ? undefined : wishedKey('recipient', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const { id } = await writing.create(recipientKind, wished, {
        clientKey: card.id,
        active: input.active ?? true,
        code: input.code.trim(),
        name: input.name.trim(),
        taxId: changedForm(input.taxId, null, normalTaxId),
        ...changedAddress(noAddress, input.address),
        contactName: changedText(input.contactName, null),
        phone: changedForm(input.phone, null, normalPhone),
        email: changedText(input.email, null),
        memberCardKey: changedForm(input.memberCardId, null, (text) =>
          keyOf('client', text, 'input.memberCardId'),
        ),
        deliveryPlaceKey: changedForm(input.deliveryPlaceId, null, (text) =>
          keyOf('place', text, 'input.deliveryPlaceId'),
        ),
      });
      return writing.read(recipientKind, id);
    });
  }
}
