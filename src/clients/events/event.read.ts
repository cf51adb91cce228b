import { deletedCondition, fragmentOf, instant, oneOf } from '../../reads/conditions.ts';
import {
  idColumn,
  recordColumns,
  type FilterCondition,
  type ReadDeclaration,
} from '../../reads/declaration.ts';
import type { DateTimeFilter } from '../../values/filters.ts';
import type { RecordRow } from '../../values/record-row.ts';
import type { EventKind, EventStatus } from './event-kinds.ts';

export interface EventRow extends RecordRow {
  readonly clientId: string;
  readonly kind: EventKind;
  readonly status: EventStatus;
  readonly subject: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly startsAt: string;
  readonly endsAt: string | null;
  readonly outcome: string | null;
  readonly participantIds: readonly string[];
  readonly attendeeIds: readonly string[];
}

/** A user by key, and whether the events are those with or those without this user. */
interface Attendance {
  readonly userKey: string;
  readonly attends: boolean;
}

export interface EventConditions {
  readonly deleted?: boolean | null;
  readonly kind?: readonly EventKind[] | null;
  readonly status?: readonly EventStatus[] | null;
  readonly search?: string | null;
  readonly startsAt?: DateTimeFilter | null;
  readonly attendee?: Attendance;
  readonly mine?: Attendance;
  /** Only those of cards that are not deleted. */
  readonly ofLiveCards?: boolean;
}

const attendance: FilterCondition<Attendance> = (given, bind) =>
  given &&
  `${given.attends ? '' : 'NOT '}EXISTS (SELECT FROM event_attendee a WHERE a.event_id = t.id AND a.user_id = ${bind(given.userKey, 'uuid')})`;

const ofLiveCards: FilterCondition<boolean> = (live) =>
  live ? 'EXISTS (SELECT FROM client c WHERE c.id = t.client_id AND c.deleted_at IS NULL)' : undefined;

const idList = (id: string, table: string): string =>
  `ARRAY(SELECT ${id} FROM ${table} l WHERE l.event_id = t.id ORDER BY l.place)`;

export const eventRead: ReadDeclaration<EventRow, EventConditions, 'STARTS_AT', string> = {
  kind: 'event',
  table: 'event',
  card: 't.client_id',
  columns: {
    ...recordColumns('event'),
    clientId: idColumn('client', 't.client_id'),
    kind: 't.kind',
    status: 't.status',
    subject: 't.subject',
    description: 't.description',
    location: 't.location',
    startsAt: 't.starts_at',
    endsAt: 't.ends_at',
    outcome: 't.outcome',
    participantIds: idList(idColumn('contact', 'l.contact_id'), 'event_participant'),
    attendeeIds: idList(idColumn('user', 'l.user_id'), 'event_attendee'),
  },
  parents: { client: 't.client_id' },
  filters: {
    deleted: deletedCondition,
    kind: oneOf('t.kind', 'text'),
    status: oneOf('t.status', 'text'),
    search: fragmentOf('t.subject', 't.description', 't.location', 't.outcome'),
    startsAt: instant('t.starts_at'),
    attendee: attendance,
    mine: attendance,
    ofLiveCards,
  },
  sorts: { STARTS_AT: { sql: 't.starts_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ sort: 'STARTS_AT', direction: 'ASC' }],
};
