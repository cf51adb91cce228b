import type { Reference, RecordedKind } from '../changes/recorded-kind.ts';
import { tracedAddress } from '../values/address.ts';
import { publicId, type RecordKind } from '../values/record-id.ts';
import { ClientEntity } from './client.entity.ts';
import { clientRead, type ClientRow } from './client.read.ts';

const idOrNull = (kind: RecordKind, key: string | null): string | null =>
  key === null ? null : publicId(kind, key);

const idsOrNull = (kind: RecordKind, keys: readonly string[]): string | null =>
  keys.length === 0 ? null : keys.map((key) => publicId(kind, key)).join(', ');

const reference = (
  path: string,
  kind: RecordKind,
  keyOf: (client: ClientEntity) => string | null,
): Reference<ClientEntity> => ({
  path,
  id: (client) => publicId(kind, keyOf(client) ?? ''),
});

export const clientKind: RecordedKind<ClientEntity, ClientRow> = {
  kind: 'client',
  recordType: 'CLIENT',
  entity: ClientEntity,
  erasedWhole: true,
  read: clientRead,
  clientKeyOf: ({ id }) => id,
  traced: {
    code: ({ code }) => code,
    active: ({ active }) => String(active),
    cardType: ({ cardTypeKey }) => publicId('cardtype', cardTypeKey),
    shortName: ({ shortName }) => shortName,
    fullName: ({ fullName }) => fullName,
    taxId: ({ taxId }) => taxId,
    regon: ({ regon }) => regon,
    ...tracedAddress,
    primaryContactId: ({ primaryContactKey }) => idOrNull('contact', primaryContactKey),
    phone: ({ phone }) => phone,
    mobile: ({ mobile }) => mobile,
    fax: ({ fax }) => fax,
    email: ({ email }) => email,
    website: ({ website }) => website,
    accountManagerId: ({ accountManagerKey }) => idOrNull('user', accountManagerKey),
    sharedWithIds: ({ sharedWithKeys }) => idsOrNull('user', sharedWithKeys),
    mergedIntoId: ({ mergedIntoKey }) => idOrNull('client', mergedIntoKey),
  },
  features: { cardTypeKeyOf: ({ cardTypeKey }) => cardTypeKey },
  uniques: {
    client_code: {
      path: 'input.code',
      message: 'there is already a card with this code',
      existing: (manager, { code }) => keyWhere(manager, 'lower(client.code) = :value', code.toLowerCase()),
    },
    client_tax_id: {
      path: 'input.taxId',
      message: 'there is already a card with this tax id',
      existing: (manager, { taxId, cardTypeKey }) =>
        keyWhere(
          manager,
          'client.tax_id = :value AND NOT client.shares_tax_id AND NOT EXISTS (SELECT FROM card_type own WHERE own.id = :cardTypeKey AND own.branches_share_tax_id)',
          taxId,
          { cardTypeKey },
        ),
    },
  },
  references: {
    client_account_manager: reference(
      'input.accountManagerId',
      'user',
      ({ accountManagerKey }) => accountManagerKey,
    ),
    client_primary_contact: reference(
      'input.primaryContactId',
      'contact',
      ({ primaryContactKey }) => primaryContactKey,
    ),
  },
};

async function keyWhere(
  manager: Parameters<(typeof clientKind)['uniques'][string]['existing']>[0],
  condition: string,
  value: string | null,
  more: object = {},
) {
  const found = await manager
    .createQueryBuilder(ClientEntity, 'client')
    .where(condition, { value, ...more })
    .getOne();
  return found?.id;
}
