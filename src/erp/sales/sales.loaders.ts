/** Sales to clients over all their ERP accounts. */
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import { ClientFigures, type Figures } from '../client-figures.ts';
import type { Companies } from '../companies.ts';
import { pageRequest } from '../../values/page.ts';
import { productsOfGroups, type ProductQuestion, type ProductRow } from './product.reader.ts';
import { salesOfGroups, type SalesDays, type SalesQuestion, type SalesRow } from './sales.reader.ts';

export class SalesLoaders {
  private readonly sales;
  private readonly products;

  constructor(companies: Companies, accountsOf: AccountsOf) {
    this.sales = new ClientFigures<SalesRow, SalesQuestion>(companies, accountsOf, salesOfGroups);
    this.products = new ClientFigures<ProductRow, ProductQuestion>(companies, accountsOf, productsOfGroups);
  }

  /** Throws InputRejected for an unknown company or an upside-down range, or why a company gave no answer. */
  ofClient(context: RequestContext, clientId: string, question: SalesQuestion): Promise<Figures<SalesRow>> {
    checkDays(question);
    return this.sales.ofClient(context, clientId, question);
  }

  /** Throws as `ofClient`, and InputRejected for a `first` beyond 1 to 200. */
  topProducts(
    context: RequestContext,
    clientId: string,
    { first, ...question }: Omit<ProductQuestion, 'size'> & { readonly first?: number | null | undefined },
  ): Promise<Figures<ProductRow>> {
    checkDays(question);
    const { size } = pageRequest({ first: first ?? null });
    return this.products.ofClient(context, clientId, { ...question, size });
  }
}

function checkDays({ from, to }: SalesDays): void {
  if (from != null && to != null && from > to)
    throw new InputRejected([{ path: 'from', code: 'RANGE', message: 'is after to' }]);
}
