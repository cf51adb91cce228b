import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition, equals, fragmentOf, text } from '../../reads/conditions.ts';
import { addressColumn, idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import { tracedAddress } from '../../values/address.ts';
import { publicId } from '../../values/record-id.ts';
import type { AddressRow, RecordRow } from '../../values/record-row.ts';
import { RecipientEntity } from './recipient.entity.ts';
import type { RecipientFilter } from './recipient.type.ts';

export interface RecipientRow extends RecordRow {
  readonly clientId: string;
  readonly active: boolean;
  readonly code: string;
  readonly name: string;
  readonly taxId: string | null;
  readonly address: AddressRow;
  readonly contactName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly memberCardId: string | null;
  readonly deliveryPlaceId: string | null;
}

export const recipientRead: ReadDeclaration<RecipientRow, RecipientFilter, 'CODE', string> = {
  kind: 'recipient',
  table: 'recipient',
  card: 't.client_id',
  columns: {
    ...recordColumns('recipient'),
    clientId: idColumn('client', 't.client_id'),
    active: 't.active',
    code: 't.code',
    name: 't.name',
    taxId: 't.tax_id',
    address: addressColumn,
    contactName: 't.contact_name',
    phone: 't.phone',
    email: 't.email',
    memberCardId: idColumn('client', 't.member_card_id'),
    deliveryPlaceId: idColumn('place', 't.delivery_place_id'),
  },
  parents: { client: 't.client_id' },
  filters: {
    active: equals('t.active', 'boolean'),
    deleted: deletedCondition,
    search: fragmentOf('t.code', 't.name', 't.city', 't.contact_name'),
    taxId: text('t.tax_id'),
  },
  sorts: { CODE: { sql: 't.code', type: 'text', nullable: false } },
  defaultOrder: [{ sort: 'CODE', direction: 'ASC' }],
};

export const recipientKind: RecordedKind<RecipientEntity, RecipientRow> = {
  kind: 'recipient',
  recordType: 'RECIPIENT',
  entity: RecipientEntity,
  read: recipientRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    active: ({ active }) => String(active),
    code: ({ code }) => code,
    name: ({ name }) => name,
    taxId: ({ taxId }) => taxId,
    ...tracedAddress,
    contactName: ({ contactName }) => contactName,
    phone: ({ phone }) => phone,
    email: ({ email }) => email,
    memberCardId: ({ memberCardKey }) => memberCardKey && publicId('client', memberCardKey),
    deliveryPlaceId: ({ deliveryPlaceKey }) => deliveryPlaceKey && publicId('place', deliveryPlaceKey),
  },
  features: {},
  uniques: {
    recipient_code: {
      path: 'input.code',
      message: 'the card already has a recipient with this code',
      existing: async (manager, { clientKey, code }) => {
        const found = await manager
          .createQueryBuilder(RecipientEntity, 'recipient')
          .where(
            'recipient.client_id = :clientKey AND lower(recipient.code) = :code AND recipient.deleted_at IS NULL',
            { clientKey, code: code.toLowerCase() },
          )
          .getOne();
        return found?.id;
      },
    },
  },
  references: {
    recipient_member_card: {
      path: 'input.memberCardId',
      id: ({ memberCardKey }) => publicId('client', memberCardKey ?? ''),
    },
    recipient_delivery_place: {
      path: 'input.deliveryPlaceId',
      id: ({ deliveryPlaceKey }) => publicId('place', deliveryPlaceKey ?? ''),
    },
  },
};
