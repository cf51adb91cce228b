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

/** Names of fields by the letters of those who may touch them. */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Query: {
    [everyone]:
      'viewer node nodes cardTypes featureDefinitions users client clients events possibleDuplicates changes clientAsOf',
    [withFiles]: 'attachments',
    [withErp]: 'erpCompanies reports',
    AMF: 'erpCustomers',
    A: 'apiKeys',
    [withDebts]: 'debtors',
  },
  Subscription: { [everyone]: 'changed' },
  Mutation: {
    AMS: 'createClient updateClient addContact updateContact removeContact addDeliveryPlace updateDeliveryPlace removeDeliveryPlace addRecipient updateRecipient removeRecipient addNote updateNote removeNote addEvent updateEvent removeEvent restoreRecord setFeatures addAttachment updateAttachment removeAttachment reviseAttachment',
    AM: 'importErpCustomers deleteClient restoreClient mergeClients undoMerge eraseContact eraseClient eraseNote eraseEvent eraseAttachment eraseDeliveryPlaceContact eraseRecipientContact linkErpAccount unlinkErpAccount',
    A: 'setUserActive createApiKey revokeApiKey defineCardType updateCardType defineFeature updateFeatureDefinition defineReport updateReport retireReport reviveReport',
  },
  Client: {
    [everyone]:
      'id version createdAt createdBy updatedAt updatedBy deletedAt code active cardType shortName fullName taxId regon address primaryContact phone mobile fax email website accountManager sharedWith mergedInto contacts deliveryPlaces recipients features notes events history',
    [withFiles]: 'attachments',
    [withErp]: 'erpAccounts orders invoices sales topProducts report',
    [withDebts]: 'payments settlements balances ageing',
  },
  ReportDefinition: {
    [withErp]:
      'key title description engine roles id version retired database company maxRows columns parameters formats downloadPath',
    A: 'sql',
  },
  ReportParameter: {
    [withErp]: 'name label type required multiple fromClient clientValue defaults choices',
  },
  ReportColumn: { [withErp]: 'name label type format' },
  ReportTable: { [withErp]: 'columns rows truncated source' },
  ReportRow: { [withErp]: 'cells' },
  Attachment: {
    [withFiles]:
      'category client createdAt createdBy deletedAt description downloadUrl features fileName id mediaType revisions sha256 size updatedAt updatedBy validFrom validUntil version',
  },
  AttachmentRevision: {
    [withFiles]: 'createdAt createdBy downloadUrl fileName mediaType number sha256 size',
  },
  ApiKey: {
    A: 'createdAt createdBy expiresAt id lastUsedAt maker name permissions prefix revokedAt revokedBy version',
  },
  NewApiKey: { A: 'apiKey secret' },
  MergeResult: { AM: 'client mergeId moved obstacles' },
  MovedRecords: { AM: 'count recordType' },
  ImportErpCustomersResult: { AM: 'created left linked omitted' },
  ImportLeft: { AM: 'customerId reason' },
  ImportOmitted: { AM: 'customerId field reason' },
  ErpAccount: { [withErp]: 'company companyKey customer customerId id version' },
  ErpCompany: { [withErp]: 'asOf key name sections state timeZone' },
  CompanySource: { [withErp]: 'asOf company state' },
  ErpCustomer: {
    [withDebts]: 'creditLimit',
    [withErp]: 'address blocked client code company customerId email name paymentDays phone taxId',
  },
  Order: {
    [withErp]: 'client company gross id invoices lines net number orderedOn requestedOn status statusText',
  },
  OrderLine: {
    [withErp]: 'delivered lineNo net netPrice productCode productGroup productName quantity unit',
  },
  Invoice: {
    [withDebts]: 'paid remaining paidState overdue daysOverdue settlements payments',
    [withErp]:
      'cancelled client company corrections corrects dueOn gross grossBase id issuedOn kind ksefNumber lines net number orders recipient soldOn vat',
  },
  InvoiceLine: {
    [withErp]: 'lineNo net netPrice productCode productGroup productName quantity unit vatRate',
  },
  SalesReport: { [withErp]: 'items sources' },
  SalesPeriod: { [withErp]: 'company currency documents from gross net to vat' },
  ProductReport: { [withErp]: 'items sources' },
  ProductSales: { [withErp]: 'company currency net productCode productGroup productName quantity unit' },
  Payment: { [withDebts]: 'amount client company id matches method paidOn reference unallocated' },
  Settlement: {
    [withDebts]:
      'amount client company daysOverdue documentNumber dueOn id invoice issuedOn matches overdue remaining settledOn side',
  },
  SettlementMatch: { [withDebts]: 'amount counterSettlement matchedOn payment paymentAmount settlement' },
  Balances: { [withDebts]: 'items sources' },
  Balance: { [withDebts]: 'company creditLeft creditLimit currency overdue payable receivable unallocated' },
  AgeingReport: { [withDebts]: 'asOf items sources' },
  Ageing: {
    [withDebts]: 'company credits currency days1to30 days31to60 days61to90 notDue over90 total unallocated',
  },
  Debtor: { [withDebts]: 'client customer oldestDueOn overdue receivable' },
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
  'ClientSnapshot',
  'FieldChange',
  'HistoryEntry',
  'HistoryGap',
  'SnapshotField',
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
    'History',
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
  const row = rows.find(([, names]) => names.split(' ').includes(field));
  return row && [...row[0]].flatMap((letter) => letters[letter] ?? []);
}

/** Every `Type.field` that the table names. */
export const named: readonly string[] = [
  ...Object.entries(table).flatMap(([type, rows]) =>
    Object.values(rows).flatMap((names) => names.split(' ').map((field) => `${type}.${field}`)),
  ),
];

export const namedTypes: readonly string[] = [...open, ...Object.keys(table)];
