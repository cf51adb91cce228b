/** Figures that the ERP sums for each customer, a row for each currency: as now, or of ageing as on a day. */
import { ageingColumns, ageingOfGroups, type AgeingRow } from '../../erp/ageing/ageing.reader.ts';
import { balanceColumns, balancesOfGroups, type BalanceRow } from '../../erp/balances/balance.reader.ts';
import type { Company } from '../../erp/companies.ts';
import type { GroupsRead } from '../../erp/customer-list.ts';
import { BrokenLink } from '../../erp/erp-errors.ts';
import { erpId } from '../../erp/record-key.ts';
import type { ErpQuestion } from '../export-set.ts';
import { erpSet, type OfCustomer } from './erp-set.ts';

interface Figure<Figures> extends OfCustomer {
  readonly figures: Figures;
}

type ReadFigures<Figures> = (
  company: Company,
  groups: readonly (readonly string[])[],
  question: ErpQuestion,
) => Promise<GroupsRead<readonly Figures[]>>;

const readFigures = <Figures extends { readonly currency: string }>(ask: ReadFigures<Figures>) =>
  async function* (question: ErpQuestion): AsyncGenerator<readonly Figure<Figures>[]> {
    const { company, customers, after } = question;
    const { groups } = await ask(
      company,
      customers.map(({ customerId }) => [customerId]),
      question,
    );
    yield customers.flatMap((customer, place) => {
      const figures = groups[place] ?? [];
      // What no customer of this ERP can be called has nothing in it.
      if (figures instanceof BrokenLink) return [];
      if (figures instanceof Error) throw figures;
      const [told] = place === 0 ? (after ?? []) : [];
      return figures
        .filter(({ currency }) => told === undefined || currency > told)
        .map((own) => ({ customer, key: [own.currency], figures: own }));
    });
  };

const idOf = ({ customer, key }: OfCustomer, company: Company): string =>
  `${erpId('customer', company.key, [customer.customerId])}:${key.join(':')}`;

const needed = (
  columns: Readonly<Record<string, readonly string[]>>,
  company: Company,
  signal: AbortSignal,
) => Promise.all(Object.entries(columns).map(([view, names]) => company.catalogue.view(view, names, signal)));

export const balanceSet = erpSet<Figure<BalanceRow>>({
  name: 'balances',
  need: 'erp.debt',
  parameters: [],
  id: idOf,
  columns: {
    currency: ['text', ({ figures }) => figures.currency],
    receivable: ['decimal', ({ figures }) => figures.receivable.amount],
    overdue: ['decimal', ({ figures }) => figures.overdue.amount],
    payable: ['decimal', ({ figures }) => figures.payable.amount],
    unallocated: ['decimal', ({ figures }) => figures.unallocated.amount],
    creditLimit: ['decimal', ({ figures }) => figures.creditLimit?.amount ?? null],
    creditLeft: ['decimal', ({ figures }) => figures.creditLeft?.amount ?? null],
  },
  check: async (company, _, signal) => void (await needed(balanceColumns, company, signal)),
  read: readFigures((company, groups, { signal }) => balancesOfGroups(company, groups, signal)),
});

export const ageingSet = erpSet<Figure<AgeingRow & { readonly asOf: string }>>({
  name: 'ageing',
  need: 'erp.debt',
  parameters: ['asOf'],
  id: idOf,
  columns: {
    asOf: ['date', ({ figures }) => figures.asOf],
    currency: ['text', ({ figures }) => figures.currency],
    notDue: ['decimal', ({ figures }) => figures.notDue.amount],
    days1to30: ['decimal', ({ figures }) => figures.days1to30.amount],
    days31to60: ['decimal', ({ figures }) => figures.days31to60.amount],
    days61to90: ['decimal', ({ figures }) => figures.days61to90.amount],
    over90: ['decimal', ({ figures }) => figures.over90.amount],
    total: ['decimal', ({ figures }) => figures.total.amount],
    credits: ['decimal', ({ figures }) => figures.credits.amount],
    unallocated: ['decimal', ({ figures }) => figures.unallocated.amount],
  },
  check: async (company, asOf, signal) =>
    void (await needed(ageingColumns(company, asOf ?? company.today()), company, signal)),
  read: readFigures(async (company, groups, question) => {
    const asOf = question.asOf ?? company.today();
    const { groups: outcomes, freshness } = await ageingOfGroups(company, groups, asOf, question.signal);
    const dated = outcomes.map((rows) =>
      rows instanceof Error ? rows : rows.map((row) => ({ ...row, asOf })),
    );
    return { groups: dated, freshness };
  }),
});
