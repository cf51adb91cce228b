/** Settlements as the rest of the service asks for them: a client's list, one by id, and those of invoices. */
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import type { Companies } from '../companies.ts';
import type { InvoiceLoaders } from '../invoices/invoice.loaders.ts';
import { invoiceDeclaration, type InvoiceRow } from '../invoices/invoice.reader.ts';
import { MergedList, type Ahead, type ErpPage, type ListQuestion } from '../merged-list.ts';
import { recordById, recordsOf } from '../record-loaders.ts';
import {
  settlementDeclaration,
  settlementList,
  toSettlement,
  type SettlementListFilter,
  type SettlementRow,
} from './settlement.reader.ts';

/** Instalments as they fall due; what has no due day stands first. */
const asTheyFallDue = ['due_on', ...settlementDeclaration.key].map((column) => ({
  column,
  direction: 'ASC' as const,
}));

export class SettlementLoaders {
  private readonly lists;
  private readonly settlements;
  private readonly invoiced;

  constructor(
    companies: Companies,
    accountsOf: AccountsOf,
    private readonly invoices: InvoiceLoaders,
  ) {
    const ofInvoice = { by: invoiceDeclaration.key, order: asTheyFallDue };
    this.lists = new MergedList(companies, accountsOf, settlementList);
    this.settlements = recordById(companies, 'settlement', settlementDeclaration, toSettlement);
    this.invoiced = recordsOf(companies, 'invoice', settlementDeclaration, ofInvoice, toSettlement);
  }

  /** Newest first, over all companies the client has accounts in. Throws InputRejected, or why a company gave no answer. */
  ofClient(
    context: RequestContext,
    clientId: string,
    question: ListQuestion<SettlementListFilter>,
    ahead?: Ahead,
  ): Promise<ErpPage<SettlementRow>> {
    return this.lists.page(context, clientId, question, ahead);
  }

  /** Null where there is none. Whether the caller may see it is for whoever asks: an account of a visible client. */
  byId(context: RequestContext, id: string): Promise<SettlementRow | null> {
    return this.settlements(context).load(id);
  }

  /** Those of the same customer. Throws NotOffered where the ERP has no settlements. */
  async ofInvoice(
    context: RequestContext,
    { id, customerId }: Pick<InvoiceRow, 'id' | 'customerId'>,
  ): Promise<readonly SettlementRow[]> {
    const settlements = await this.invoiced(context).load(id);
    return settlements.filter((settlement) => settlement.customerId === customerId);
  }

  /** Null where it is of none, or of one of another customer. */
  async invoice(
    context: RequestContext,
    { invoiceId, customerId }: SettlementRow,
  ): Promise<InvoiceRow | null> {
    const invoice = invoiceId === null ? null : await this.invoices.byId(context, invoiceId);
    return invoice?.customerId === customerId ? invoice : null;
  }
}
