/** The sets of the CRM, in the order in which the README names them. */
import { attachmentRead } from '../clients/attachments/attachment.read.ts';
import { clientRead } from '../clients/client.read.ts';
import { contactRead } from '../clients/contacts/contact.read.ts';
import { deliveryPlaceRead } from '../clients/delivery-places/delivery-place.read.ts';
import { eventRead } from '../clients/events/event.read.ts';
import { noteRead } from '../clients/notes/note.read.ts';
import { recipientRead } from '../clients/recipients/recipient.read.ts';
import { crmSet, type CrmSet } from './export-set.ts';

export const crmSets: readonly CrmSet[] = [
  crmSet('clients', clientRead, {
    code: 'text',
    active: 'boolean',
    cardTypeId: 'text',
    shortName: 'text',
    fullName: 'text',
    taxId: 'text',
    regon: 'text',
    address: 'address',
    primaryContactId: 'text',
    phone: 'text',
    mobile: 'text',
    fax: 'text',
    email: 'text',
    website: 'text',
    accountManagerId: 'text',
    sharedWithIds: 'list',
    mergedIntoId: 'text',
  }),
  crmSet('contacts', contactRead, {
    clientId: 'text',
    active: 'boolean',
    lastName: 'text',
    firstName: 'text',
    email: 'text',
    phone: 'text',
    mobile: 'text',
    position: 'text',
    department: 'text',
    primary: 'boolean',
  }),
  crmSet('delivery-places', deliveryPlaceRead, {
    clientId: 'text',
    active: 'boolean',
    code: 'text',
    name: 'text',
    address: 'address',
    contactName: 'text',
    phone: 'text',
    email: 'text',
    openingHours: 'text',
    instructions: 'text',
  }),
  crmSet('recipients', recipientRead, {
    clientId: 'text',
    active: 'boolean',
    code: 'text',
    name: 'text',
    taxId: 'text',
    address: 'address',
    contactName: 'text',
    phone: 'text',
    email: 'text',
    memberCardId: 'text',
    deliveryPlaceId: 'text',
  }),
  crmSet('notes', noteRead, { clientId: 'text', text: 'text', pinned: 'boolean' }),
  crmSet('events', eventRead, {
    clientId: 'text',
    kind: 'text',
    status: 'text',
    subject: 'text',
    description: 'text',
    location: 'text',
    startsAt: 'instant',
    endsAt: 'instant',
    outcome: 'text',
    participantIds: 'list',
    attendeeIds: 'list',
  }),
  crmSet(
    'attachments',
    attachmentRead,
    {
      clientId: 'text',
      fileName: 'text',
      mediaType: 'text',
      size: 'integer',
      sha256: 'text',
      category: 'text',
      description: 'text',
      validFrom: 'date',
      validUntil: 'date',
      revision: 'integer',
    },
    'attachments.read',
  ),
];
