import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition, equals, fragmentOf } from '../../reads/conditions.ts';
import { idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import type { RecordRow } from '../../values/record-row.ts';
import { NoteEntity } from './note.entity.ts';
import type { NoteFilter } from './note.type.ts';

export interface NoteRow extends RecordRow {
  readonly clientId: string;
  readonly text: string;
  readonly pinned: boolean;
}

export const noteRead: ReadDeclaration<NoteRow, NoteFilter, 'PINNED' | 'CREATED_AT', string> = {
  kind: 'note',
  table: 'note',
  card: 't.client_id',
  columns: {
    ...recordColumns('note'),
    clientId: idColumn('client', 't.client_id'),
    text: 't.text',
    pinned: 't.pinned',
  },
  parents: { client: 't.client_id' },
  filters: {
    deleted: deletedCondition,
    pinned: equals('t.pinned', 'boolean'),
    search: fragmentOf('t.text'),
  },
  sorts: {
    PINNED: { sql: 't.pinned', type: 'boolean', nullable: false },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [
    { sort: 'PINNED', direction: 'DESC' },
    { sort: 'CREATED_AT', direction: 'DESC' },
  ],
};

export const noteKind: RecordedKind<NoteEntity, NoteRow> = {
  kind: 'note',
  recordType: 'NOTE',
  entity: NoteEntity,
  erasedWhole: true,
  read: noteRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    text: ({ text }) => text,
    pinned: ({ pinned }) => String(pinned),
  },
  uniques: {},
};
