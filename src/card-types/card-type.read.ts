import type { RecordedKind } from '../changes/recorded-kind.ts';
import { idColumn, type ReadDeclaration } from '../reads/declaration.ts';
import { CardTypeEntity } from './card-type.entity.ts';

export interface CardTypeRow {
  readonly id: string;
  readonly version: number;
  readonly key: string;
  readonly name: string;
  readonly active: boolean;
  readonly branchesShareTaxId: boolean;
}

export const cardTypeRead: ReadDeclaration<CardTypeRow, Record<never, never>, 'NAME', null> = {
  kind: 'cardtype',
  table: 'card_type',
  card: null,
  columns: {
    id: idColumn('cardtype', 't.id'),
    version: 't.version',
    key: 't.key',
    name: 't.name',
    active: 't.active',
    branchesShareTaxId: 't.branches_share_tax_id',
  },
  parents: {},
  filters: {},
  sorts: { NAME: { sql: 't.name', type: 'text', nullable: false } },
  defaultOrder: [{ sort: 'NAME', direction: 'ASC' }],
};

export const cardTypeKind: RecordedKind<CardTypeEntity, CardTypeRow> = {
  kind: 'cardtype',
  recordType: 'CARD_TYPE',
  entity: CardTypeEntity,
  read: cardTypeRead,
  clientKeyOf: () => null,
  traced: {
    key: ({ key }) => key,
    name: ({ name }) => name,
    active: ({ active }) => String(active),
    branchesShareTaxId: ({ branchesShareTaxId }) => String(branchesShareTaxId),
  },
  uniques: {
    card_type_key: {
      path: 'input.key',
      message: 'there is already a card type with this key',
      existing: async (manager, { key }) => (await manager.findOneBy(CardTypeEntity, { key }))?.id,
    },
    client_tax_id: {
      path: 'input.branchesShareTaxId',
      message: 'there are cards of this type that share a tax id',
      existing: () => Promise.resolve(undefined),
    },
  },
};
