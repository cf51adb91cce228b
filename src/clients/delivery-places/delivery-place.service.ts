/** Where a client's goods are delivered (miejsca dostaw), any number each, with a code unique within the card. */
import { featuresIn } from '../../changes/features-port.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { NewValues } from '../../changes/writing.ts';
import type { Actor } from '../../request.ts';
import { changedAddress, noAddress } from '../../values/address.ts';
import { changedForm, changedRequired, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import { cardOf, lockSubRecord, removeSubRecord } from '../sub-record.ts';
import type { DeliveryPlaceEntity } from './delivery-place.entity.ts';
import type { AddDeliveryPlaceInput, UpdateDeliveryPlaceInput } from './delivery-place.inputs.ts';
import { deliveryPlaceKind, type DeliveryPlaceRow } from './delivery-place.read.ts';

type DeliveryPlaceValues = NewValues<DeliveryPlaceEntity>;

const blank = {
  active: true,
  ...noAddress,
  contactName: null,
  phone: null,
  email: null,
  openingHours: null,
  instructions: null,
};

const membersOver = (
  before: DeliveryPlaceValues,
  given: AddDeliveryPlaceInput | UpdateDeliveryPlaceInput,
): DeliveryPlaceValues => ({
  clientKey: before.clientKey,
  active: given.active ?? before.active,
  code: changedRequired(given.code, before.code),
  name: changedRequired(given.name, before.name),
  ...changedAddress(before, given.address),
  contactName: changedText(given.contactName, before.contactName),
  phone: changedForm(given.phone, before.phone, normalPhone),
  email: changedText(given.email, before.email),
  openingHours: changedText(given.openingHours, before.openingHours),
  instructions: changedText(given.instructions, before.instructions),
});

export class DeliveryPlaceService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, DuplicateRecord for the code or id. */
  add(actor: Actor, input: AddDeliveryPlaceInput): Promise<DeliveryPlaceRow> {
    const wished = input.id == null ? undefined : wishedKey('place', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const required = { clientKey: card.id, code: input.code.trim(), name: input.name.trim() };
      const { id } = await writing.create(
        deliveryPlaceKind,
        wished,
        membersOver({ ...blank, ...required }, input),
        featuresIn(input),
      );
      return writing.read(deliveryPlaceKind, id);
    });
  }

  /** Throws as lockSubRecord does, DuplicateRecord for the code. */
  update(actor: Actor, input: UpdateDeliveryPlaceInput): Promise<DeliveryPlaceRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, deliveryPlaceKind, input);
      await writing.update(deliveryPlaceKind, record, membersOver(record, input), featuresIn(input));
      return writing.read(deliveryPlaceKind, record.id);
    });
  }

  /** Recipients whose goods go there go on saying so. Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<DeliveryPlaceRow> {
    return removeSubRecord(this.recorder, actor, deliveryPlaceKind, seen);
  }
}
