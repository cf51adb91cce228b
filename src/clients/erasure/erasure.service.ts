/**
 * Erases a person's data for good (RODO art. 17): from the records and their features, the change log, what is searched and
 * the stored bytes. What is left tells that it was done, when, by whom and to which record. Free texts of other records may
 * still name the person, and nobody can search them for a person: docs/decisions/erasure.md says what is left to people.
 */
import { In, type FindOptionsWhere } from 'typeorm';
import { eraseTogether, type Erasure } from '../../changes/erasing.ts';
import type { RecordedKind } from '../../changes/recorded-kind.ts';
import type { Recorder } from '../../changes/recorder.ts';
import { lockTogether } from '../../changes/together.ts';
import type { Writing } from '../../changes/writing.ts';
import { RecordNotFound } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Actor } from '../../request.ts';
import type { Storage } from '../../storage/storage.ts';
import { keyOf, publicId } from '../../values/record-id.ts';
import type { VersionedId } from '../../values/versioned-id.ts';
import type { ClientEntity } from '../client.entity.ts';
import { clientKind } from '../client.kind.ts';
import type { ContactEntity } from '../contacts/contact.entity.ts';
import { contactKind } from '../contacts/contact.read.ts';
import { deliveryPlaceKind } from '../delivery-places/delivery-place.read.ts';
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

/** What one transaction has erased. */
interface Erased {
  readonly texts: string[];
  /** Keys of stored bytes that no record tells of any more. */
  readonly bytes: string[];
}

/** The record at the version given, deleted or not, and its card, whatever became of it. */
async function lockForErasing<Entity extends SubRecordEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  { id, version }: VersionedId,
): Promise<Locked<Entity>> {
  const key = keyOf(kind.kind, id, path);
  const found = await writing.manager.findOneBy(kind.entity, { id: key } as FindOptionsWhere<Entity>);
  if (!found) throw new RecordNotFound(path, publicId(kind.kind, key));
  const card = await writing.lockAny(clientKind, found.clientKey, path);
  const { deletedAt } = await writing.lockAny(kind, key, path);
  return { card, record: await writing.lock(kind, key, version, path, deletedAt !== null) };
}

