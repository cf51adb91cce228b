/**
 * Figures that an ERP sums per customer, put together for clients with accounts in however many companies. Promises one
 * statement per company for any number of clients asking the same, and no part left out silently.
 */
import { perRequest, type RequestContext } from '../request.ts';
import type { AccountsOf } from './accounts.ts';
import { askCompanies, sharesOf } from './ask-companies.ts';
import type { Companies, Company } from './companies.ts';
import type { CompanySource } from './company.type.ts';
import { foreignCustomer, type GroupsRead, type Outcome } from './customer-list.ts';
import type { RawRow } from './statement.ts';
import type { SumAnswer } from './summed-read.ts';

export interface Figures<Row> {
  readonly items: readonly Row[];
  readonly sources: readonly CompanySource[];
}

interface FiguresQuestion {
  readonly company?: string | null | undefined;
}

type ReadFigures<Row, Question> = (
  company: Company,
  groups: readonly (readonly string[])[],
  question: Question,
  signal: AbortSignal,
) => Promise<GroupsRead<readonly Row[]>>;

export class ClientFigures<Row, Question extends FiguresQuestion> {
  private readonly figures = perRequest<string, Figures<Row>>((clients, context, variant) =>
    this.readAll(clients, context, JSON.parse(variant) as Question),
  );

  constructor(
    private readonly companies: Companies,
    private readonly accountsOf: AccountsOf,
    private readonly read: ReadFigures<Row, Question>,
  ) {}

  /** Throws InputRejected for an unknown company, or why a company gave no answer. */
  ofClient(context: RequestContext, clientId: string, question: Question): Promise<Figures<Row>> {
    if (question.company != null) this.companies.require(question.company, 'company');
    return this.figures(context, JSON.stringify(question)).load(clientId);
  }

  private async readAll(
    clients: readonly string[],
    context: RequestContext,
    question: Question,
  ): Promise<readonly (Figures<Row> | Error)[]> {
    const shares = await sharesOf(
      clients,
      question.company,
      { companies: this.companies, accountsOf: this.accountsOf, context },
      'company',
    );
    const asked = await askCompanies(this.companies, shares, async (company, groups) => {
      const { groups: outcomes, freshness } = await this.read(company, groups, question, context.signal);
      return outcomes.map((items) => (items instanceof Error ? items : { items, freshness }));
    });
    return asked.map((answered) =>
      answered instanceof Error
        ? answered
        : {
            items: answered.flatMap(({ value }) => value.items),
            sources: answered.map(({ company, value }) => ({ company, ...value.freshness })),
          },
    );
  }
}

/** The rows of each group's customers, made into the group's figures. */
export function figuresOfGroups<Row>(
  company: Company,
  groups: readonly (readonly string[])[],
  { rows, foreign }: Pick<SumAnswer, 'rows' | 'foreign'>,
  together: (rows: readonly RawRow[], customers: readonly string[]) => Outcome<readonly Row[]>,
): readonly Outcome<readonly Row[]>[] {
  const byPlace = Map.groupBy(rows, ({ parent }) => parent);
  let place = 0;
  return groups.map((customers) => {
    const start = place;
    place += customers.length;
    const broken = customers.find((_, index) => foreign.has(start + index));
    if (broken !== undefined) return foreignCustomer(company, broken);
    const own = customers.flatMap((_, index) => byPlace.get(start + index) ?? []);
    return together(
      own.map(({ row }) => row),
      customers,
    );
  });
}
