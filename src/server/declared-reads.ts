/**
 * Which types and relations of the API are read from the CRM's database by declaration, so that a whole selection of them becomes one
 * statement. A field that does not stand here, and is no column of its type's read, is answered by its resolver.
 */
import { cardTypeRead } from '../card-types/card-type.read.ts';
import { allAttachments, attachmentsOfClient } from '../clients/attachments/attachment-lists.ts';
import { attachmentRead } from '../clients/attachments/attachment.read.ts';
import { clientByIdOrCode } from '../clients/client-by-id-or-code.ts';
import type { ClientLists, ClientsArguments } from '../clients/client-lists.ts';
import { clientRead } from '../clients/client.read.ts';
import { contactRead } from '../clients/contacts/contact.read.ts';
import { deliveryPlaceRead } from '../clients/delivery-places/delivery-place.read.ts';
import type { AccountLoaders } from '../clients/erp-accounts/account.loaders.ts';
import { erpAccountRead, type ErpAccountRow } from '../clients/erp-accounts/erp-account.read.ts';
import { calendar, eventsOfClient } from '../clients/events/event-lists.ts';
import { eventRead } from '../clients/events/event.read.ts';
import { noteRead } from '../clients/notes/note.read.ts';
import { recipientRead } from '../clients/recipients/recipient.read.ts';
import { addressParts } from '../reads/declaration.ts';
import { linkedPage, rootPage, type DeclaredReads, type DeclaredType } from '../reads/plans/declared-type.ts';
import { usersListing } from '../users/user-lists.ts';
import { userRead } from '../users/user.read.ts';
import { keyOf } from '../values/record-id.ts';

/** Sections of a card that first ask which customers of the ERPs it stands for. */
const askingAccounts =
  'erpAccounts orders invoices payments settlements balances ageing sales topProducts history report';

const client = (accounts: AccountLoaders): DeclaredType => ({
  read: clientRead,
  parts: { address: addressParts },
  rows: {
    cardType: { to: 'CardType', key: 't.card_type_id' },
    accountManager: { to: 'User', key: 't.account_manager_id' },
    mergedInto: { to: 'Client', key: 't.merged_into_id' },
    primaryContact: { to: 'Contact', key: 't.primary_contact_id' },
  },
  pages: {
    contacts: {
      ...linkedPage('Contact', contactRead, 'client'),
      told: { primary: (around) => `t.id IS NOT DISTINCT FROM ${around('t.primary_contact_id')}` },
    },
    deliveryPlaces: linkedPage('DeliveryPlace', deliveryPlaceRead, 'client'),
    recipients: linkedPage('Recipient', recipientRead, 'client'),
    notes: linkedPage('Note', noteRead, 'client'),
    events: linkedPage('Event', eventRead, 'client', eventsOfClient),
    attachments: linkedPage('Attachment', attachmentRead, 'client', attachmentsOfClient),
  },
  companions: {
    of: askingAccounts.split(' '),
    read: erpAccountRead,
    parent: 'client',
    prime: (context, { id }, rows) =>
      accounts.prime(context, keyOf('client', id, 'client'), rows as readonly ErpAccountRow[]),
  },
});

const ofClient = { client: { to: 'Client', key: 't.client_id' } };

export const declaredReads = (accounts: AccountLoaders, clients: ClientLists): DeclaredReads => ({
  types: {
    Client: client(accounts),
    Contact: { read: contactRead, rows: ofClient },
    DeliveryPlace: { read: deliveryPlaceRead, parts: { address: addressParts }, rows: ofClient },
    Recipient: {
      read: recipientRead,
      parts: { address: addressParts },
      rows: {
        ...ofClient,
        memberCard: { to: 'Client', key: 't.member_card_id' },
        deliveryPlace: { to: 'DeliveryPlace', key: 't.delivery_place_id' },
      },
    },
    Note: { read: noteRead, rows: ofClient },
    Event: { read: eventRead, rows: ofClient },
    Attachment: { read: attachmentRead, rows: ofClient },
    User: { read: userRead },
    CardType: { read: cardTypeRead },
  },
  roots: {
    client: { kind: 'record', to: 'Client', find: clientByIdOrCode },
    clients: rootPage('Client', (given: ClientsArguments, context) => clients.listing(given, context)),
    events: rootPage('Event', calendar),
    attachments: rootPage('Attachment', allAttachments),
    users: rootPage('User', usersListing),
    cardTypes: { kind: 'rows', to: 'CardType' },
  },
});
