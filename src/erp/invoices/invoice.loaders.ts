/** Invoices as the rest of the service asks for them: lists, single ones, lines, what is left to pay, and what belongs together. */
import type { RequestContext } from '../../request.ts';
import { zero } from '../../values/decimal.ts';
import type { AccountsOf } from '../accounts.ts';
import type { Companies } from '../companies.ts';
import { inCurrency, inCurrencyOrNull } from '../in-currency.ts';
import { MergedList, type Ahead, type ErpPage, type ListQuestion } from '../merged-list.ts';
import type { OrderLoaders } from '../orders/order.loaders.ts';
import { inLineOrder, orderDeclaration, type OrderRow } from '../orders/order.reader.ts';
import { erpId } from '../record-key.ts';
import { recordById, recordsOf } from '../record-loaders.ts';
import { DebtsOfPages } from './debts-of-pages.ts';
import { debtOf, settlementRemaining, type InvoiceDebt } from './invoice-debt.ts';
import { invoiceList, type InvoiceListFilter } from './invoice.list.ts';
import {
  invoiceDeclaration,
  invoiceLineDeclaration,
  invoiceOrderDeclaration,
  toInvoice,
  type InvoiceRow,
} from './invoice.reader.ts';

/** Several documents of one: by day, then key, oldest first. */
const oldestFirst = ['issued_on', ...invoiceDeclaration.key].map((column) => ({
  column,
  direction: 'ASC' as const,
}));
const byKey = (columns: readonly string[]) =>
  columns.map((column) => ({ column, direction: 'ASC' as const }));

interface InvoicesAhead extends Ahead {
  readonly debts: boolean;
}

export class InvoiceLoaders {
  private readonly lists;
  private readonly debtsOfPages;
  private readonly invoices;
  private readonly invoiceLines;
  private readonly correcting;
  private readonly settled;
  private readonly billedOrders;
  private readonly billingInvoices;

  constructor(
    companies: Companies,
    accountsOf: AccountsOf,
    private readonly orders: OrderLoaders,
  ) {
    const ofInvoice = { by: invoiceDeclaration.key, order: inLineOrder };
    const ofCorrected = { by: ['corrects_type', 'corrects_id'], order: oldestFirst };
    const ordersOf = { by: invoiceDeclaration.key, order: byKey(orderDeclaration.key) };
    const invoicesOf = { by: orderDeclaration.key, order: byKey(invoiceDeclaration.key) };
    this.lists = new MergedList(companies, accountsOf, invoiceList);
    this.debtsOfPages = new DebtsOfPages(companies, accountsOf);
    this.invoices = recordById(companies, 'invoice', invoiceDeclaration, toInvoice);
    this.invoiceLines = recordsOf(
      companies,
      'invoice',
      invoiceLineDeclaration,
      ofInvoice,
      ({ fields }) => fields,
    );
    this.correcting = recordsOf(companies, 'invoice', invoiceDeclaration, ofCorrected, toInvoice);
    this.settled = settlementRemaining(companies);
    this.billedOrders = recordsOf(
      companies,
      'invoice',
      invoiceOrderDeclaration,
      ordersOf,
      ({ fields }, { key }) => erpId('order', key, [fields.order.type, fields.order.id]),
    );
    this.billingInvoices = recordsOf(
      companies,
      'order',
      invoiceOrderDeclaration,
      invoicesOf,
      ({ fields }, { key }) => erpId('invoice', key, [fields.invoice.type, fields.invoice.id]),
    );
  }

  /**
   * Newest first, over all companies the client has accounts in. With `debts` what remains of them is on its way, too, where that
   * would be a question to follow. Throws InputRejected, or why a company gave no answer.
   */
  async ofClient(
    context: RequestContext,
    clientId: string,
    question: ListQuestion<InvoiceListFilter>,
    { debts, counted }: InvoicesAhead = { debts: false, counted: false },
  ): Promise<ErpPage<InvoiceRow>> {
    const asked = debts ? this.debtsOfPages.ask(context, clientId, question) : undefined;
    const page = await this.lists.page(context, clientId, question, { counted });
    this.debtsOfPages.note(page.nodes, asked);
    return page;
  }

  /** Null where there is none. Whether the caller may see it is for whoever asks: an account of a visible client. */
  byId(context: RequestContext, id: string): Promise<InvoiceRow | null> {
    return this.invoices(context).load(id);
  }

  async lines(context: RequestContext, { id, currency }: Pick<InvoiceRow, 'id' | 'currency'>) {
    const lines = await this.invoiceLines(context).load(id);
    return lines.map((line) => ({
      ...line,
      netPrice: inCurrencyOrNull(line.netPrice, currency),
      net: inCurrency(line.net, currency),
    }));
  }

  /** Costs a statement only for invoices that do not know it themselves, none where it was asked for with their page. Throws NotOffered where then nobody does. */
  async debt(context: RequestContext, invoice: InvoiceRow): Promise<InvoiceDebt> {
    const { company, ownRemaining, cancelled, id } = invoice;
    const known = cancelled ? zero : ownRemaining;
    const remaining =
      known ?? (await this.debtsOfPages.of(context, invoice)) ?? (await this.settled(context).load(id));
    return debtOf(invoice, remaining, company.today());
  }

  /** Null where it corrects none, or one of another customer: that is not shown through this one's account. */
  async corrected(
    context: RequestContext,
    { correctsId, customerId }: InvoiceRow,
  ): Promise<InvoiceRow | null> {
    const corrected = correctsId === null ? null : await this.byId(context, correctsId);
    return corrected?.customerId === customerId ? corrected : null;
  }

  /** Cancelled ones included; they say so. */
  async corrections(context: RequestContext, { id, customerId }: InvoiceRow): Promise<readonly InvoiceRow[]> {
    const corrections = await this.correcting(context).load(id);
    return corrections.filter((correction) => correction.customerId === customerId);
  }

  /** The orders it bills, those of the same customer. Throws NotOffered where the ERP does not tell. */
  async ordersOf(context: RequestContext, { id, customerId }: InvoiceRow): Promise<readonly OrderRow[]> {
    const ids = await this.billedOrders(context).load(id);
    const orders = await Promise.all(ids.map((order) => this.orders.byId(context, order)));
    return orders.filter((order) => order !== null).filter((order) => order.customerId === customerId);
  }

  /** The invoices that bill it, those of the same customer. Throws NotOffered where the ERP does not tell. */
  async ofOrder(context: RequestContext, { id, customerId }: OrderRow): Promise<readonly InvoiceRow[]> {
    const ids = await this.billingInvoices(context).load(id);
    const invoices = await Promise.all(ids.map((invoice) => this.byId(context, invoice)));
    return invoices
      .filter((invoice) => invoice !== null)
      .filter((invoice) => invoice.customerId === customerId);
  }
}
