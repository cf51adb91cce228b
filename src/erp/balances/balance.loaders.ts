/** Balances of clients over all their ERP accounts. */
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import { ClientFigures, type Figures } from '../client-figures.ts';
import type { Companies } from '../companies.ts';
import { balancesOfGroups, type BalanceRow } from './balance.reader.ts';

export class BalanceLoaders {
  private readonly balances;

  constructor(companies: Companies, accountsOf: AccountsOf) {
    this.balances = new ClientFigures<BalanceRow, { readonly company?: string | null | undefined }>(
      companies,
      accountsOf,
      (company, groups, _question, signal) => balancesOfGroups(company, groups, signal),
    );
  }

  /** Throws InputRejected for an unknown company, or why a company gave no answer. */
  ofClient(
    context: RequestContext,
    clientId: string,
    company: string | null | undefined,
  ): Promise<Figures<BalanceRow>> {
    return this.balances.ofClient(context, clientId, { company });
  }
}
