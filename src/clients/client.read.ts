import { addressColumn, idColumn, recordColumns, type ReadDeclaration } from '../reads/declaration.ts';
import { deletedCondition } from '../reads/conditions.ts';
import type { AddressRow, RecordRow } from '../values/record-row.ts';

/** A card as callers see it, with the ids that lead to related records. */
export interface ClientRow extends RecordRow {
  readonly code: string;
  readonly active: boolean;
  readonly cardTypeId: string;
  readonly shortName: string;
  readonly fullName: string;
  readonly taxId: string | null;
  readonly regon: string | null;
  readonly address: AddressRow;
  readonly primaryContactId: string | null;
  readonly phone: string | null;
  readonly mobile: string | null;
  readonly fax: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly accountManagerId: string | null;
  readonly mergedIntoId: string | null;
}

export type ClientSort = 'SHORT_NAME' | 'CODE' | 'CITY' | 'CREATED_AT' | 'UPDATED_AT';

export const clientRead: ReadDeclaration<ClientRow, { deleted?: boolean }, ClientSort> = {
  kind: 'client',
  table: 'client',
  columns: {
    ...recordColumns('client'),
    code: 't.code',
    active: 't.active',
    cardTypeId: idColumn('cardtype', 't.card_type_id'),
    shortName: 't.short_name',
    fullName: 't.full_name',
    taxId: 't.tax_id',
    regon: 't.regon',
    address: addressColumn,
    primaryContactId: idColumn('contact', 't.primary_contact_id'),
    phone: 't.phone',
    mobile: 't.mobile',
    fax: 't.fax',
    email: 't.email',
    website: 't.website',
    accountManagerId: idColumn('user', 't.account_manager_id'),
    mergedIntoId: idColumn('client', 't.merged_into_id'),
  },
  parents: {},
  filters: { deleted: deletedCondition },
  sorts: {
    SHORT_NAME: { sql: 't.short_name', type: 'text', nullable: false },
    CODE: { sql: 't.code', type: 'text', nullable: false },
    CITY: { sql: 't.city', type: 'text', nullable: true },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
  },
  defaultOrder: [{ sort: 'SHORT_NAME', direction: 'ASC' }],
};
