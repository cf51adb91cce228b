import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { publicId, type RecordKind } from '../../values/record-id.ts';
import { EventEntity } from './event.entity.ts';
import { eventRead, type EventRow } from './event.read.ts';

const idsOf = (kind: RecordKind, keys: readonly string[]): string | null =>
  keys.length === 0 ? null : keys.map((key) => publicId(kind, key)).join(', ');

export const eventKind: RecordedKind<EventEntity, EventRow> = {
  kind: 'event',
  recordType: 'EVENT',
  entity: EventEntity,
  erasedWhole: true,
  read: eventRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    kind: ({ kind }) => kind,
    status: ({ status }) => status,
    subject: ({ subject }) => subject,
    description: ({ description }) => description,
    location: ({ location }) => location,
    startsAt: ({ startsAt }) => startsAt.toISOString(),
    endsAt: ({ endsAt }) => endsAt?.toISOString() ?? null,
    outcome: ({ outcome }) => outcome,
    participantIds: ({ participantKeys }) => idsOf('contact', participantKeys),
    attendeeIds: ({ attendeeKeys }) => idsOf('user', attendeeKeys),
  },
  links: {
    participantKeys: { table: 'event_participant', owner: 'event_id', member: 'contact_id' },
    attendeeKeys: { table: 'event_attendee', owner: 'event_id', member: 'user_id' },
  },
  features: {},
  uniques: {},
};
