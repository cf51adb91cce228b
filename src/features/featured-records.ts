/** Which records have features: one line each here, `features` in its kind, and one in featured-types.ts. */
import type { RecordedKind } from '../changes/recorded-kind.ts';
import type { RecordedEntity } from '../changes/recorded.entity.ts';
import type { Writing } from '../changes/writing.ts';
import { attachmentKind } from '../clients/attachments/attachment.read.ts';
import { clientKind } from '../clients/client.kind.ts';
import { contactKind } from '../clients/contacts/contact.read.ts';
import { deliveryPlaceKind } from '../clients/delivery-places/delivery-place.read.ts';
import { eventKind } from '../clients/events/event.kind.ts';
import { recipientKind } from '../clients/recipients/recipient.read.ts';
import { lockSubRecord, type SubRecordEntity } from '../clients/sub-record.ts';
import type { GivenFeatures } from '../changes/features-port.ts';
import { keyOf, type RecordKind } from '../values/record-id.ts';
import type { VersionedId } from '../values/versioned-id.ts';

export interface FeaturedRecord {
  readonly kind: RecordKind;
  readonly recordType: RecordedKind<RecordedEntity>['recordType'];
  readonly table: string;
  /** Changes the features of one record and answers it as it is then. Throws RecordNotFound, VersionConflict, InputRejected. */
  set(writing: Writing, seen: VersionedId, given: GivenFeatures): Promise<object>;
}

/** What locking a record takes depends on whether it belongs to a card. */
const featured = <Entity extends RecordedEntity, Row extends object>(
  kind: RecordedKind<Entity, Row>,
  lock: (writing: Writing, seen: VersionedId) => Promise<Entity>,
): FeaturedRecord => ({
  kind: kind.kind,
  recordType: kind.recordType,
  table: kind.read.table,
  set: async (writing, seen, given) => {
    const before = await lock(writing, seen);
    await writing.update(kind, before, {}, given);
    return writing.read(kind, before.id);
  },
});

const ofCard = <Entity extends SubRecordEntity, Row extends object>(
  kind: RecordedKind<Entity, Row>,
): FeaturedRecord =>
  featured(kind, async (writing, seen) => (await lockSubRecord(writing, kind, seen)).record);

export const featuredRecords: readonly FeaturedRecord[] = [
  featured(clientKind, (writing, { id, version }) =>
    writing.lock(clientKind, keyOf('client', id, 'input.id'), version, 'input.id'),
  ),
  ofCard(contactKind),
  ofCard(deliveryPlaceKind),
  ofCard(recipientKind),
  ofCard(eventKind),
  ofCard(attachmentKind),
];
