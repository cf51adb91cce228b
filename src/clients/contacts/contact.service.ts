/** The people at a client (osoby kontaktowe), any number each; at most one is the card's primary contact, kept on the card. */
import type { NewValues, Recorder, Writing } from '../../changes/recorder.ts';
import type { Actor } from '../../request.ts';
import { changedForm, changedRequired, changedText } from '../../values/changed.ts';
import { normalPhone } from '../../values/phone.ts';
import { keyOf, wishedKey } from '../../values/record-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { clientKind } from '../client.kind.ts';
import { cardOf } from '../client.service.ts';
import { ContactEntity } from './contact.entity.ts';
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
    const wished = input.id == null ? undefined : wishedKey('contact', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      const card = await cardOf(writing, input.clientId);
      const { id } = await writing.create(
        contactKind,
        wished,
        membersOver({ ...blank, clientKey: card.id, lastName: input.lastName.trim() }, input),
      );
      await markPrimary(writing, card, id, input.primary);
      return writing.read(contactKind, id);
    });
  }

  /** Throws RecordNotFound, VersionConflict. */
  update(actor: Actor, input: UpdateContactInput): Promise<ContactRow> {
    const key = keyOf('contact', input.id, 'input.id');
    return this.recorder.write(actor, async (writing) => {
      // The card first, as everywhere: two writers that lock in different orders would wait for each other.
      const card = input.primary == null ? undefined : await cardHolding(writing, key);
      const before = await writing.lock(contactKind, key, input.version, 'input.id');
      await writing.update(contactKind, before, membersOver(before, input));
      if (card) await markPrimary(writing, card, key, input.primary);
      return writing.read(contactKind, key);
    });
  }
}

async function cardHolding(writing: Writing, contactKey: string): Promise<ClientEntity | undefined> {
  const contact = await writing.manager.findOneBy(ContactEntity, { id: contactKey });
  return contact ? writing.lockAny(clientKind, contact.clientKey, 'input.id') : undefined;
}

async function markPrimary(
  writing: Writing,
  card: ClientEntity,
  key: string,
  primary: boolean | null | undefined,
): Promise<void> {
  if (primary === true) await writing.update(clientKind, card, { primaryContactKey: key });
  if (primary === false && card.primaryContactKey === key)
    await writing.update(clientKind, card, { primaryContactKey: null });
}
