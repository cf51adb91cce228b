/** The members of a buying group (odbiorcy w grupie zakupowej): who receives goods on the group's account, with a card of its own or without. */
import { featuresIn } from '../../changes/features-port.ts';
import type { NewValues, Recorder } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { changedAddress, noAddress } from '../../values/address.ts';
import { changedForm, changedRequired, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import { normalTaxId } from '../../values/tax-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
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

export class RecipientService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, the member's card or the delivery place; DuplicateRecord for the code or id. */
  add(actor: Actor, input: AddRecipientInput): Promise<RecipientRow> {
    const wished = input.id == null ? undefined : wishedKey('recipient', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const required = { clientKey: card.id, code: input.code.trim(), name: input.name.trim() };
      const { id } = await writing.create(
        recipientKind,
        wished,
        membersOver({ ...blank, ...required }, input),
        featuresIn(input),
      );
      return writing.read(recipientKind, id);
    });
  }

  /** Throws as lockSubRecord does, and as `add` does. */
  update(actor: Actor, input: UpdateRecipientInput): Promise<RecipientRow> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockSubRecord(writing, recipientKind, input);
      await writing.update(recipientKind, record, membersOver(record, input), featuresIn(input));
      return writing.read(recipientKind, record.id);
    });
  }

  /** Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<RecipientRow> {
    return removeSubRecord(this.recorder, actor, recipientKind, seen);
  }
}
