/**
 * Erases a person's data for good (RODO art. 17): from the records, the change log and what is searched. What is left tells
 * that it was done, when, by whom and to which record. Free texts of other records may still name the person, and nobody can
 * search them for a person: docs/decisions/erasure.md says what is left to people.
 */
import { In, type FindOptionsWhere } from 'typeorm';
import { eraseTogether, type Erasure } from '../../changes/erasing.ts';
import type { RecordedKind } from '../../changes/recorded-kind.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { maySee } from '../../changes/sight.ts';
import type { Writing } from '../../changes/writing.ts';
import { lockTogether } from '../../changes/together.ts';
import { RecordNotFound } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Actor } from '../../request.ts';
import type { Storage } from '../../storage/storage.ts';
import { keyOf, publicId, type RecordKind } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { attachmentKind } from '../attachments/attachment.read.ts';
import { eraseFiles } from '../attachments/erased-files.ts';
import { clientKind } from '../client.kind.ts';
import type { ContactEntity } from '../contacts/contact.entity.ts';
import { contactKind } from '../contacts/contact.read.ts';
import { deliveryPlaceKind } from '../delivery-places/delivery-place.read.ts';
import { eventKind } from '../events/event.kind.ts';
import { noteKind } from '../notes/note.read.ts';
import { recipientKind } from '../recipients/recipient.read.ts';
import type { SubRecordEntity } from '../sub-record.ts';
import { cardRecords, type CardRecord } from '../whole-card/card-records.ts';
import { namedPerson, wholeCard, wholeRecord } from './erased.ts';
import { namedAlike } from './named-alike.ts';
import { forgetSearchWords } from './search-words.ts';

const path = 'input.id';

interface Locked<Entity> {
  readonly card: ClientEntity;
  readonly record: Entity;
}

/** The record at the version given, deleted or not, and its card, whatever became of it. */
async function lockForErasing<Entity extends SubRecordEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  { id, version }: VersionedId,
): Promise<Locked<Entity>> {
  const key = keyOf(kind.kind, id, path);
  const found = await writing.manager.findOneBy(kind.entity, { id: key } as FindOptionsWhere<Entity>);
  if (!found || !(await maySee(writing, found.clientKey)))
    throw new RecordNotFound(path, publicId(kind.kind, key));
  const card = await writing.lockAny(clientKind, found.clientKey, path);
  const { deletedAt } = await writing.lockAny(kind, key, path);
  return { card, record: await writing.lock(kind, key, version, path, deletedAt !== null) };
}

function declared(kind: RecordKind): CardRecord {
  const found = cardRecords.find((record) => record.kind.kind === kind);
  if (!found) throw new Error(`${kind} is no record of a card`);
  return found;
}

/** Erases records of one kind; those that were removed already keep their day. */
async function eraseRecords(
  writing: Writing,
  record: CardRecord,
  all: readonly SubRecordEntity[],
): Promise<string[]> {
  const texts: string[] = [];
  for (const [removedAt, records] of Map.groupBy(all, ({ deletedAt }) => deletedAt?.getTime())) {
    const deletedAt = removedAt === undefined ? writing.now : new Date(removedAt);
    texts.push(...(await eraseTogether(writing, record.kind, records, wholeRecord(record, deletedAt))));
  }
  await writing.forgetFeatures(all.map(({ id }) => id));
  return texts;
}

/** The card and those that were merged into it, by whatever way, by their keys: they are the same client. */
async function lockMerged(writing: Writing, key: string): Promise<ClientEntity[]> {
  const rows = await writing.run<{ key: string }>({
    name: '',
    text: `WITH RECURSIVE same AS (
        SELECT $1::uuid AS key
        UNION SELECT client.id FROM client JOIN same ON client.merged_into_id = same.key)
      SELECT key FROM same`,
    values: [key],
  });
  return lockTogether(writing, clientKind, { id: In(rows.map((row) => row.key)) });
}

/** Where a place or recipient of the card names the contact, or did: the person is the same. Answers the texts. */
async function eraseNamedAlike<Entity extends SubRecordEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  ofPerson: Erasure<Entity>,
  contact: ContactEntity,
): Promise<string[]> {
  const texts: string[] = [];
  const alike = await namedAlike(writing, kind.read, contact);
  for (const [isNow, found] of Map.groupBy(alike, (one) => one.isNow)) {
    const where = { id: In(found.map(({ key }) => key)) } as FindOptionsWhere<Entity>;
    const records = await lockTogether(writing, kind, where);
    // Where it has come to name another, only the log tells of this one.
    const erasure = isNow ? ofPerson : { ...ofPerson, values: {} };
    texts.push(...(await eraseTogether(writing, kind, records, erasure)));
  }
  return texts;
}

export class ErasureService {
  constructor(
    private readonly recorder: Recorder,
    private readonly storage: Storage,
    private readonly log: Log,
  ) {}

