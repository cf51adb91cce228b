/**
 * What belongs to a card: every kind of record, said once, for whatever takes a card as a whole. A kind that is not
 * declared here would stay behind when cards are merged and keep a person's data when one is erased; a test finds every
 * table that points at cards and fails while it is not here.
 */
import { erasedText } from '../../changes/erasing.ts';
import type { RecordedKind } from '../../changes/recorded-kind.ts';
import type { ValuesTogether } from '../../changes/together.ts';
import type { Writing } from '../../changes/writing.ts';
import { noAddress } from '../../values/address.ts';
import { attachmentKind } from '../attachments/attachment.read.ts';
import { eraseRevisions, noFile } from '../attachments/erased-files.ts';
import { contactKind } from '../contacts/contact.read.ts';
import { deliveryPlaceKind } from '../delivery-places/delivery-place.read.ts';
import { erpAccountKind } from '../erp-accounts/erp-account.read.ts';
import { eventKind } from '../events/event.kind.ts';
import { noteKind } from '../notes/note.read.ts';
import { recipientKind } from '../recipients/recipient.read.ts';
import type { SubRecordEntity } from '../sub-record.ts';

export interface CardRecord<Entity extends SubRecordEntity = SubRecordEntity> {
  readonly kind: RecordedKind<Entity>;
  /** Removed ones stay with the card they were removed from: they never come back. */
  readonly gone?: 'stays';
  /** Its live records have codes of which each card has one. */
  readonly codes?: true;
  /** SQL: keys of records of this kind that name one of the records $1 but are none of them. */
  readonly naming?: string;
  /** What takes the place of whatever of it tells of a person, when its card is erased. */
  readonly erased: ValuesTogether<Entity>;
  /** Traced fields that tell of no person: all others are erased from the change log, new ones too. */
  readonly impersonal: readonly string[];
  /** Erases what records keep beside their own columns, of those with these keys. Answers the keys of stored bytes that nobody tells of then. */
  readonly eraseFiles?: (writing: Writing, keys: readonly string[]) => Promise<string[]>;
}

/** Lists of several kinds hold them as what they have in common. */
const cardRecord = <Entity extends SubRecordEntity>(record: CardRecord<Entity>): CardRecord =>
  record as unknown as CardRecord;

/** The person named on a delivery place or a recipient. */
export const noPerson = { contactName: null, phone: null, email: null };

export const cardRecords: readonly CardRecord[] = [
  cardRecord({
    kind: contactKind,
    erased: {
      active: false,
      lastName: erasedText,
      firstName: null,
      email: null,
      phone: null,
      mobile: null,
      position: null,
      department: null,
    },
    impersonal: ['active'],
  }),
  cardRecord({
    kind: deliveryPlaceKind,
    codes: true,
    erased: {
      active: false,
      code: erasedText,
      name: erasedText,
      ...noAddress,
      ...noPerson,
      openingHours: null,
      instructions: null,
    },
    impersonal: ['active'],
  }),
  cardRecord({
    kind: recipientKind,
    codes: true,
    naming: 'SELECT id AS key FROM recipient WHERE delivery_place_id = ANY($1) AND id <> ALL($1)',
    erased: {
      active: false,
      code: erasedText,
      name: erasedText,
      taxId: null,
      ...noAddress,
      ...noPerson,
    },
    impersonal: ['active', 'memberCardId', 'deliveryPlaceId'],
  }),
  cardRecord({
    kind: attachmentKind,
    erased: { ...noFile, description: null, validFrom: null, validUntil: null },
    impersonal: ['category', 'revision', 'mediaType'],
    eraseFiles: eraseRevisions,
  }),
  cardRecord({ kind: noteKind, erased: { text: erasedText }, impersonal: ['pinned'] }),
  cardRecord({
    kind: eventKind,
    naming:
      'SELECT DISTINCT event_id AS key FROM event_participant WHERE contact_id = ANY($1) AND event_id <> ALL($1)',
    erased: { subject: erasedText, description: null, location: null, outcome: null },
    impersonal: ['kind', 'status', 'startsAt', 'endsAt', 'participantIds', 'attendeeIds'],
  }),
  cardRecord({
    kind: erpAccountKind,
    gone: 'stays',
    erased: { customerId: erasedText },
    impersonal: ['companyKey'],
  }),
];
