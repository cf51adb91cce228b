/**
 * The policy over the schema: which permission each field of each type needs, and each argument or input member that would tell
 * of a hidden field by filtering or sorting. Every field stands here by name: one that does not stops the build, so that
 * nothing new is open because nobody thought of it. `-` is open to whoever may ask at all; records are then still cut to the
 * caller's cards.
 */
import type { Permission } from './permission.ts';

/** Names of fields, parted by spaces, by what they need; `ALL` behind it: and sight of all cards. */
export type TypeRules = Readonly<Partial<Record<`${Permission}${'' | ' ALL'}` | '-', string>>>;

const record = 'id version createdAt createdBy updatedAt updatedBy deletedAt';
const connection = { '-': 'edges nodes pageInfo totalCount' } as const satisfies TypeRules;
const erpConnection = { '-': 'edges nodes pageInfo totalCount sources' } as const satisfies TypeRules;
const edge = { '-': 'cursor node' } as const satisfies TypeRules;

export const fieldRules: Readonly<Record<string, TypeRules>> = {
  Query: {
    '-': 'viewer node nodes cardTypes featureDefinitions users',
    'clients.read': 'client clients events possibleDuplicates changes clientAsOf',
    'attachments.read': 'attachments',
    'erp.read': 'erpCompanies',
    'keys.manage': 'apiKeys',
    'reports.run': 'reports',
    'erp.customers ALL': 'erpCustomers',
    'erp.debt ALL': 'debtors',
  },
  Subscription: { 'clients.read': 'changed' },
  Mutation: {
    'clients.write':
      'createClient updateClient addContact updateContact removeContact addDeliveryPlace updateDeliveryPlace removeDeliveryPlace addRecipient updateRecipient removeRecipient addNote updateNote removeNote addEvent updateEvent removeEvent restoreRecord setFeatures',
    'clients.delete': 'deleteClient restoreClient',
    'attachments.write': 'addAttachment updateAttachment removeAttachment reviseAttachment',
    'cardtypes.define': 'defineCardType updateCardType',
    'keys.manage': 'createApiKey revokeApiKey setUserActive',
    'features.define': 'defineFeature updateFeatureDefinition',
    'reports.define': 'defineReport updateReport retireReport reviveReport',
    'clients.merge ALL': 'mergeClients undoMerge',
    'people.erase ALL':
      'eraseContact eraseClient eraseNote eraseEvent eraseAttachment eraseDeliveryPlaceContact eraseRecipientContact',
    'clients.import ALL': 'importErpCustomers',
    'erp.link': 'linkErpAccount unlinkErpAccount',
  },
  Node: { '-': 'id' },
  Record: { '-': record },
  PageInfo: { '-': 'startCursor endCursor hasNextPage hasPreviousPage' },
  Money: { '-': 'amount currency' },
  Address: { '-': 'street postalCode city country' },
  CardType: { '-': 'id version key name active branchesShareTaxId' },
  Viewer: { '-': 'user roles permissions scope apiKey' },
  ApiKey: {
    'keys.manage':
      'id version name prefix permissions createdAt createdBy expiresAt lastUsedAt revokedAt revokedBy maker',
  },
  NewApiKey: { 'keys.manage': 'apiKey secret' },
  ApiKeyConnection: connection,
  ApiKeyEdge: edge,
  User: { '-': 'id name', 'clients.read': 'email active' },
  UserConnection: connection,
  UserEdge: edge,
  FeatureDefinition: {
    '-': 'id version key name description recordType cardTypes kind group position required unit choices minimum maximum pattern retired',
  },
  FeatureChoice: { '-': 'key name retired' },
  Feature: { 'clients.read': 'definition isSet text integer decimal boolean date choices' },
  Client: {
    'clients.read': `${record} code active cardType shortName fullName taxId regon address primaryContact phone mobile fax email website accountManager sharedWith mergedInto contacts deliveryPlaces recipients features notes events history`,
    'attachments.read': 'attachments',
    'erp.read': 'erpAccounts orders invoices sales topProducts',
    'erp.debt': 'payments settlements balances ageing',
    'reports.run': 'report',
  },
  Contact: {
    'clients.read': `${record} active lastName firstName email phone mobile position department primary client features`,
  },
  DeliveryPlace: {
    'clients.read': `${record} active code name address contactName phone email openingHours instructions client features`,
  },
  Recipient: {
    'clients.read': `${record} active code name taxId address contactName phone email memberCard deliveryPlace client features`,
  },
  Note: { 'clients.read': `${record} text pinned client` },
  Event: {
    'clients.read': `${record} kind status subject description location startsAt endsAt outcome participants attendees client features`,
  },
  Attachment: {
    'attachments.read': `${record} fileName mediaType size sha256 category description validFrom validUntil downloadUrl revisions client features`,
  },
  AttachmentRevision: {
    'attachments.read': 'number fileName mediaType size sha256 createdAt createdBy downloadUrl',
  },
  Change: { 'clients.read': 'position at actor recordType recordId clientId action version fields' },
  FieldChange: { 'clients.read': 'name before after' },
  HistoryEntry: { 'clients.read': 'at kind title actor record fields' },
  HistoryGap: { 'clients.read': 'kind company code' },
  ClientSnapshot: { 'clients.read': 'id at version fields' },
  SnapshotField: { 'clients.read': 'name value' },
  ReportDefinition: {
    'reports.run':
      'key title description engine roles id version retired database company maxRows columns parameters formats downloadPath',
    'reports.define': 'sql',
  },
  ReportParameter: {
    'reports.run': 'name label type required multiple fromClient clientValue defaults choices',
  },
  ReportColumn: { 'reports.run': 'name label type format' },
  ReportTable: { 'reports.run': 'columns rows truncated source' },
  ReportRow: { 'reports.run': 'cells' },
  DuplicateReport: { 'clients.read': 'candidates hidden' },
  DuplicateCandidate: { 'clients.read': 'client reasons score' },
  MergeResult: { 'clients.merge': 'mergeId client moved obstacles' },
  MovedRecords: { 'clients.merge': 'recordType count' },
  ImportErpCustomersResult: { 'clients.import': 'created linked left omitted' },
  ImportLeft: { 'clients.import': 'customerId reason' },
  ImportOmitted: { 'clients.import': 'customerId field reason' },
  ErpAccount: { 'erp.read': 'id version companyKey customerId company customer' },
  ErpCompany: { 'erp.read': 'key name timeZone sections state asOf' },
  ErpCustomer: {
    'erp.read': 'company customerId code name taxId address email phone paymentDays blocked client',
    'erp.debt': 'creditLimit',
  },
  CompanySource: { 'erp.read': 'company state asOf' },
  Order: {
    'erp.read': 'id company client number orderedOn requestedOn status statusText net gross lines invoices',
  },
  OrderLine: {
    'erp.read': 'lineNo productCode productName productGroup quantity delivered unit netPrice net',
  },
  Invoice: {
    'erp.read':
      'id company client recipient kind number issuedOn soldOn dueOn net vat gross grossBase corrects corrections orders ksefNumber cancelled lines',
    'erp.debt': 'paid remaining paidState overdue daysOverdue settlements payments',
  },
  InvoiceLine: {
    'erp.read': 'lineNo productCode productName productGroup quantity unit netPrice net vatRate',
  },
  Payment: { 'erp.debt': 'id company client paidOn amount unallocated method reference matches' },
  Settlement: {
    'erp.debt':
      'id company client side documentNumber invoice issuedOn dueOn amount remaining overdue daysOverdue settledOn matches',
  },
  SettlementMatch: { 'erp.debt': 'amount paymentAmount matchedOn payment settlement counterSettlement' },
  Balances: { 'erp.debt': 'items sources' },
  Balance: { 'erp.debt': 'company currency receivable overdue payable unallocated creditLimit creditLeft' },
  AgeingReport: { 'erp.debt': 'asOf items sources' },
  Ageing: {
    'erp.debt': 'company currency notDue days1to30 days31to60 days61to90 over90 total credits unallocated',
  },
  SalesReport: { 'erp.read': 'items sources' },
  SalesPeriod: { 'erp.read': 'company currency from to documents net vat gross' },
  ProductReport: { 'erp.read': 'items sources' },
  ProductSales: { 'erp.read': 'company currency productCode productName productGroup quantity unit net' },
  Debtor: { 'erp.debt': 'customer client receivable overdue oldestDueOn' },
  ClientConnection: connection,
  ClientEdge: edge,
  ContactConnection: connection,
  ContactEdge: edge,
  DeliveryPlaceConnection: connection,
  DeliveryPlaceEdge: edge,
  RecipientConnection: connection,
  RecipientEdge: edge,
  NoteConnection: connection,
  NoteEdge: edge,
  EventConnection: connection,
  EventEdge: edge,
  AttachmentConnection: connection,
  AttachmentEdge: edge,
  ChangeConnection: connection,
  ChangeEdge: edge,
  HistoryConnection: { '-': 'edges nodes pageInfo totalCount missing gaps' },
  HistoryEdge: edge,
  ErpCustomerConnection: erpConnection,
  ErpCustomerEdge: edge,
  DebtorConnection: erpConnection,
  DebtorEdge: edge,
  OrderConnection: erpConnection,
  OrderEdge: edge,
  InvoiceConnection: erpConnection,
  InvoiceEdge: edge,
  PaymentConnection: erpConnection,
  PaymentEdge: edge,
  SettlementConnection: erpConnection,
  SettlementEdge: edge,
};

