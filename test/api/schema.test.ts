import { describe, expect, it } from '@jest/globals';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
} from 'graphql';
import { createSchema } from '../../src/server/schema.ts';

const schema = createSchema();
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
);

/** A type's members, each with its place and description. */
function membersOf(type: GraphQLNamedType): (readonly [string, string | null | undefined])[] {
  if (isEnumType(type)) return type.getValues().map(({ name, description }) => [name, description]);
  if (isInputObjectType(type))
    return Object.values(type.getFields()).map(({ name, description }) => [name, description]);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap(({ name, description, args }) => [
    [name, description] as const,
    ...args.map((arg) => [`${name}(${arg.name})`, arg.description] as const),
  ]);
}

it('describes every type, field, argument, input field and enum value', () => {
  const places = types.flatMap((type) => [
    [type.name, type.description] as const,
    ...membersOf(type).map(([name, description]) => [`${type.name}.${name}`, description] as const),
  ]);
  expect(places.length).toBeGreaterThan(200);
  expect(places.filter(([, description]) => !description?.trim()).map(([place]) => place)).toEqual([]);
});

const record =
  'id: ID! version: Int! createdAt: DateTime! createdBy: String! updatedAt: DateTime! updatedBy: String! deletedAt: DateTime';
const page = 'edges: [EDGE!]! nodes: [NODE!]! pageInfo: PageInfo! totalCount: Int';
const connection = (node: string): string => page.replace('EDGE', `${node}Edge`).replace('NODE', node);
const clientMembers =
  'features: [FeatureValueInput!] active: Boolean taxId: String regon: String address: AddressInput phone: String mobile: String fax: String email: String website: String accountManagerId: ID';
const contactMembers =
  'features: [FeatureValueInput!] active: Boolean firstName: String email: String phone: String mobile: String position: String department: String primary: Boolean';

