/** Notes, attachments and events as a history tells them: live ones, by when they were made, events by when they begin. */
import { mayRead } from '../../access/record-needs.ts';
import { deletedCondition, instant } from '../../reads/conditions.ts';
import type { ReadDeclaration } from '../../reads/declaration.ts';
import type { Reads } from '../../reads/reads.ts';
import type { DateTimeFilter } from '../../values/filters.ts';
import { keyOf } from '../../values/record-id.ts';
import type { RecordRow } from '../../values/record-row.ts';
import { attachmentRead, type AttachmentRow } from '../attachments/attachment.read.ts';
import { eventRead, type EventRow } from '../events/event.read.ts';
import { noteRead, type NoteRow } from '../notes/note.read.ts';
import { entryOf, titleFrom, type HistoryRange, type HistorySource } from './history-entry.ts';
import type { HistoryKind } from './history-place.ts';

interface InRange {
  readonly deleted?: boolean;
  readonly at?: DateTimeFilter;
}

type Declared<Row extends object> = ReadDeclaration<Row, InRange, 'AT'>;

interface Told<Row extends object> {
  readonly kind: HistoryKind;
  readonly read: Pick<Declared<Row>, 'kind' | 'table' | 'card' | 'columns' | 'parents'>;
  readonly atColumn: string;
  readonly atOf: (row: Row) => string;
  readonly titleOf: (row: Row) => string;
}

/** Below any key. */
const noKey = '00000000-0000-0000-0000-000000000000';
const text = (at: number): string => new Date(at).toISOString();

const whole = (part: number | undefined): InRange => (part === undefined ? {} : { at: { gte: text(part) } });

const beyondOf = ({ bound }: HistoryRange) => bound && [text(bound.at), bound.key?.[0] ?? noKey];

const tillBound = ({ from, bound }: HistoryRange): InRange => ({
  at: { ...(from !== undefined && { gte: text(from) }), ...(bound && { lt: text(bound.at) }) },
});

function recordSource<Row extends RecordRow>(
  reads: Reads,
  { kind, read, atColumn, atOf, titleOf }: Told<Row>,
): HistorySource {
  const declared: Declared<Row> = {
    ...read,
    filters: { deleted: deletedCondition, at: instant(atColumn) },
    sorts: { AT: { sql: atColumn, type: 'timestamptz', nullable: false } },
    defaultOrder: [{ sort: 'AT', direction: 'DESC' }],
  };
  return {
    kind,
    isOpenTo: ({ actor }) => mayRead(actor.access, read.kind),
    async entries(context, keys, range, limit) {
      const head = { filter: whole(range.from), beyond: beyondOf(range), limit };
      const rows = await reads.headsOf(context, declared, 'client', keys, head);
      return rows.map((own) => ({
        missing: false,
        value: own.map((row) => {
          const place = { at: Date.parse(atOf(row)), kind, key: [keyOf(read.kind, row.id, 'id')] };
          return entryOf(place, { title: titleOf(row), actor: row.createdBy, of: row });
        }),
      }));
    },
    async count(context, keys, range) {
      const counts = await reads.countsOf(context, declared, 'client', keys, tillBound(range));
      return counts.map((value) => ({ value, missing: false }));
    },
  };
}

export const recordSources = (reads: Reads): readonly HistorySource[] => [
  recordSource<NoteRow>(reads, {
    kind: 'NOTE',
    read: noteRead,
    atColumn: 't.created_at',
    atOf: ({ createdAt }) => createdAt,
    titleOf: (note) => titleFrom(note.text),
  }),
  recordSource<AttachmentRow>(reads, {
    kind: 'ATTACHMENT',
    read: attachmentRead,
    atColumn: 't.created_at',
    atOf: ({ createdAt }) => createdAt,
    titleOf: ({ fileName }) => titleFrom(fileName),
  }),
  recordSource<EventRow>(reads, {
    kind: 'EVENT',
    read: eventRead,
    atColumn: 't.starts_at',
    atOf: ({ startsAt }) => startsAt,
    titleOf: ({ subject }) => titleFrom(subject),
  }),
];
