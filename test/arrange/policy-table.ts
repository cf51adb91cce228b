/**
 * Who may what, said once more and by hand: which of the default roles may touch each field of the schema. A field that stands
 * here for no role, or not at all, fails test/api/policy-fields.test.ts. A admin, M manager, S sales, F finance, R reporting,
 * V viewer.
 */
import type { RoleName } from './callers.ts';

const letters: Readonly<Record<string, RoleName>> = {
  A: 'ADMIN',
  M: 'MANAGER',
  S: 'SALES',
  F: 'FINANCE',
  R: 'REPORTING',
  V: 'VIEWER',
};

const everyone = 'AMSFRV';
const withErp = 'AMSFR';
const withDebts = 'AMFR';
const withFiles = 'AMSFV';

/** Names of fields by the letters of those who may touch them; `*`: all fields that are not named. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: {
    [everyone]:
      'viewer node nodes cardTypes featureDefinitions users client clients events possibleDuplicates changes',
    [withFiles]: 'attachments',
    [withErp]: 'erpCompanies',
    AMF: 'erpCustomers',
    A: 'apiKeys',
    [withDebts]: 'debtors',
  },
  Mutation: {
    AMS: 'createClient updateClient addContact updateContact removeContact addDeliveryPlace updateDeliveryPlace removeDeliveryPlace addRecipient updateRecipient removeRecipient addNote updateNote removeNote addEvent updateEvent removeEvent restoreRecord setFeatures addAttachment updateAttachment removeAttachment reviseAttachment',
    AM: 'importErpCustomers deleteClient restoreClient mergeClients undoMerge eraseContact eraseClient eraseNote eraseEvent eraseAttachment eraseDeliveryPlaceContact eraseRecipientContact linkErpAccount unlinkErpAccount',
    A: 'createApiKey revokeApiKey defineCardType updateCardType defineFeature updateFeatureDefinition',
  },
  Client: {
    [everyone]:
      'id version createdAt createdBy updatedAt updatedBy deletedAt code active cardType shortName fullName taxId regon address primaryContact phone mobile fax email website accountManager sharedWith mergedInto contacts deliveryPlaces recipients features notes events',
    [withFiles]: 'attachments',
    [withErp]: 'erpAccounts orders invoices sales topProducts',
    [withDebts]: 'payments settlements balances ageing',
  },
  Attachment: { [withFiles]: '*' },
  AttachmentRevision: { [withFiles]: '*' },
  ApiKey: { A: '*' },
  NewApiKey: { A: '*' },
  MergeResult: { AM: '*' },
  MovedRecords: { AM: '*' },
  ImportErpCustomersResult: { AM: '*' },
  ImportLeft: { AM: '*' },
  ImportOmitted: { AM: '*' },
  ErpAccount: { [withErp]: '*' },
  ErpCompany: { [withErp]: '*' },
  CompanySource: { [withErp]: '*' },
  ErpCustomer: { [withDebts]: 'creditLimit', [withErp]: '*' },
  Order: { [withErp]: '*' },
  OrderLine: { [withErp]: '*' },
  Invoice: {
    [withDebts]: 'paid remaining paidState overdue daysOverdue settlements payments',
    [withErp]: '*',
  },
  InvoiceLine: { [withErp]: '*' },
  SalesReport: { [withErp]: '*' },
  SalesPeriod: { [withErp]: '*' },
  ProductReport: { [withErp]: '*' },
  ProductSales: { [withErp]: '*' },
  Payment: { [withDebts]: '*' },
  Settlement: { [withDebts]: '*' },
  SettlementMatch: { [withDebts]: '*' },
  Balances: { [withDebts]: '*' },
  Balance: { [withDebts]: '*' },
  AgeingReport: { [withDebts]: '*' },
  Ageing: { [withDebts]: '*' },
  Debtor: { [withDebts]: '*' },
};

/** Types of which everyone may touch every field: what they are found in is what is guarded. */
const open = new Set([
  'Address',
  'CardType',
  'Change',
  'Contact',
  'DeliveryPlace',
  'DuplicateCandidate',
  'DuplicateReport',
  'Event',
  'Feature',
  'FeatureChoice',
  'FeatureDefinition',
  'FieldChange',
  'Money',
  'Node',
  'Note',
  'PageInfo',
  'Recipient',
  'Record',
  'User',
  'Viewer',
  ...[
    'ApiKey',
    'Attachment',
    'Change',
    'Client',
    'Contact',
    'Debtor',
    'DeliveryPlace',
    'ErpCustomer',
    'Event',
    'Invoice',
    'Note',
    'Order',
    'Payment',
    'Recipient',
    'Settlement',
    'User',
  ].flatMap((of) => [`${of}Connection`, `${of}Edge`]),
]);

/** Undefined where the table says nothing of the field. */
export function mayTouch(type: string, field: string): readonly RoleName[] | undefined {
  if (open.has(type)) return Object.values(letters);
  const rows = Object.entries(table[type] ?? {});
  const row =
    rows.find(([, names]) => names.split(' ').includes(field)) ?? rows.find(([, names]) => names === '*');
  return row && [...row[0]].flatMap((letter) => letters[letter] ?? []);
}

/** Every `Type.field` that the table names. */
export const named: readonly string[] = [
  ...Object.entries(table).flatMap(([type, rows]) =>
    Object.values(rows).flatMap((names) =>
      names === '*' ? [] : names.split(' ').map((field) => `${type}.${field}`),
    ),
  ),
];

export const namedTypes: readonly string[] = [...open, ...Object.keys(table)];