/** What callers were promised, and write their programs by. */
const promised: Readonly<Record<string, string>> = {
  Node: 'id: ID!',
  Record: record,
  PageInfo: 'hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String',
  Address: 'street: String postalCode: String city: String country: String',
  Query: `client(id: ID, code: String): Client
    clients(first: Int, after: String, last: Int, before: String, search: String, filter: ClientFilter, orderBy: [ClientOrderBy!]): ClientConnection!
    featureDefinitions(recordType: RecordType, includeRetired: Boolean): [FeatureDefinition!]!
    node(id: ID!): Node nodes(ids: [ID!]!): [Node]! cardTypes: [CardType!]!
    erpCustomers(company: String!, search: String, first: Int, after: String): ErpCustomerConnection!
    events(first: Int, after: String, filter: EventFilter): EventConnection!
    possibleDuplicates(of: DuplicateProbe!): DuplicateReport!
    changes(after: String, first: Int, recordTypes: [RecordType!]): ChangeConnection!
    debtors(company: String!, currency: String!, first: Int, after: String): DebtorConnection!
    users(search: String, first: Int, after: String): UserConnection!`,
  Client: `${record} code: String! active: Boolean! cardType: CardType! shortName: String! fullName: String! taxId: String
    regon: String address: Address! features: [Feature!]! primaryContact: Contact phone: String mobile: String fax: String email: String
    website: String accountManager: User mergedInto: Client
    contacts(first: Int, after: String, filter: ContactFilter): ContactConnection!
    deliveryPlaces(first: Int, after: String, filter: DeliveryPlaceFilter): DeliveryPlaceConnection!
    recipients(first: Int, after: String, filter: RecipientFilter): RecipientConnection!
    events(first: Int, after: String, filter: EventFilter): EventConnection!
    notes(first: Int, after: String, filter: NoteFilter): NoteConnection!
    payments(first: Int, after: String, filter: PaymentFilter): PaymentConnection
    settlements(first: Int, after: String, filter: SettlementFilter): SettlementConnection
    ageing(company: String, asOf: Date): AgeingReport
    sales(by: Period!, from: Date, to: Date, company: String, inBaseCurrency: Boolean): SalesReport
    topProducts(from: Date, to: Date, company: String, first: Int): ProductReport`,
  FeatureDefinition: `id: ID! version: Int! key: String! name: String! description: String recordType: RecordType!
    cardTypes: [CardType!]! kind: FeatureKind! group: String position: Int! required: Boolean! unit: String
    choices: [FeatureChoice!]! minimum: Decimal maximum: Decimal pattern: String retired: Boolean!`,
  FeatureChoice: 'key: String! name: String! retired: Boolean!',
  Feature: `definition: FeatureDefinition! isSet: Boolean! text: String integer: Int decimal: Decimal boolean: Boolean
    date: Date choices: [FeatureChoice!]`,
  FeatureFilter: `key: String! isSet: Boolean text: StringFilter integer: DecimalFilter decimal: DecimalFilter boolean: Boolean
    date: DateFilter choices: [String!]`,
  DecimalFilter: 'eq: Decimal gte: Decimal lte: Decimal',
  FeatureValueInput: `key: String! text: String integer: Int decimal: Decimal boolean: Boolean date: Date choices: [String!]
    clear: Boolean`,
  SetFeaturesInput: 'id: ID! version: Int! values: [FeatureValueInput!]!',
  FeatureChoiceInput: 'key: String! name: String! retired: Boolean',
  DefineFeatureInput: `key: String! name: String! description: String recordType: RecordType! cardTypes: [String!]
    kind: FeatureKind! group: String position: Int required: Boolean unit: String choices: [FeatureChoiceInput!]
    minimum: Decimal maximum: Decimal pattern: String`,
  UpdateFeatureDefinitionInput: `id: ID! version: Int! name: String description: String cardTypes: [String!] group: String
    position: Int required: Boolean unit: String choices: [FeatureChoiceInput!] minimum: Decimal maximum: Decimal
    pattern: String retired: Boolean`,
  CardType: 'id: ID! version: Int! key: String! name: String! active: Boolean! branchesShareTaxId: Boolean!',
  User: 'id: ID! name: String! email: String active: Boolean!',
  Contact: `${record} active: Boolean! lastName: String! firstName: String email: String phone: String mobile: String
    position: String department: String primary: Boolean! client: Client! features: [Feature!]!`,
  DeliveryPlace: `${record} active: Boolean! code: String! name: String! address: Address! contactName: String phone: String
    email: String openingHours: String instructions: String client: Client! features: [Feature!]!`,
  Recipient: `${record} active: Boolean! code: String! name: String! taxId: String address: Address! contactName: String
    phone: String email: String memberCard: Client deliveryPlace: DeliveryPlace client: Client! features: [Feature!]!`,
  Note: `${record} text: String! pinned: Boolean! client: Client!`,
  Event: `${record} kind: EventKind! status: EventStatus! subject: String! description: String location: String
    startsAt: DateTime! endsAt: DateTime outcome: String participants: [Contact!]! attendees: [User!]! client: Client!`,
  Payment: `id: ID! company: ErpCompany! client: Client paidOn: Date! amount: Money! unallocated: Money! method: String
    reference: String matches: [SettlementMatch!]`,
  Settlement: `id: ID! company: ErpCompany! client: Client side: SettlementSide! documentNumber: String invoice: Invoice
    issuedOn: Date! dueOn: Date amount: Money! remaining: Money! overdue: Boolean! daysOverdue: Int! settledOn: Date
    matches: [SettlementMatch!]`,
  SettlementMatch:
    'amount: Money! paymentAmount: Money matchedOn: Date payment: Payment counterSettlement: Settlement',
  AgeingReport: 'asOf: Date! items: [Ageing!]! sources: [CompanySource!]!',
  Ageing: `company: ErpCompany! currency: String! notDue: Money! days1to30: Money! days31to60: Money! days61to90: Money!
    over90: Money! total: Money! credits: Money! unallocated: Money!`,
  ProductReport: 'items: [ProductSales!]! sources: [CompanySource!]!',
  ProductSales: `company: ErpCompany! currency: String! productCode: String productName: String! productGroup: String
    quantity: Decimal! net: Money!`,
  SalesReport: 'items: [SalesPeriod!]! sources: [CompanySource!]!',
  SalesPeriod: `company: ErpCompany! currency: String! from: Date! to: Date! documents: Int! net: Money! vat: Money!
    gross: Money!`,
  Invoice: 'settlements: [Settlement!] payments: [Payment!]',
  Debtor: 'customer: ErpCustomer! client: Client receivable: Money! overdue: Money! oldestDueOn: Date',
  DebtorConnection: `${connection('Debtor')} sources: [CompanySource!]!`,
  ErpAccount:
    'id: ID! version: Int! companyKey: String! customerId: String! company: ErpCompany customer: ErpCustomer',
  ErpCustomerConnection: `${connection('ErpCustomer')} sources: [CompanySource!]!`,
  PaymentConnection: `${connection('Payment')} sources: [CompanySource!]!`,
  SettlementConnection: `${connection('Settlement')} sources: [CompanySource!]!`,
  PaymentFilter: 'company: String paidOn: DateFilter currency: String unallocatedOnly: Boolean',
  SettlementFilter: `company: String side: SettlementSide openOnly: Boolean overdueOnly: Boolean dueOn: DateFilter
    currency: String`,
  Change: `position: String! at: DateTime! actor: String! recordType: RecordType! recordId: ID! clientId: ID
    action: ChangeAction! version: Int! fields: [FieldChange!]!`,
  FieldChange: 'name: String! before: String after: String erased: Boolean!',
  ChangeConnection: connection('Change'),
  ClientConnection: connection('Client'),
  ContactConnection: connection('Contact'),
  DeliveryPlaceConnection: connection('DeliveryPlace'),
  RecipientConnection: connection('Recipient'),
  NoteConnection: connection('Note'),
  EventConnection: connection('Event'),
  UserConnection: connection('User'),
  ContactEdge: 'cursor: String! node: Contact!',
  StringFilter: 'eq: String in: [String!] contains: String startsWith: String isNull: Boolean',
  ClientFilter: `active: Boolean deleted: Boolean mine: Boolean code: StringFilter shortName: StringFilter fullName: StringFilter
    taxId: StringFilter city: StringFilter postalCode: StringFilter country: StringFilter cardType: StringFilter accountManagerId: ID
    createdAt: DateTimeFilter updatedAt: DateTimeFilter features: [FeatureFilter!]
    or: [ClientFilter!] not: ClientFilter`,
  DateTimeFilter: 'gte: DateTime lt: DateTime isNull: Boolean',
  ClientOrderBy: 'field: ClientOrderField! direction: Direction featureKey: String',
  ContactFilter: 'active: Boolean deleted: Boolean search: String',
  DeliveryPlaceFilter: 'active: Boolean deleted: Boolean search: String city: StringFilter',
  NoteFilter: 'deleted: Boolean pinned: Boolean search: String',
  EventFilter: `deleted: Boolean kind: [EventKind!] status: [EventStatus!] startsAt: DateTimeFilter attendeeId: ID
    mine: Boolean`,
  RecipientFilter: 'active: Boolean deleted: Boolean search: String taxId: StringFilter',
  Mutation: `defineFeature(input: DefineFeatureInput!): FeatureDefinition! setFeatures(input: SetFeaturesInput!): Record!
    updateFeatureDefinition(input: UpdateFeatureDefinitionInput!): FeatureDefinition! createClient(input: CreateClientInput!): Client! updateClient(input: UpdateClientInput!): Client!
    addContact(input: AddContactInput!): Contact! updateContact(input: UpdateContactInput!): Contact!
    deleteClient(input: VersionedId!): Client! restoreClient(input: VersionedId!): Client!
    restoreRecord(input: VersionedId!): Record! removeContact(input: VersionedId!): Contact!
    addDeliveryPlace(input: AddDeliveryPlaceInput!): DeliveryPlace!
    updateDeliveryPlace(input: UpdateDeliveryPlaceInput!): DeliveryPlace!
    removeDeliveryPlace(input: VersionedId!): DeliveryPlace!
    addRecipient(input: AddRecipientInput!): Recipient! updateRecipient(input: UpdateRecipientInput!): Recipient!
    removeRecipient(input: VersionedId!): Recipient!
    addEvent(input: AddEventInput!): Event! updateEvent(input: UpdateEventInput!): Event!
    removeEvent(input: VersionedId!): Event!
    addNote(input: AddNoteInput!): Note! updateNote(input: UpdateNoteInput!): Note!
    removeNote(input: VersionedId!): Note!
    defineCardType(input: DefineCardTypeInput!): CardType! updateCardType(input: UpdateCardTypeInput!): CardType!
    mergeClients(input: MergeClientsInput!): MergeResult! undoMerge(mergeId: ID!): Client!
    eraseContact(input: VersionedId!): Boolean! eraseClient(input: VersionedId!): Boolean!
    eraseNote(input: VersionedId!): Boolean! eraseEvent(input: VersionedId!): Boolean!
    eraseAttachment(input: VersionedId!): Boolean!
    eraseDeliveryPlaceContact(input: VersionedId!): Boolean! eraseRecipientContact(input: VersionedId!): Boolean!
    linkErpAccount(input: LinkErpAccountInput!): ErpAccount! unlinkErpAccount(input: VersionedId!): Boolean!`,
  LinkErpAccountInput: 'clientId: ID! company: String! customerId: String!',
  AddressInput: 'street: String postalCode: String city: String country: String',
  CreateClientInput: `id: ID code: String! cardType: String! shortName: String! fullName: String! ${clientMembers}`,
  UpdateClientInput: `id: ID! version: Int! code: String cardType: String shortName: String fullName: String
    primaryContactId: ID ${clientMembers}`,
  AddContactInput: `id: ID clientId: ID! lastName: String! ${contactMembers}`,
  UpdateContactInput: `id: ID! version: Int! lastName: String ${contactMembers}`,
  AddDeliveryPlaceInput: `id: ID clientId: ID! active: Boolean code: String! name: String! address: AddressInput!
    contactName: String phone: String email: String openingHours: String instructions: String`,
  AddRecipientInput: `id: ID clientId: ID! active: Boolean code: String! name: String! taxId: String address: AddressInput
    contactName: String phone: String email: String memberCardId: ID deliveryPlaceId: ID`,
  MergeClientsInput: 'winner: VersionedId! losers: [VersionedId!]! keepErpAccounts: [ID!] dryRun: Boolean',
  MergeResult: 'mergeId: ID client: Client! moved: [MovedRecords!]! obstacles: [String!]!',
  MovedRecords: 'recordType: RecordType! count: Int!',
  DuplicateProbe: 'taxId: String fullName: String city: String excludeId: ID',
  DuplicateReport: 'candidates: [DuplicateCandidate!]! hidden: Int!',
  DuplicateCandidate: 'client: Client! reasons: [String!]! score: Float!',
  VersionedId: 'id: ID! version: Int!',
  UpdateDeliveryPlaceInput: `id: ID! version: Int! active: Boolean code: String name: String address: AddressInput
    contactName: String phone: String email: String openingHours: String instructions: String`,
  UpdateRecipientInput: `id: ID! version: Int! active: Boolean code: String name: String taxId: String
    address: AddressInput contactName: String phone: String email: String memberCardId: ID deliveryPlaceId: ID`,
  AddEventInput: `id: ID clientId: ID! kind: EventKind! status: EventStatus subject: String! description: String
    location: String startsAt: DateTime! endsAt: DateTime outcome: String participantIds: [ID!] attendeeIds: [ID!]`,
  UpdateEventInput: `id: ID! version: Int! kind: EventKind status: EventStatus subject: String description: String
    location: String startsAt: DateTime endsAt: DateTime outcome: String participantIds: [ID!] attendeeIds: [ID!]`,
  AddNoteInput: 'id: ID clientId: ID! text: String! pinned: Boolean',
  UpdateNoteInput: 'id: ID! version: Int! text: String pinned: Boolean',
  DefineCardTypeInput: 'key: String! name: String! branchesShareTaxId: Boolean',
  UpdateCardTypeInput: 'id: ID! version: Int! name: String active: Boolean branchesShareTaxId: Boolean',
};

