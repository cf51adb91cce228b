/** A client's invoices as a list: which filters there are and what they mean in the ERP. */
import type { DateFilter, StringFilter } from '../../values/filters.ts';
import type { View } from '../catalogue.ts';
import type { Company } from '../companies.ts';
import type { FilterPlan, ListDeclaration } from '../customer-list.ts';
import { NotOffered } from '../erp-errors.ts';
import { checkFilters, dayConditions, oneOf, textConditions } from '../filter-conditions.ts';
import { bracketed, type Parameters } from '../statement.ts';
import { selectSettled, settlementColumns, type PaidState } from './invoice-debt.ts';
import {
  invoiceDeclaration,
  toInvoice,
  type InvoiceFields,
  type InvoiceKind,
  type InvoiceRow,
} from './invoice.reader.ts';

export interface InvoiceListFilter {
  readonly company?: string | null;
  readonly issuedOn?: DateFilter | null;
  readonly dueOn?: DateFilter | null;
  readonly kind?: readonly InvoiceKind[] | null;
  readonly paidState?: readonly PaidState[] | null;
  readonly overdue?: boolean | null;
  readonly number?: StringFilter | null;
  readonly currency?: string | null;
  readonly includeCancelled?: boolean | null;
}

const paidConditions: Readonly<Record<PaidState, (remaining: string) => string>> = {
  PAID: (left) => `v.[gross] = 0 OR (v.[gross] > 0 AND ${left} <= 0) OR (v.[gross] < 0 AND ${left} >= 0)`,
  UNPAID: (left) => `(v.[gross] > 0 AND ${left} >= v.[gross]) OR (v.[gross] < 0 AND ${left} <= v.[gross])`,
  PARTLY_PAID: (left) =>
    `(v.[gross] > 0 AND ${left} > 0 AND ${left} < v.[gross]) OR (v.[gross] < 0 AND ${left} < 0 AND ${left} > v.[gross])`,
};

/** Cancelled invoices are in no paid state, and never overdue. */
function debtConditions(
  { paidState, overdue }: InvoiceListFilter,
  left: string,
  today: string,
  parameters: Parameters,
): readonly string[] {
  const conditions: string[] = [];
  if (paidState != null) {
    const wanted = [...new Set(paidState)].map((state) => `(${paidConditions[state](left)})`);
    conditions.push(wanted.length === 0 ? '1 = 0' : `v.[cancelled] = 0 AND (${wanted.join(' OR ')})`);
  }
  if (overdue != null) {
    const bound = parameters.bind({ name: 'date' }, today);
    conditions.push(
      overdue
        ? `v.[cancelled] = 0 AND v.[due_on] < ${bound} AND ${left} > 0`
        : `(v.[cancelled] = 1 OR v.[due_on] IS NULL OR v.[due_on] >= ${bound} OR ${left} <= 0)`,
    );
  }
  return conditions;
}

/** What is left to pay of `v` in SQL: its own word for it, else that of its settlements. */
function remainingOf(company: Company, settlements: View | undefined) {
  if (!settlements) return { joins: '', left: 'v.[remaining]' };
  const links = invoiceDeclaration.key.map((column) => `s.${bracketed(column)} = v.${bracketed(column)}`);
  const where = ['v.[remaining] IS NULL', ...links];
  return {
    joins: `OUTER APPLY (${selectSettled(company, settlements, where)}) AS r`,
    left: 'COALESCE(v.[remaining], r.[remaining], 0)',
  };
}

async function plan(
  filter: InvoiceListFilter,
  company: Company,
  signal: AbortSignal,
): Promise<FilterPlan<InvoiceFields>> {
  const ofDebt = filter.paidState != null || filter.overdue != null;
  const settlements =
    ofDebt && (await company.catalogue.offers('settlement', signal))
      ? await company.catalogue.view('settlement', settlementColumns, signal)
      : undefined;
  const { joins, left } = ofDebt ? remainingOf(company, settlements) : { joins: '', left: '' };
  const undecidable = ofDebt && !settlements;
  const narrow = (parameters: Parameters, view: View) => {
    const debt = debtConditions(filter, left, company.today(), parameters);
    const decided = debt.map((condition) =>
      undecidable ? `(${left} IS NULL OR (${condition}))` : condition,
    );
    return { joins, conditions: [...plainConditions(filter, parameters, view), ...decided] };
  };
  const needs = ['cancelled'];
  if (!undecidable) return { narrow, needs };
  const missing = new NotOffered(company.key, 'settlement');
  return { narrow, needs, undecided: ({ ownRemaining }) => (ownRemaining === null ? missing : undefined) };
}

function plainConditions(filter: InvoiceListFilter, parameters: Parameters, view: View): readonly string[] {
  return [
    ...(filter.includeCancelled === true ? [] : ['v.[cancelled] = 0']),
    ...dayConditions('issued_on', filter.issuedOn, parameters),
    ...dayConditions('due_on', filter.dueOn, parameters),
    ...(filter.kind == null ? [] : oneOf('kind', filter.kind, parameters, view)),
    ...textConditions('number', filter.number, parameters, view),
    ...(filter.currency == null ? [] : oneOf('currency', [filter.currency], parameters, view)),
  ];
}

export const invoiceList: ListDeclaration<InvoiceFields, InvoiceRow, InvoiceListFilter> = {
  list: 'invoices',
  declaration: invoiceDeclaration,
  customerColumn: 'customer_id',
  dayColumn: 'issued_on',
  check: ({ issuedOn, dueOn, number, currency }) => checkFilters({ issuedOn, dueOn }, { number }, currency),
  plan,
  row: toInvoice,
};