/** Erases records of one kind; those that were removed already keep their day. */
async function eraseRecords(
  writing: Writing,
  record: CardRecord,
  all: readonly SubRecordEntity[],
  erased: Erased,
): Promise<void> {
  for (const [removedAt, records] of Map.groupBy(all, ({ deletedAt }) => deletedAt?.getTime())) {
    const deletedAt = removedAt === undefined ? writing.now : new Date(removedAt);
    const erasure = wholeRecord(record, deletedAt);
    erased.texts.push(...(await eraseTogether(writing, record.kind, records, erasure)));
  }
  const keys = all.map(({ id }) => id);
  if (record.eraseFiles) erased.bytes.push(...(await record.eraseFiles(writing, keys)));
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

/** Where a place or recipient of the card names the contact, or did: the person is the same. */
async function eraseNamedAlike<Entity extends SubRecordEntity>(
  writing: Writing,
  kind: RecordedKind<Entity>,
  ofPerson: Erasure<Entity>,
  contact: ContactEntity,
  erased: Erased,
): Promise<void> {
  const alike = await namedAlike(writing, kind.read, contact);
  for (const [isNow, found] of Map.groupBy(alike, (one) => one.isNow)) {
    const where = { id: In(found.map(({ key }) => key)) } as FindOptionsWhere<Entity>;
    const records = await lockTogether(writing, kind, where);
    // Where it has come to name another, only the log tells of this one.
    const erasure = isNow ? ofPerson : { ...ofPerson, values: {} };
    erased.texts.push(...(await eraseTogether(writing, kind, records, erasure)));
  }
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
    return this.erase(actor, async (writing, erased) => {
      const { card, record } = await lockForErasing<ContactEntity>(writing, contactKind, seen);
      if (card.primaryContactKey === record.id)
        await writing.updateAside(clientKind, card, { primaryContactKey: null });
      await eraseNamedAlike(writing, deliveryPlaceKind, namedPerson, record, erased);
      await eraseNamedAlike(writing, recipientKind, namedPerson, record, erased);
      await eraseRecords(writing, declared(contactKind.kind), [record], erased);
    });
  }

  /** One whole record of a card, such as a note that tells of a person; it is removed. Throws as eraseContact does. */
  eraseRecord(actor: Actor, kind: CardRecord['kind']['kind'], seen: VersionedId): Promise<void> {
    return this.erase(actor, async (writing, erased) => {
      const record = declared(kind);
      const { record: found } = await lockForErasing(writing, record.kind, seen);
      await eraseRecords(writing, record, [found], erased);
    });
  }

  /** Of the person whom it names; the place stays. Throws as eraseContact does. */
  erasePersonAtDeliveryPlace(actor: Actor, seen: VersionedId): Promise<void> {
    return this.erasePerson(actor, deliveryPlaceKind, namedPerson, seen);
  }

  /** Of the person whom it names; the recipient stays. Throws as eraseContact does. */
  erasePersonAtRecipient(actor: Actor, seen: VersionedId): Promise<void> {
    return this.erasePerson(actor, recipientKind, namedPerson, seen);
  }

  /**
   * The card of a sole trader, with every record of it, with the cards merged into it and with the recipients of other cards
   * that name it as their member's; all of them are deleted. Throws as eraseContact does.
   */
  eraseClient(actor: Actor, { id, version }: VersionedId): Promise<void> {
    const key = keyOf('client', id, path);
    return this.erase(actor, async (writing, erased) => {
      const { deletedAt } = await writing.lockAny(clientKind, key, path);
      await writing.lock(clientKind, key, version, path, deletedAt !== null);
      const cards = await lockMerged(writing, key);
      const keys = cards.map((card) => card.id);
      for (const record of cardRecords) {
        const own = await lockTogether(writing, record.kind, { clientKey: In(keys) });
        await eraseRecords(writing, record, own, erased);
        if (record.kind.recordType !== recipientKind.recordType) continue;
        const elsewhere = await lockTogether(writing, recipientKind, { memberCardKey: In(keys) });
        const others = elsewhere.filter(({ clientKey }) => !keys.includes(clientKey));
        await eraseRecords(writing, record, others, erased);
      }
      for (const card of cards) {
        const erasure = wholeCard(card, card.deletedAt ?? writing.now);
        erased.texts.push(...(await eraseTogether(writing, clientKind, [card], erasure)));
      }
    });
  }

  private erasePerson<Entity extends SubRecordEntity>(
    actor: Actor,
    kind: RecordedKind<Entity>,
    ofPerson: Erasure<Entity>,
    seen: VersionedId,
  ): Promise<void> {
    return this.erase(actor, async (writing, erased) => {
      const { record } = await lockForErasing(writing, kind, seen);
      erased.texts.push(...(await eraseTogether(writing, kind, [record], ofPerson)));
    });
  }

  /** All of it in one transaction; then the bytes, which until then a record may still need. */
  private async erase(
    actor: Actor,
    work: (writing: Writing, erased: Erased) => Promise<void>,
  ): Promise<void> {
    const bytes = await this.recorder.write(actor, async (writing) => {
      const erased: Erased = { texts: [], bytes: [] };
      await work(writing, erased);
      await forgetSearchWords(writing, erased.texts);
      return erased.bytes;
    });
    for (const key of bytes) await this.deleteBytes(key);
  }

  /** The erasure is done and cannot be taken back: what the storage does not delete now is the sweep's. */
  private async deleteBytes(key: string): Promise<void> {
    try {
      await this.storage.delete(key);
    } catch (fault) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      this.log.error({ fault: reason }, 'erased bytes could not be deleted, and are left to the sweep');
    }
  }
}

function declared(kind: CardRecord['kind']['kind']): CardRecord {
  const record = cardRecords.find((one) => one.kind.kind === kind);
  if (!record) throw new Error(`no records of kind ${kind} belong to cards`);
  return record;
}
