/** Orders as the rest of the service asks for them: a client's list, one by id, and the lines of many. */
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import type { Companies } from '../companies.ts';
import { inCurrency, inCurrencyOrNull } from '../in-currency.ts';
import { MergedList, type Ahead, type ErpPage, type ListQuestion } from '../merged-list.ts';
import { recordById, recordsOf } from '../record-loaders.ts';
import {
  inLineOrder,
  orderDeclaration,
  orderLineDeclaration,
  orderList,
  toOrder,
  type OrderListFilter,
  type OrderRow,
} from './order.reader.ts';

export class OrderLoaders {
  private readonly lists;
  private readonly orders;
  private readonly orderLines;

  constructor(companies: Companies, accountsOf: AccountsOf) {
    this.lists = new MergedList(companies, accountsOf, orderList);
    this.orders = recordById(companies, 'order', orderDeclaration, toOrder);
    const ofOrder = { by: orderDeclaration.key, order: inLineOrder };
    this.orderLines = recordsOf(companies, 'order', orderLineDeclaration, ofOrder, (line) => line.fields);
  }

  /** Newest first, over all companies the client has accounts in. Throws InputRejected, or why a company gave no answer. */
  ofClient(
    context: RequestContext,
    clientId: string,
    question: ListQuestion<OrderListFilter>,
    ahead?: Ahead,
  ): Promise<ErpPage<OrderRow>> {
    return this.lists.page(context, clientId, question, ahead);
  }

  /** Null where there is none. Whether the caller may see it is for whoever asks: an account of a visible client. */
  byId(context: RequestContext, id: string): Promise<OrderRow | null> {
    return this.orders(context).load(id);
  }

  async lines(context: RequestContext, { id, currency }: Pick<OrderRow, 'id' | 'currency'>) {
    const lines = await this.orderLines(context).load(id);
    return lines.map((line) => ({
      ...line,
      netPrice: inCurrencyOrNull(line.netPrice, currency),
      net: inCurrency(line.net, currency),
    }));
  }
}