/** In which order arguments stand means nothing. */
const member = (name: string, args: readonly string[], type: string): string =>
  `${name}${args.length > 0 ? `(${args.toSorted().join(', ')})` : ''}: ${type}`;

function membersIn(promise: string): string[] {
  const members = promise.replaceAll(/\s+/g, ' ').matchAll(/(\w+)(?:\(([^)]*)\))?: ([\w[\]!]+)/g);
  return [...members].map(([, name = '', args, type = '']) => member(name, args?.split(', ') ?? [], type));
}

/** Members as `name(argument: Type): Type`, as the schema has them. */
function shapeOf(type: GraphQLNamedType | undefined): Set<string> {
  if (isInputObjectType(type))
    return new Set(Object.values(type.getFields()).map((field) => `${field.name}: ${String(field.type)}`));
  if (!isObjectType(type) && !isInterfaceType(type)) return new Set();
  return new Set(
    Object.values(type.getFields()).map((field) => {
      const args = field.args.map((arg) => `${arg.name}: ${String(arg.type)}`);
      return member(field.name, args, String(field.type));
    }),
  );
}

describe('callers find what they were promised', () => {
  it.each(Object.entries(promised))('in %s', (name, members) => {
    const shape = shapeOf(schema.getType(name));
    const wanted = membersIn(members);
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.filter((promise) => !shape.has(promise))).toEqual([]);
  });

  it.each([
    ['ClientOrderField', ['FEATURE', 'SHORT_NAME', 'CODE', 'CITY', 'CREATED_AT', 'UPDATED_AT', 'RELEVANCE']],
    ['Direction', ['ASC', 'DESC']],
    [
      'FeatureKind',
      ['TEXT', 'LONG_TEXT', 'INTEGER', 'DECIMAL', 'BOOLEAN', 'DATE', 'CHOICE', 'MULTI_CHOICE', 'LINK'],
    ],
    [
      'RecordType',
      [
        ...['CLIENT', 'CONTACT', 'DELIVERY_PLACE', 'RECIPIENT', 'NOTE', 'ATTACHMENT', 'EVENT'],
        ...['FEATURE_DEFINITION', 'CARD_TYPE', 'ERP_ACCOUNT', 'REPORT'],
      ],
    ],
    ['EventKind', ['MEETING', 'CALL', 'EMAIL', 'TASK', 'COMPLAINT', 'VISIT', 'OTHER']],
    ['EventStatus', ['PLANNED', 'DONE', 'CANCELLED']],
  ])('in the values of %s', (name, values) => {
    const type = schema.getType(name);
    expect(isEnumType(type) && type.getValues().map((value) => value.name)).toEqual(
      expect.arrayContaining(values),
    );
  });

  it.each(['Client', 'Contact', 'DeliveryPlace', 'Recipient', 'Note', 'Event'])(
    '%s as a Record and a Node',
    (name) => {
      const type = schema.getType(name);
      expect(
        isObjectType(type) &&
          type
            .getInterfaces()
            .map((implemented) => implemented.name)
            .sort(),
      ).toEqual(['Node', 'Record']);
    },
  );

  it.each(['Date', 'DateTime', 'Decimal'])('the scalar %s', (name) => {
    expect(isScalarType(schema.getType(name))).toBe(true);
  });
});
