import {
  addressColumn,
  idColumn,
  recordColumns,
  type FilterCondition,
  type ReadDeclaration,
} from '../reads/declaration.ts';
import { deletedCondition, equals, instant, normalText, sortedText, text } from '../reads/conditions.ts';
import { filterTree, type Tree } from '../reads/filter-tree.ts';
import type { DateTimeFilter, StringFilter } from '../values/filters.ts';
import type { FeatureCondition } from './client-features.ts';
import { keyOf } from '../values/record-id.ts';
import type { AddressRow, RecordRow } from '../values/record-row.ts';
import { bareTaxId } from '../values/tax-id.ts';

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
  readonly sharedWithIds: readonly string[];
  readonly mergedIntoId: string | null;
}

export type ClientSort = 'SHORT_NAME' | 'CODE' | 'CITY' | 'CREATED_AT' | 'UPDATED_AT' | 'RELEVANCE';

/** What a filter of clients asks, once checked: whose is said by key, and `either` means that branches say what is deleted. */
export interface ClientCriteria {
  readonly active?: boolean | null | undefined;
  readonly deleted?: boolean | 'either' | null | undefined;
  readonly mine?: { readonly yes: boolean; readonly userKey: string } | undefined;
  readonly code?: StringFilter | null | undefined;
  readonly shortName?: StringFilter | null | undefined;
  readonly fullName?: StringFilter | null | undefined;
  readonly taxId?: StringFilter | null | undefined;
  readonly city?: StringFilter | null | undefined;
  readonly postalCode?: StringFilter | null | undefined;
  readonly country?: StringFilter | null | undefined;
  readonly cardType?: StringFilter | null | undefined;
  readonly accountManagerId?: string | null | undefined;
  readonly createdAt?: DateTimeFilter | null | undefined;
  readonly updatedAt?: DateTimeFilter | null | undefined;
  readonly features?: readonly FeatureCondition[] | null | undefined;
}

const liveness: FilterCondition<boolean | 'either'> = (deleted, bind) =>
  deleted === 'either' ? undefined : deletedCondition(deleted, bind);

const mine: FilterCondition<NonNullable<ClientCriteria['mine']>> = (whose, bind) =>
  whose && `t.account_manager_id ${whose.yes ? '=' : 'IS DISTINCT FROM'} ${bind(whose.userKey, 'uuid')}`;

const ofCardType: FilterCondition<StringFilter> = (filter, bind) => {
  const condition = text('c.key')(filter, bind);
  return condition && `t.card_type_id = ANY(ARRAY(SELECT c.id FROM card_type c WHERE ${condition}))`;
};

const ofAccountManager: FilterCondition<string> = (id, bind) =>
  equals<string>('t.account_manager_id', 'uuid')(id && keyOf('user', id, 'filter.accountManagerId'), bind);

export const clientRead: ReadDeclaration<ClientRow, Tree<ClientCriteria>, ClientSort, string> = {
  kind: 'client',
  table: 'client',
  card: 't.id',
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
    // Most cards are shared with nobody, and looking into each costs an export a third of its speed.
    sharedWithIds: `CASE WHEN t.shared_with = '{}' THEN '{}'::text[] ELSE ARRAY(SELECT ${idColumn('user', 'u.key')} FROM unnest(t.shared_with) WITH ORDINALITY AS u(key, place) ORDER BY u.place) END`,
    mergedIntoId: idColumn('client', 't.merged_into_id'),
  },
  parents: {},
  filters: filterTree<ClientCriteria>({
    active: equals('t.active', 'boolean'),
    deleted: liveness,
    mine,
    code: sortedText('client', 'code'),
    shortName: sortedText('client', 'short_name'),
    fullName: text('t.full_name'),
    taxId: normalText('t.tax_id', bareTaxId),
    city: text('t.city'),
    postalCode: text('t.postal_code'),
    country: normalText('t.country', (code) => code.toUpperCase()),
    cardType: ofCardType,
    accountManagerId: ofAccountManager,
    createdAt: instant('t.created_at'),
    updatedAt: instant('t.updated_at'),
    features: (conditions, bind) =>
      conditions?.map((condition) => `(${condition(bind)})`).join(' AND ') || undefined,
  }),
  sorts: {
    SHORT_NAME: { sql: 't.short_name', type: 'text', nullable: false },
    CODE: { sql: 't.code', type: 'text', nullable: false },
    CITY: { sql: 't.city', type: 'text', nullable: true },
    CREATED_AT: { sql: 't.created_at', type: 'timestamptz', nullable: false },
    UPDATED_AT: { sql: 't.updated_at', type: 'timestamptz', nullable: false },
    // Only of rows that a search found.
    RELEVANCE: { sql: 't.relevance', type: 'integer', nullable: false },
  },
  defaultOrder: [{ sort: 'SHORT_NAME', direction: 'ASC' }],
};
