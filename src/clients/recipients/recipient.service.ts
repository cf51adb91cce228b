/** The members of a buying group (odbiorcy w grupie zakupowej): who receives goods on the group's account, with a card of its own or without. */
import { IsNull } from 'typeorm';
import { featuresIn } from '../../changes/features-port.ts';
import { Objections } from '../../changes/objections.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { maySee } from '../../changes/sight.ts';
import type { NewValues, Writing } from '../../changes/writing.ts';
import type { Actor } from '../../request.ts';
import { changedAddress, noAddress } from '../../values/address.ts';
import { changedForm, changedRequired, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { keyOf, publicId, wishedKey } from '../../values/record-id.ts';
import { normalTaxId } from '../../values/tax-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import { ClientEntity } from '../client.entity.ts';
import { DeliveryPlaceEntity } from '../delivery-places/delivery-place.entity.ts';
import { cardOf, lockSubRecord, removeSubRecord } from '../sub-record.ts';
import type { RecipientEntity } from './recipient.entity.ts';
import type { AddRecipientInput, UpdateRecipientInput } from './recipient.inputs.ts';
import { recipientKind, type RecipientRow } from './recipient.read.ts';

type RecipientValues = NewValues<RecipientEntity>;

const blank = {
  active: true,
  taxId: null,
  ...noAddress,
  contactName: null,
  phone: null,
  email: null,
  memberCardKey: null,
  deliveryPlaceKey: null,
};

const membersOver = (
  before: RecipientValues,
  given: AddRecipientInput | UpdateRecipientInput,
): RecipientValues => ({
  clientKey: before.clientKey,
  active: given.active ?? before.active,
  code: changedRequired(given.code, before.code),
  name: changedRequired(given.name, before.name),
  taxId: changedForm(given.taxId, before.taxId, normalTaxId),
  ...changedAddress(before, given.address),
  contactName: changedText(given.contactName, before.contactName),
  phone: changedForm(given.phone, before.phone, normalPhone),
  email: changedText(given.email, before.email),
  memberCardKey: changedForm(given.memberCardId, before.memberCardKey, (id) =>
    keyOf('client', id, 'input.memberCardId'),
  ),
  deliveryPlaceKey: changedForm(given.deliveryPlaceId, before.deliveryPlaceKey, (id) =>
    keyOf('place', id, 'input.deliveryPlaceId'),
  ),
});

type References = Pick<RecipientValues, 'memberCardKey' | 'deliveryPlaceKey'>;

/**
 * Throws where a card or delivery place newly named is not there, is deleted, or is the group's own card or not its place.
 * What was named already may stay.
 */
async function check(
  writing: Writing,
  values: RecipientValues,
  before: References,
  key: string | undefined,
  given: AddRecipientInput | UpdateRecipientInput,
): Promise<void> {
  const { clientKey, memberCardKey, deliveryPlaceKey } = values;
  const { manager } = writing;
  const objections = new Objections();
  if (memberCardKey === clientKey)
    objections.reject({
      path: 'input.memberCardId',
      code: 'OWN_CARD',
      message: 'is the card of the group itself, which cannot be its own member',
    });
  else if (memberCardKey !== null && memberCardKey !== before.memberCardKey) {
    const there = await manager.existsBy(ClientEntity, { id: memberCardKey, deletedAt: IsNull() });
    if (!there || !(await maySee(writing, memberCardKey)))
      objections.notFound('input.memberCardId', publicId('client', memberCardKey));
  }
  if (deliveryPlaceKey !== null && deliveryPlaceKey !== before.deliveryPlaceKey) {
    const place = { id: deliveryPlaceKey, clientKey, deletedAt: IsNull() };
    if (!(await manager.existsBy(DeliveryPlaceEntity, place)))
      objections.notFound('input.deliveryPlaceId', publicId('place', deliveryPlaceKey));
  }
  await writing.raise(objections, recipientKind, values, { key, given: featuresIn(given) });
}

export class RecipientService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, the member's card or the delivery place; DuplicateRecord for the code or id. */
  add(actor: Actor, input: AddRecipientInput): Promise<RecipientRow> {
    const wished = input.id == null ? undefined : wishedKey('recipient', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const required = { clientKey: card.id, code: input.code.trim(), name: input.name.trim() };
      const values = membersOver({ ...blank, ...required }, input);
      await check(writing, values, blank, wished, input);
      const { id } = await writing.create(recipientKind, wished, values, featuresIn(input));
      return writing.read(recipientKind, id);
    });
  }

  /** Throws as lockSubRecord does, and as `add` does. */
  update(actor: Actor, input: UpdateRecipientInput): Promise<RecipientRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, recipientKind, input);
      const values = membersOver(record, input);
      await check(writing, values, record, record.id, input);
      await writing.update(recipientKind, record, values, featuresIn(input));
      return writing.read(recipientKind, record.id);
    });
  }

  /** Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<RecipientRow> {
    return removeSubRecord(this.recorder, actor, recipientKind, seen);
  }
}
