import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { day, deletedCondition, fragmentOf, oneOf } from '../../reads/conditions.ts';
import { idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import type { RecordRow } from '../../values/record-row.ts';
import { AttachmentEntity } from './attachment.entity.ts';
import type { AttachmentCategory, AttachmentFilter } from './attachment.type.ts';

interface FileRow {
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}

const fileColumns = {
  fileName: 't.file_name',
  mediaType: 't.media_type',
  // As a number: the driver hands bigint over as text.
  size: 't.size::float8',
  sha256: 't.sha256',
};

export interface AttachmentRow extends RecordRow, FileRow {
  readonly clientId: string;
  readonly category: AttachmentCategory;
  readonly description: string | null;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
  readonly revision: number;
}

export const attachmentRead: ReadDeclaration<
  AttachmentRow,
  AttachmentFilter,
  'NEWEST' | 'VALID_UNTIL',
  string
> = {
  kind: 'attachment',
  table: 'attachment',
  card: 't.client_id',
  columns: {
    ...recordColumns('attachment'),
    ...fileColumns,
    clientId: idColumn('client', 't.client_id'),
    category: 't.category',
    description: 't.description',
    validFrom: 't.valid_from',
    validUntil: 't.valid_until',
    revision: 't.revision',
  },
  parents: { client: 't.client_id' },
  filters: {
    deleted: deletedCondition,
    category: oneOf('t.category', 'text'),
    validUntil: day('t.valid_until'),
    search: fragmentOf('t.file_name', 't.description'),
  },
  sorts: {
    NEWEST: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    VALID_UNTIL: { sql: 't.valid_until', type: 'date', nullable: true },
  },
  defaultOrder: [{ sort: 'NEWEST', direction: 'DESC' }],
};

export interface RevisionRow extends FileRow {
  readonly attachmentId: string;
  readonly number: number;
  readonly createdAt: string;
  readonly createdBy: string;
}

export const revisionRead: ReadDeclaration<RevisionRow, object, 'NUMBER'> = {
  kind: 'attachment',
  table: 'attachment_revision',
  card: '(SELECT a.client_id FROM attachment a WHERE a.id = t.attachment_id)',
  columns: {
    ...fileColumns,
    attachmentId: idColumn('attachment', 't.attachment_id'),
    number: 't.number',
    createdAt: 't.created_at',
    createdBy: 't.created_by',
  },
  parents: { attachment: 't.attachment_id' },
  filters: {},
  sorts: { NUMBER: { sql: 't.number', type: 'integer', nullable: false } },
  defaultOrder: [{ sort: 'NUMBER', direction: 'DESC' }],
};

export const attachmentKind: RecordedKind<AttachmentEntity, AttachmentRow> = {
  kind: 'attachment',
  recordType: 'ATTACHMENT',
  entity: AttachmentEntity,
  erasedWhole: true,
  read: attachmentRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    category: ({ category }) => category,
    description: ({ description }) => description,
    validFrom: ({ validFrom }) => validFrom,
    validUntil: ({ validUntil }) => validUntil,
    revision: ({ revision }) => String(revision),
    fileName: ({ fileName }) => fileName,
    mediaType: ({ mediaType }) => mediaType,
    size: ({ size }) => size,
    sha256: ({ sha256 }) => sha256,
  },
  features: {},
  uniques: {},
};
