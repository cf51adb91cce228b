/** Payments as the rest of the service asks for them: a client's list, and one by id. */
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import type { Companies } from '../companies.ts';
import { MergedList, type Ahead, type ErpPage, type ListQuestion } from '../merged-list.ts';
import { recordById } from '../record-loaders.ts';
import {
  paymentDeclaration,
  paymentList,
  toPayment,
  type PaymentListFilter,
  type PaymentRow,
} from './payment.reader.ts';

export class PaymentLoaders {
  private readonly lists;
  private readonly payments;

  constructor(companies: Companies, accountsOf: AccountsOf) {
    this.lists = new MergedList(companies, accountsOf, paymentList);
    this.payments = recordById(companies, 'payment', paymentDeclaration, toPayment);
  }

  /** Newest first, over all companies the client has accounts in. Throws InputRejected, or why a company gave no answer. */
  ofClient(
    context: RequestContext,
    clientId: string,
    question: ListQuestion<PaymentListFilter>,
    ahead?: Ahead,
  ): Promise<ErpPage<PaymentRow>> {
    return this.lists.page(context, clientId, question, ahead);
  }

  /** Null where there is none. Whether the caller may see it is for whoever asks: an account of a visible client. */
  byId(context: RequestContext, id: string): Promise<PaymentRow | null> {
    return this.payments(context).load(id);
  }
}