/**
 * Inputs by which something is asked, member for member, and by what one may sort: those that would tell what a hidden field holds need
 * what the field needs. What is written goes by the rule of its mutation.
 */
export const inputRules: Readonly<Record<string, TypeRules>> = {
  ApiKeyFilter: { '-': 'revoked' },
  AttachmentFilter: { '-': 'category deleted search validUntil' },
  ClientFilter: {
    '-': 'accountManagerId active cardType city code country createdAt deleted features fullName mine not or postalCode shortName taxId updatedAt',
  },
  ClientOrderBy: { '-': 'direction featureKey field' },
  ClientOrderField: { '-': 'SHORT_NAME CODE CITY CREATED_AT UPDATED_AT FEATURE RELEVANCE' },
  ContactFilter: { '-': 'active deleted search' },
  DateFilter: { '-': 'eq gte isNull lt' },
  DateTimeFilter: { '-': 'gte isNull lt' },
  DecimalFilter: { '-': 'eq gte lte' },
  DeliveryPlaceFilter: { '-': 'active city deleted search' },
  DuplicateProbe: { '-': 'city excludeId fullName taxId' },
  EventFilter: { '-': 'attendeeId deleted kind mine search startsAt status' },
  FeatureFilter: { '-': 'boolean choices date decimal integer isSet key text' },
  InvoiceFilter: {
    '-': 'company currency dueOn includeCancelled issuedOn kind number',
    'erp.debt': 'paidState overdue',
  },
  NoteFilter: { '-': 'deleted pinned search' },
  OrderFilter: { '-': 'company currency number orderedOn status' },
  PaymentFilter: { 'erp.debt': 'company currency paidOn unallocatedOnly' },
  RecipientFilter: { '-': 'active deleted search taxId' },
  ReportParameterValue: { '-': 'name values' },
  SettlementFilter: { 'erp.debt': 'company currency dueOn openOnly overdueOnly side' },
  StringFilter: { '-': 'contains eq in isNull startsWith' },
};

/** Arguments that fields may have: what else one takes has to be thought of here first. */
export const openArguments: ReadonlySet<string> = new Set(
  'asOf at company after clientId kinds filter first by from inBaseCurrency to recordTypes code id before last orderBy search currency includeRetired recordType ids of key parameters limit'.split(
    ' ',
  ),
);
