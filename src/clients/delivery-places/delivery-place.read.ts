import type { RecordedKind } from '../../changes/recorded-kind.ts';
import { deletedCondition, equals, fragmentOf, text } from '../../reads/conditions.ts';
import { addressColumn, idColumn, recordColumns, type ReadDeclaration } from '../../reads/declaration.ts';
import { tracedAddress } from '../../values/address.ts';
import type { AddressRow, RecordRow } from '../../values/record-row.ts';
import { DeliveryPlaceEntity } from './delivery-place.entity.ts';
import type { DeliveryPlaceFilter } from './delivery-place.type.ts';

export interface DeliveryPlaceRow extends RecordRow {
  readonly clientId: string;
  readonly active: boolean;
  readonly code: string;
  readonly name: string;
  readonly address: AddressRow;
  readonly contactName: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly openingHours: string | null;
  readonly instructions: string | null;
}

export const deliveryPlaceRead: ReadDeclaration<DeliveryPlaceRow, DeliveryPlaceFilter, 'CODE', string> = {
  kind: 'place',
  table: 'delivery_place',
  card: 't.client_id',
  columns: {
    ...recordColumns('place'),
    clientId: idColumn('client', 't.client_id'),
    active: 't.active',
    code: 't.code',
    name: 't.name',
    address: addressColumn,
    contactName: 't.contact_name',
    phone: 't.phone',
    email: 't.email',
    openingHours: 't.opening_hours',
    instructions: 't.instructions',
  },
  parents: { client: 't.client_id' },
  filters: {
    active: equals('t.active', 'boolean'),
    deleted: deletedCondition,
    search: fragmentOf('t.code', 't.name', 't.street', 't.city', 't.contact_name'),
    city: text('t.city'),
  },
  sorts: { CODE: { sql: 't.code', type: 'text', nullable: false } },
  defaultOrder: [{ sort: 'CODE', direction: 'ASC' }],
};

export const deliveryPlaceKind: RecordedKind<DeliveryPlaceEntity, DeliveryPlaceRow> = {
  kind: 'place',
  recordType: 'DELIVERY_PLACE',
  entity: DeliveryPlaceEntity,
  read: deliveryPlaceRead,
  clientKeyOf: ({ clientKey }) => clientKey,
  traced: {
    active: ({ active }) => String(active),
    code: ({ code }) => code,
    name: ({ name }) => name,
    ...tracedAddress,
    contactName: ({ contactName }) => contactName,
    phone: ({ phone }) => phone,
    email: ({ email }) => email,
    openingHours: ({ openingHours }) => openingHours,
    instructions: ({ instructions }) => instructions,
  },
  features: {},
  uniques: {
    delivery_place_code: {
      path: 'input.code',
      message: 'the card already has a delivery place with this code',
      existing: async (manager, { clientKey, code }) => {
        const found = await manager
          .createQueryBuilder(DeliveryPlaceEntity, 'place')
          .where('place.client_id = :clientKey AND lower(place.code) = :code AND place.deleted_at IS NULL', {
            clientKey,
            code: code.toLowerCase(),
          })
          .getOne();
        return found?.id;
      },
    },
  },
};
