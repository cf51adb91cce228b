/** The people at a client (osoby kontaktowe), any number each; at most one is the card's primary contact, kept on the card. */
import { featuresIn } from '../../changes/features-port.ts';
import type { Recorder } from '../../changes/recorder.ts';
import type { NewValues, Writing } from '../../changes/writing.ts';
import type { Actor } from '../../request.ts';
import { changedForm, changedRequired, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { wishedKey } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { clientKind } from '../client.kind.ts';
import { cardOf, lockSubRecord } from '../sub-record.ts';
import type { ContactEntity } from './contact.entity.ts';
import type { AddContactInput, UpdateContactInput } from './contact.inputs.ts';
import { contactKind, type ContactRow } from './contact.read.ts';

type ContactValues = NewValues<ContactEntity>;

const blank = {
  active: true,
  firstName: null,
  email: null,
  phone: null,
  mobile: null,
  position: null,
  department: null,
};

const membersOver = (before: ContactValues, given: AddContactInput | UpdateContactInput): ContactValues => ({
  clientKey: before.clientKey,
  lastName: changedRequired(given.lastName, before.lastName),
  active: given.active ?? before.active,
  firstName: changedText(given.firstName, before.firstName),
  email: changedText(given.email, before.email),
  phone: changedForm(given.phone, before.phone, normalPhone),
  mobile: changedForm(given.mobile, before.mobile, normalPhone),
  position: changedText(given.position, before.position),
  department: changedText(given.department, before.department),
});

export class ContactService {
  constructor(private readonly recorder: Recorder) {}

  /** Throws RecordNotFound for the card, DuplicateRecord for the id. */
  add(actor: Actor, input: AddContactInput): Promise<ContactRow> {
    return this.recorder.write(actor, async (writing) =>
      writing.read(contactKind, await this.addIn(writing, input)),
    );
  }

  /** As `add`, in a transaction of others'. Answers the key. */
  async addIn(writing: Writing, input: AddContactInput): Promise<string> {
    const wished = input.id == null ? undefined : wishedKey('contact', input.id, 'input.id');
    const card = await cardOf(writing, input.clientId);
    const blankOfCard = { ...blank, clientKey: card.id, lastName: input.lastName.trim() };
    const values = membersOver(blankOfCard, input);
    const { id } = await writing.create(contactKind, wished, values, featuresIn(input));
    await markPrimary(writing, card, id, input.primary);
    return id;
  }

  /** Throws as lockSubRecord does. */
  update(actor: Actor, input: UpdateContactInput): Promise<ContactRow> {
    return this.recorder.write(actor, async (writing) => {
      const { card, record } = await lockSubRecord(writing, contactKind, input);
      await writing.update(contactKind, record, membersOver(record, input), featuresIn(input));
      await markPrimary(writing, card, record.id, input.primary);
      return writing.read(contactKind, record.id);
    });
  }

  /** Where it is the card's primary contact, the card has none afterwards. Throws as lockSubRecord does. */
  remove(actor: Actor, seen: VersionedId): Promise<ContactRow> {
    return this.recorder.write(actor, async (writing) => {
      const { card, record } = await lockSubRecord(writing, contactKind, seen);
      await markPrimary(writing, card, record.id, false);
      await writing.remove(contactKind, record);
      return writing.read(contactKind, record.id);
    });
  }
}

async function markPrimary(
  writing: Writing,
  card: ClientEntity,
  key: string,
  primary: boolean | null | undefined,
): Promise<void> {
  if (primary === true) await writing.updateAside(clientKind, card, { primaryContactKey: key });
  if (primary === false && card.primaryContactKey === key)
    await writing.updateAside(clientKind, card, { primaryContactKey: null });
}