  /**
   * The contact is removed, if it was not yet; where delivery places and recipients of its card name the same person, that goes
   * too. Throws InputRejected, RecordNotFound, VersionConflict.
   */
  eraseContact(actor: Actor, seen: VersionedId): Promise<void> {
    return this.recorder.write(actor, async (writing) => {
      const { card, record } = await lockForErasing<ContactEntity>(writing, contactKind, seen);
      if (card.primaryContactKey === record.id)
        await writing.updateAside(clientKind, card, { primaryContactKey: null });
      const texts = [
        ...(await eraseNamedAlike(writing, deliveryPlaceKind, namedPerson, record)),
        ...(await eraseNamedAlike(writing, recipientKind, namedPerson, record)),
        ...(await eraseRecords(writing, declared(contactKind.kind), [record])),
      ];
      await forgetSearchWords(writing, texts);
    });
  }

  /** The note is removed, if it was not yet. Throws as eraseContact does. */
  eraseNote(actor: Actor, seen: VersionedId): Promise<void> {
    return this.eraseRecord(actor, noteKind, seen);
  }

  /** The event is removed, if it was not yet. Throws as eraseContact does. */
  eraseEvent(actor: Actor, seen: VersionedId): Promise<void> {
    return this.eraseRecord(actor, eventKind, seen);
  }

  /** With the bytes of all its revisions; it is removed, if it was not yet. Throws as eraseContact does. */
  async eraseAttachment(actor: Actor, seen: VersionedId): Promise<void> {
    const stored = await this.recorder.write(actor, async (writing) => {
      const { record } = await lockForErasing(writing, attachmentKind, seen);
      await eraseRecords(writing, declared(attachmentKind.kind), [record]);
      return eraseFiles(writing, [record.id]);
    });
    await this.deleteStored(stored);
  }

  /** Of the person whom it names; the place stays. Throws as eraseContact does. */
  erasePersonAtDeliveryPlace(actor: Actor, seen: VersionedId): Promise<void> {
    return this.erasePerson(actor, deliveryPlaceKind, seen, namedPerson);
  }

  /** Of the person whom it names; the recipient stays. Throws as eraseContact does. */
  erasePersonAtRecipient(actor: Actor, seen: VersionedId): Promise<void> {
    return this.erasePerson(actor, recipientKind, seen, namedPerson);
  }

  /**
   * The card of a sole trader, with every record of it, with the cards merged into it and with the recipients of other cards
   * that name it as their member's; all of them are deleted. Throws as eraseContact does.
   */
  async eraseClient(actor: Actor, { id, version }: VersionedId): Promise<void> {
    const key = keyOf('client', id, path);
    const stored = await this.recorder.write(actor, async (writing) => {
      const { deletedAt } = await writing.lockAny(clientKind, key, path);
      await writing.lock(clientKind, key, version, path, deletedAt !== null);
      const cards = await lockMerged(writing, key);
      const keys = cards.map((card) => card.id);
      const texts: string[] = [];
      const attachments: string[] = [];
      for (const record of cardRecords) {
        const own = await lockTogether(writing, record.kind, { clientKey: In(keys) });
        if (record.kind.kind === attachmentKind.kind) attachments.push(...own.map(({ id: one }) => one));
        texts.push(...(await eraseRecords(writing, record, own)));
        if (record.kind.recordType !== recipientKind.recordType) continue;
        const elsewhere = await lockTogether(writing, recipientKind, { memberCardKey: In(keys) });
        const others = elsewhere.filter(({ clientKey }) => !keys.includes(clientKey));
        texts.push(...(await eraseRecords(writing, record, others)));
      }
      for (const card of cards) {
        const erasure = wholeCard(card, card.deletedAt ?? writing.now);
        texts.push(...(await eraseTogether(writing, clientKind, [card], erasure)));
      }
      await writing.forgetFeatures(keys);
      const files = await eraseFiles(writing, attachments);
      await forgetSearchWords(writing, texts);
      return files;
    });
    await this.deleteStored(stored);
  }

  /** Once no record tells of them. What cannot be deleted now the sweep deletes later: nobody can reach it in between. */
  private async deleteStored(keys: readonly string[]): Promise<void> {
    for (const key of keys)
      await this.storage.delete(key).catch((fault: unknown) => {
        const reason = fault instanceof Error ? fault.name : 'unknown';
        this.log.warn({ reason }, 'bytes of an erased attachment are left to the sweep');
      });
  }

  private eraseRecord<Entity extends SubRecordEntity>(
    actor: Actor,
    kind: RecordedKind<Entity>,
    seen: VersionedId,
  ): Promise<void> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockForErasing(writing, kind, seen);
      await forgetSearchWords(writing, await eraseRecords(writing, declared(kind.kind), [record]));
    });
  }

  private erasePerson<Entity extends SubRecordEntity>(
    actor: Actor,
    kind: RecordedKind<Entity>,
    seen: VersionedId,
    erasure: Erasure<Entity>,
  ): Promise<void> {
    return this.recorder.write(actor, async (writing) => {
      const { record } = await lockForErasing(writing, kind, seen);
      await forgetSearchWords(writing, await eraseTogether(writing, kind, [record], erasure));
    });
  }
}
