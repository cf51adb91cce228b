/** The schema, put together from the rooms' resolvers, and emitted to schema/schema.graphql. */
import 'reflect-metadata';
import { assertValidSchema, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { CardTypeResolver } from '../card-types/card-type.resolver.ts';
import {
  AttachmentResolver,
  AttachmentRevisionResolver,
  AttachmentsOfClientResolver,
} from '../clients/attachments/attachment.resolver.ts';
import { ChangesResolver } from '../changes/change.resolver.ts';
import { ClientResolver } from '../clients/client.resolver.ts';
import { ContactResolver, ContactsOfClientResolver } from '../clients/contacts/contact.resolver.ts';
import {
  DeliveryPlaceResolver,
  DeliveryPlacesOfClientResolver,
} from '../clients/delivery-places/delivery-place.resolver.ts';
import {
  CardOfDebtorResolver,
  CardOfInvoiceResolver,
  CardOfOrderResolver,
  CardOfPaymentResolver,
  CardOfSettlementResolver,
} from '../clients/erp-accounts/card-of-document.resolver.ts';
import {
  CardOfErpCustomerResolver,
  ErpAccountResolver,
  ErpAccountsOfClientResolver,
  LinkErpAccountResolver,
} from '../clients/erp-accounts/erp-account.resolver.ts';
import { ErpImportResolver } from '../clients/erp-accounts/import/erp-import.resolver.ts';
import { RecipientOfInvoiceResolver } from '../clients/erp-accounts/recipient-of-invoice.resolver.ts';
import { ErasureResolver } from '../clients/erasure/erasure.resolver.ts';
import { CalendarResolver, EventsOfClientResolver } from '../clients/events/event-lists.resolver.ts';
import { EventResolver } from '../clients/events/event.resolver.ts';
import {
  ClientAsOfResolver,
  HistoryEntryResolver,
  HistoryOfClientResolver,
} from '../clients/history/history.resolver.ts';
import { DuplicateResolver } from '../clients/merge/duplicate.resolver.ts';
import { MergeResolver } from '../clients/merge/merge.resolver.ts';
import { NoteResolver, NotesOfClientResolver } from '../clients/notes/note.resolver.ts';
import { RestoreResolver } from '../clients/restore.resolver.ts';
import { RecipientResolver, RecipientsOfClientResolver } from '../clients/recipients/recipient.resolver.ts';
import { ClientAgeingResolver } from '../erp/ageing/ageing.resolver.ts';
import { ClientBalancesResolver } from '../erp/balances/balance.resolver.ts';
import { ErpCompanyResolver } from '../erp/company.resolver.ts';
import { ErpCustomersResolver } from '../erp/customers/customer.resolver.ts';
import { DebtorResolver } from '../erp/debtors/debtor.resolver.ts';
import {
  ClientInvoicesResolver,
  InvoiceResolver,
  OrderInvoicesResolver,
} from '../erp/invoices/invoice.resolver.ts';
import { ClientOrdersResolver, OrderResolver } from '../erp/orders/order.resolver.ts';
import { ClientPaymentsResolver } from '../erp/payments/payment.resolver.ts';
import { ClientSalesResolver } from '../erp/sales/sales.resolver.ts';
import {
  ClientSettlementsResolver,
  InvoiceSettlementsResolver,
  PaymentMatchesResolver,
  SettlementMatchResolver,
  SettlementResolver,
} from '../erp/settlements/settlement.resolver.ts';
import { FeatureDefinitionResolver, SetFeaturesResolver } from '../features/feature.resolver.ts';
import { featuresResolvers } from '../features/featured-types.ts';
import { forgetReads, type RequestContext } from '../request.ts';
import {
  ReportOfClientResolver,
  ReportParameterResolver,
  ReportsResolver,
} from '../reports/gateway/report.resolver.ts';
import { ApiKeyResolver } from '../users/api-keys/api-key.resolver.ts';
import { UserResolver } from '../users/user.resolver.ts';
import { ViewerResolver } from '../users/viewer.resolver.ts';
import { NodeResolver } from './node.resolver.ts';
import { inputValidation, type Foresight } from './validate-input.ts';

const resolvers = [
  UserResolver,
  ViewerResolver,
  ApiKeyResolver,
  CardTypeResolver,
  ClientResolver,
  ContactResolver,
  ContactsOfClientResolver,
  DeliveryPlaceResolver,
  DeliveryPlacesOfClientResolver,
  RecipientResolver,
  RecipientsOfClientResolver,
  AttachmentResolver,
  AttachmentRevisionResolver,
  AttachmentsOfClientResolver,
  NoteResolver,
  NotesOfClientResolver,
  EventResolver,
  EventsOfClientResolver,
  CalendarResolver,
  RestoreResolver,
  DuplicateResolver,
  ChangesResolver,
  FeatureDefinitionResolver,
  SetFeaturesResolver,
  ReportsResolver,
  ReportParameterResolver,
  ReportOfClientResolver,
  ...featuresResolvers,
  MergeResolver,
  ErasureResolver,
  ErpAccountsOfClientResolver,
  ErpAccountResolver,
  LinkErpAccountResolver,
  ErpImportResolver,
  CardOfErpCustomerResolver,
  CardOfDebtorResolver,
  CardOfOrderResolver,
  RecipientOfInvoiceResolver,
  CardOfInvoiceResolver,
  CardOfPaymentResolver,
  CardOfSettlementResolver,
  ErpCompanyResolver,
  ErpCustomersResolver,
  DebtorResolver,
  ClientOrdersResolver,
  OrderResolver,
  ClientInvoicesResolver,
  OrderInvoicesResolver,
  InvoiceResolver,
  ClientPaymentsResolver,
  ClientSettlementsResolver,
  InvoiceSettlementsResolver,
  SettlementResolver,
  PaymentMatchesResolver,
  SettlementMatchResolver,
  ClientBalancesResolver,
  ClientAgeingResolver,
  ClientSalesResolver,
  HistoryOfClientResolver,
  HistoryEntryResolver,
  ClientAsOfResolver,
  NodeResolver,
] as const;

/** The library wants one; subscriptions here follow the feed of changes, and nothing is ever published. */
const noTopics = {
  publish: (): never => {
    throw new Error('nothing is published');
  },
  subscribe: (): never => {
    throw new Error('there are no topics');
  },
};

/** Instances are made by whoever has the services; without them the schema can be printed but not asked. */
export function createSchema(
  instances: readonly object[] = [],
  foresight: Foresight = new Map(),
): GraphQLSchema {
  const byClass = new Map<unknown, object>(instances.map((instance) => [instance.constructor, instance]));
  const schema = buildSchemaSync({
    resolvers: [...resolvers] as unknown as NonEmptyArray<new () => object>,
    validate: true,
    validateFn: inputValidation(foresight),
    pubSub: noTopics,
    // The library's own check asks the whole schema of itself, which takes a third of its building; the one below finds as much.
    skipCheck: true,
    container: {
      get: (resolver: { readonly name: string }) => {
        const instance = byClass.get(resolver);
        if (!instance) throw new Error(`no instance of ${resolver.name} was given`);
        return instance;
      },
    },
  });
  assertValidSchema(schema);
  describeRoots(schema);
  forgetReadsAfterWrites(schema);
  return schema;
}

/** The root types are nobody's class. */
function describeRoots(schema: GraphQLSchema): void {
  const query = schema.getQueryType();
  const mutation = schema.getMutationType();
  if (query) query.description = 'What can be asked.';
  const subscription = schema.getSubscriptionType();
  if (subscription) subscription.description = 'What can be followed.';
  if (mutation) mutation.description = 'What can be changed: each answers the record as it was written.';
}

/** Several mutations of one request run one after another, and each answers what it wrote, not what the one before it read. */
function forgetReadsAfterWrites(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    field.resolve = async (source, args, context: RequestContext, info) => {
      try {
        return await resolve?.(source, args, context, info);
      } finally {
        forgetReads(context);
      }
    };
  }
}

export const printedSchema = (): string => `${printSchema(lexicographicSortSchema(createSchema()))}\n`;
