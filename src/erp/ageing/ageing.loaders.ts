/** Ageing of clients over all their ERP accounts. */
import type { RequestContext } from '../../request.ts';
import type { AccountsOf } from '../accounts.ts';
import { ClientFigures, type Figures } from '../client-figures.ts';
import type { Companies } from '../companies.ts';
import { ageingOfGroups, type AgeingRow } from './ageing.reader.ts';

interface AgeingQuestion {
  readonly company?: string | null | undefined;
  readonly asOf: string;
}

interface AgeingOfClient extends Figures<AgeingRow> {
  readonly asOf: string;
}

export class AgeingLoaders {
  private readonly figures;

  constructor(
    private readonly companies: Companies,
    accountsOf: AccountsOf,
  ) {
    this.figures = new ClientFigures<AgeingRow, AgeingQuestion>(
      companies,
      accountsOf,
      (company, groups, { asOf }, signal) => ageingOfGroups(company, groups, asOf, signal),
    );
  }

  /** Of today where no day is given. Throws InputRejected for an unknown company, or why a company gave no answer. */
  async ofClient(
    context: RequestContext,
    clientId: string,
    {
      company,
      asOf,
    }: { readonly company?: string | null | undefined; readonly asOf?: string | null | undefined },
  ): Promise<AgeingOfClient> {
    const day = asOf ?? this.today(company);
    return { asOf: day, ...(await this.figures.ofClient(context, clientId, { company, asOf: day })) };
  }

  /** Where companies are in several zones, the day it is in the easternmost: a past one in none of them. */
  private today(company: string | null | undefined): string {
    const asked = company == null ? this.companies.all : [this.companies.require(company, 'company')];
    const days = asked.map(({ today }) => today()).toSorted();
    return days.at(-1) ?? new Date().toISOString().slice(0, 10);
  }
}
