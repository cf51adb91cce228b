/** The ERP's rooms with the door they stand on, and the links that join their customers to cards. */
import { mayReadDocument } from '../access/record-needs.ts';
import { AccountLinking } from '../clients/erp-accounts/account-linking.ts';
import type { AccountLoaders, Document } from '../clients/erp-accounts/account.loaders.ts';
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
import { LinkErpAccountInput } from '../clients/erp-accounts/erp-account.inputs.ts';
import { RecipientOfInvoiceResolver } from '../clients/erp-accounts/recipient-of-invoice.resolver.ts';
import { ErpImport } from '../clients/erp-accounts/import/erp-import.ts';
import { ErpImportResolver } from '../clients/erp-accounts/import/erp-import.resolver.ts';
import { AgeingLoaders } from '../erp/ageing/ageing.loaders.ts';
import { ClientAgeingResolver } from '../erp/ageing/ageing.resolver.ts';
import { BalanceLoaders } from '../erp/balances/balance.loaders.ts';
import { ClientBalancesResolver } from '../erp/balances/balance.resolver.ts';
import type { Companies } from '../erp/companies.ts';
import { ErpCompanyResolver } from '../erp/company.resolver.ts';
import { CustomerSearch } from '../erp/customers/customer-search.ts';
import { CustomerLoaders } from '../erp/customers/customer.loaders.ts';
import { ErpCustomersResolver } from '../erp/customers/customer.resolver.ts';
import { DebtorList } from '../erp/debtors/debtor-list.ts';
import { DebtorResolver } from '../erp/debtors/debtor.resolver.ts';
import { InvoiceLoaders } from '../erp/invoices/invoice.loaders.ts';
import {
  ClientInvoicesResolver,
  InvoiceResolver,
  OrderInvoicesResolver,
} from '../erp/invoices/invoice.resolver.ts';
import { OrderLoaders } from '../erp/orders/order.loaders.ts';
import { ClientOrdersResolver, OrderResolver } from '../erp/orders/order.resolver.ts';
import { PaymentLoaders } from '../erp/payments/payment.loaders.ts';
import { ClientPaymentsResolver } from '../erp/payments/payment.resolver.ts';
import { parseErpId, type ErpKind } from '../erp/record-key.ts';
import { SalesLoaders } from '../erp/sales/sales.loaders.ts';
import { ClientSalesResolver } from '../erp/sales/sales.resolver.ts';
import { MatchLoaders } from '../erp/settlements/match.loaders.ts';
import { SettlementLoaders } from '../erp/settlements/settlement.loaders.ts';
import {
  ClientSettlementsResolver,
  InvoiceSettlementsResolver,
  PaymentMatchesResolver,
  SettlementMatchResolver,
  SettlementResolver,
} from '../erp/settlements/settlement.resolver.ts';
import type { Actor, RequestContext } from '../request.ts';
import type { CrmServices } from './crm.ts';
import type { NodeSource } from './node.resolver.ts';
import type { Foresight } from './validate-input.ts';

/** Resolvers, and where ERP records are found by their ids. */
export function createErp(
  accounts: AccountLoaders,
  companies: Companies,
  { erpAccounts, customerImport }: Pick<CrmServices, 'erpAccounts' | 'customerImport'>,
): { resolvers: object[]; nodes: NodeSource; foresight: Foresight } {
  const customers = new CustomerLoaders(companies);
  const search = new CustomerSearch(companies);
  const orders = new OrderLoaders(companies, accounts.accountsOf);
  const invoices = new InvoiceLoaders(companies, accounts.accountsOf, orders);
  const payments = new PaymentLoaders(companies, accounts.accountsOf);
  const settlements = new SettlementLoaders(companies, accounts.accountsOf, invoices);
  const matches = new MatchLoaders(companies, settlements, payments);
  const linking = new AccountLinking(companies, erpAccounts);
  const resolvers = [
    new ErpAccountsOfClientResolver(accounts),
    new ErpAccountResolver(companies, customers),
    new LinkErpAccountResolver(linking, erpAccounts),
    new ErpImportResolver(new ErpImport(companies, customers, search, customerImport)),
    new CardOfErpCustomerResolver(accounts),
    new CardOfDebtorResolver(accounts),
    new CardOfOrderResolver(accounts),
    new CardOfInvoiceResolver(accounts),
    new CardOfPaymentResolver(accounts),
    new CardOfSettlementResolver(accounts),
    new ErpCompanyResolver(companies),
    new ErpCustomersResolver(search),
    new DebtorResolver(new DebtorList(companies), customers),
    new ClientOrdersResolver(orders),
    new OrderResolver(orders),
    new ClientInvoicesResolver(invoices),
    new OrderInvoicesResolver(invoices),
    new InvoiceResolver(invoices),
    new RecipientOfInvoiceResolver(accounts, customers),
    new ClientPaymentsResolver(payments),
    new ClientSettlementsResolver(settlements),
    new InvoiceSettlementsResolver(settlements, matches),
    new SettlementResolver(settlements, matches),
    new PaymentMatchesResolver(matches),
    new SettlementMatchResolver(matches),
    new ClientBalancesResolver(new BalanceLoaders(companies, accounts.accountsOf)),
    new ClientSalesResolver(new SalesLoaders(companies, accounts.accountsOf)),
    new ClientAgeingResolver(new AgeingLoaders(companies, accounts.accountsOf)),
  ];
  const loaders: Readonly<
    Record<ErpKind, ((context: RequestContext, id: string) => Promise<Document | null>) | undefined>
  > = {
    order: (context, id) => orders.byId(context, id),
    invoice: (context, id) => invoices.byId(context, id),
    payment: (context, id) => payments.byId(context, id),
    settlement: (context, id) => settlements.byId(context, id),
    // Customers are no nodes: they are reached through accounts.
    customer: undefined,
  };
  const nodes: NodeSource = (context, id) => {
    const parsed = parseErpId(id);
    if (parsed && !mayReadDocument(context.actor.access, parsed.kind)) return Promise.resolve(null);
    const load = parsed && loaders[parsed.kind];
    return load?.(context, id).then((document) => accounts.visible(context, document));
  };
  const foresight: Foresight = new Map([
    [LinkErpAccountInput, (_: Actor, input: object) => linking.foresee(input)],
  ]);
  return { resolvers, nodes, foresight };
}
