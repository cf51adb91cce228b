/** The sets of exports as OData names them: types, what is never without a value, and how their records lead to one another. */
import type { CrmColumn } from '../export-set.ts';

interface Reference {
  /** The property that holds the other record's id. */
  readonly by: string;
  /** The export set of the other record. */
  readonly of: string;
  /** The way back, where it is offered. */
  readonly back?: string;
}

export interface EntityDeclaration {
  readonly type: string;
  /** The property by which rows are told apart; id when not given. */
  readonly key?: string;
  /** Columns that are told otherwise than by exports. */
  readonly instead?: Readonly<Record<string, Pick<CrmColumn, 'type' | 'sql'>>>;
  /** Beside the key: properties that every row has a value of. */
  readonly always: readonly string[];
  readonly references?: Readonly<Record<string, Reference>>;
  /** Of an ERP's documents: the day that can be filtered by. */
  readonly day?: string;
}

const record = ['version', 'createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'deleted'];
const ofCard = (back: string) => ({ Client: { by: 'clientId', of: 'clients', back } });

const ofCustomer = ['company', 'customerId', 'clientId'];
const toCard = { Client: { by: 'clientId', of: 'clients' } };

/** By the names of the export sets. */
export const entities: Readonly<Record<string, EntityDeclaration>> = {
  clients: {
    type: 'Client',
    always: [...record, 'code', 'active', 'cardTypeId', 'shortName', 'fullName', 'sharedWithIds'],
    references: {
      PrimaryContact: { by: 'primaryContactId', of: 'contacts' },
      MergedInto: { by: 'mergedIntoId', of: 'clients' },
    },
  },
  contacts: {
    type: 'Contact',
    always: [...record, 'clientId', 'active', 'lastName', 'primary'],
    references: ofCard('Contacts'),
  },
  'delivery-places': {
    type: 'DeliveryPlace',
    always: [...record, 'clientId', 'active', 'code', 'name'],
    references: ofCard('DeliveryPlaces'),
  },
  recipients: {
    type: 'Recipient',
    always: [...record, 'clientId', 'active', 'code', 'name'],
    references: {
      ...ofCard('Recipients'),
      MemberCard: { by: 'memberCardId', of: 'clients' },
      DeliveryPlace: { by: 'deliveryPlaceId', of: 'delivery-places' },
    },
  },
  notes: {
    type: 'Note',
    always: [...record, 'clientId', 'text', 'pinned'],
    references: ofCard('Notes'),
  },
  events: {
    type: 'Event',
    always: [...record, 'clientId', 'kind', 'status', 'subject', 'startsAt', 'participantIds', 'attendeeIds'],
    references: ofCard('Events'),
  },
  attachments: {
    type: 'Attachment',
    always: [...record, 'clientId', 'fileName', 'mediaType', 'size', 'sha256', 'category', 'revision'],
    references: ofCard('Attachments'),
  },
  features: {
    type: 'FeatureValue',
    always: [
      'recordType',
      'recordId',
      'clientId',
      'definitionId',
      'key',
      'name',
      'kind',
      'retired',
      'choices',
      'updatedAt',
      'deleted',
    ],
    references: toCard,
  },
  // Of cards; what is defined comes as properties of its own.
  'features-wide': {
    type: 'FeaturesOfCard',
    always: ['clientId', 'createdAt', 'updatedAt', 'deleted'],
    references: toCard,
  },
  changes: {
    type: 'Change',
    key: 'position',
    // A number, so that what comes after one can be asked for.
    instead: { position: { type: 'integer', sql: 't.position' } },
    always: ['at', 'actor', 'recordType', 'recordId', 'action', 'version', 'fields'],
    references: toCard,
  },
  orders: {
    type: 'Order',
    always: [...ofCustomer, 'number', 'orderedOn', 'status', 'currency'],
    references: toCard,
    day: 'orderedOn',
  },
  'order-lines': {
    type: 'OrderLine',
    always: [...ofCustomer, 'orderId', 'orderedOn', 'lineNo', 'productName', 'quantity', 'currency', 'net'],
    references: toCard,
    day: 'orderedOn',
  },
  invoices: {
    type: 'Invoice',
    always: [
      ...ofCustomer,
      'kind',
      'number',
      'issuedOn',
      'currency',
      'net',
      'vat',
      'gross',
      'countsInSales',
      'cancelled',
    ],
    references: toCard,
    day: 'issuedOn',
  },
  'invoice-lines': {
    type: 'InvoiceLine',
    always: [
      ...ofCustomer,
      'invoiceId',
      'issuedOn',
      'lineNo',
      'productName',
      'quantity',
      'currency',
      'net',
      'countsInSales',
      'cancelled',
    ],
    references: toCard,
    day: 'issuedOn',
  },
  payments: {
    type: 'Payment',
    always: [...ofCustomer, 'paidOn', 'currency', 'amount', 'unallocated'],
    references: toCard,
    day: 'paidOn',
  },
  settlements: {
    type: 'Settlement',
    always: [...ofCustomer, 'side', 'issuedOn', 'currency', 'amount', 'remaining', 'overdue'],
    references: toCard,
    day: 'issuedOn',
  },
  'settlement-matches': {
    type: 'SettlementMatch',
    always: [...ofCustomer, 'settlementId', 'amount'],
    references: toCard,
    day: 'matchedOn',
  },
  balances: {
    type: 'Balance',
    always: [...ofCustomer, 'currency', 'receivable', 'overdue', 'payable', 'unallocated'],
    references: toCard,
  },
  ageing: {
    type: 'AgeingOfCustomer',
    always: [...ofCustomer, 'asOf', 'currency', 'total'],
    references: toCard,
  },
};
