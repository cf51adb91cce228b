/** Sales to clients over all their ERP accounts. */
import { InputRejected } from '../../errors.ts';
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import { ClientFigures, type Figures } from '../client-figures.ts';
import type { Companies } from '../companies.ts';
import { salesOfGroups, type SalesQuestion, type SalesRow } from './sales.reader.ts';

export class SalesLoaders {
  private readonly sales;

  constructor(companies: Companies, accountsOf: AccountsOf) {
    this.sales = new ClientFigures<SalesRow, SalesQuestion>(companies, accountsOf, salesOfGroups);
  }

  /** Throws InputRejected for an unknown company or an upside-down range, or why a company gave no answer. */
  ofClient(context: RequestContext, clientId: string, question: SalesQuestion): Promise<Figures<SalesRow>> {
    const { from, to } = question;
    if (from != null && to != null && from > to)
      throw new InputRejected([{ path: 'from', code: 'RANGE', message: 'is after to' }]);
    return this.sales.ofClient(context, clientId, question);
  }
}
