/** Balances of clients over all their ERP accounts. */
import { perRequest, type RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import { askCompanies, sharesOf } from '../ask-companies.ts';
import type { Companies } from '../companies.ts';
import type { CompanySource } from '../company.type.ts';
import { balancesOfGroups, type BalanceRow } from './balance.reader.ts';

export interface ClientBalances {
  readonly items: readonly BalanceRow[];
  readonly sources: readonly CompanySource[];
}

export class BalanceLoaders {
  private readonly balances = perRequest<string, ClientBalances>((clients, context, company) =>
    this.read(clients, context, company === '' ? null : company),
  );

  constructor(
    private readonly companies: Companies,
    private readonly accountsOf: AccountsOf,
  ) {}

  /** Throws InputRejected for an unknown company, or why a company gave no answer. */
  ofClient(
    context: RequestContext,
    clientId: string,
    company: string | null | undefined,
  ): Promise<ClientBalances> {
    if (company != null) this.companies.require(company, 'company');
    return this.balances(context, company ?? '').load(clientId);
  }

  private async read(
    clients: readonly string[],
    context: RequestContext,
    company: string | null,
  ): Promise<readonly (ClientBalances | Error)[]> {
    const shares = await sharesOf(
      clients,
      company,
      { companies: this.companies, accountsOf: this.accountsOf, context },
      'company',
    );
    const asked = await askCompanies(this.companies, shares, async (of, groups) => {
      const { groups: outcomes, asOf } = await balancesOfGroups(of, groups, context.signal);
      return outcomes.map((items) => (items instanceof Error ? items : { items, asOf }));
    });
    return asked.map((answered) =>
      answered instanceof Error
        ? answered
        : {
            items: answered.flatMap(({ value }) => value.items),
            sources: answered.map(({ company: key, value }) => ({
              company: key,
              state: 'LIVE',
              asOf: value.asOf,
            })),
          },
    );
  }
}
