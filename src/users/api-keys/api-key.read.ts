import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition } from '../../reads/conditions.ts';
import { idColumn, type ReadDeclaration } from '../../reads/declaration.ts';
import { ApiKeyEntity } from './api-key.entity.ts';

export interface ApiKeyRow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly prefix: string;
  readonly permissions: readonly string[];
  readonly makerId: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly expiresAt: string;
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
  readonly revokedBy: string | null;
}

interface ApiKeyFilter {
  readonly revoked?: boolean | null;
}

export const apiKeyRead: ReadDeclaration<ApiKeyRow, ApiKeyFilter, 'CREATED_AT'> = {
  kind: 'apikey',
  table: 'api_key',
  card: null,
  columns: {
    id: idColumn('apikey', 't.id'),
    version: 't.version',
    name: 't.name',
    prefix: 't.prefix',
    permissions: 't.permissions',
    makerId: idColumn('user', 't.maker_id'),
    createdAt: 't.created_at',
    createdBy: 't.created_by',
    expiresAt: 't.expires_at',
    lastUsedAt: 't.last_used_at',
    revokedAt: 't.deleted_at',
    revokedBy: 'CASE WHEN t.deleted_at IS NOT NULL THEN t.updated_by END',
  },
  parents: {},
  filters: { revoked: deletedCondition },
  sorts: { CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false } },
  defaultOrder: [{ sort: 'CREATED_AT', direction: 'DESC' }],
};

/** The hash is traced nowhere: the log is read by more than may know it. */
export const apiKeyKind: RecordedKind<ApiKeyEntity, ApiKeyRow> = {
  kind: 'apikey',
  recordType: 'API_KEY',
  entity: ApiKeyEntity,
  read: apiKeyRead,
  clientKeyOf: () => null,
  traced: {
    name: ({ name }) => name,
    prefix: ({ prefix }) => prefix,
    permissions: ({ permissions }) => permissions.join(', '),
    expiresAt: ({ expiresAt }) => expiresAt.toISOString(),
  },
  uniques: {},
};
