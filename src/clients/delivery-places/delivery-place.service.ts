/** Where a client's goods are delivered (miejsca dostaw), any number each, with a code unique within the card. */
import type { Recorder } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { changedAddress, noAddress } from '../../values/address.ts';
import { changedForm, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { wishedKey } from '../../values/record-id.ts';
import { cardOf } from '../client.service.ts';
import { deliveryPlaceKind, type DeliveryPlaceRow } from './delivery-place.read.ts';
import type { AddDeliveryPlaceInput } from './delivery-place.type.ts';

export class DeliveryPlaceService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, DuplicateRecord for the code or id. */
  add(actor: Actor, input: AddDeliveryPlaceInput): Promise<DeliveryPlaceRow> {
    const wished = input.id == null ? undefined : wishedKey('place', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const { id } = await writing.create(deliveryPlaceKind, wished, {
        clientKey: card.id,
        active: input.active ?? true,
        code: input.code.trim(),
        name: input.name.trim(),
        ...changedAddress(noAddress, input.address),
        contactName: changedText(input.contactName, null),
        phone: changedForm(input.phone, null, normalPhone),
        email: changedText(input.email, null),
        openingHours: changedText(input.openingHours, null),
        instructions: changedText(input.instructions, null),
      });
      return writing.read(deliveryPlaceKind, id);
    });
  }
}
