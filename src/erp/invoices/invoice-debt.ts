/**
 * What is still to be paid of an invoice. Where the invoice itself does not say, its settlements do: receivables less
 * payables, summed by the ERP; an invoice that has none there owes nothing, as the balances say, too. A cancelled invoice
 * owes nothing, and whether it was paid has no meaning: paid and paidState are null. Amounts of corrections are
 * differences, so a negative one is paid when nothing of it is left to give back.
 */
import { compareAmounts, subtractAmount, zero } from '../../values/decimal.ts';
import type { View } from '../catalogue.ts';
import type { Company } from '../companies.ts';
import { perRequest } from '../../request.ts';
import type { Companies } from '../companies.ts';
import { daysBetween } from '../days.ts';
import type { Key } from '../key-list.ts';
import { askByCompany } from '../record-loaders.ts';
import { bracketed } from '../statement.ts';
import { readSums } from '../summed-read.ts';
import { invoiceDeclaration, type InvoiceRow } from './invoice.reader.ts';

export const paidStates = ['UNPAID', 'PARTLY_PAID', 'PAID'] as const;
export type PaidState = (typeof paidStates)[number];

export interface InvoiceDebt {
  readonly remaining: string;
  readonly paid: string | null;
  readonly paidState: PaidState | null;
  readonly overdue: boolean;
  readonly daysOverdue: number;
}

const cancelledDebt: InvoiceDebt = {
  remaining: zero,
  paid: null,
  paidState: null,
  overdue: false,
  daysOverdue: 0,
};

export function debtOf(
  { cancelled, gross, dueOn }: Pick<InvoiceRow, 'cancelled' | 'gross' | 'dueOn'>,
  remaining: string,
  today: string,
): InvoiceDebt {
  if (cancelled) return cancelledDebt;
  const overdue = dueOn !== null && dueOn < today && compareAmounts(remaining, zero) > 0;
  return {
    remaining,
    paid: subtractAmount(gross.amount, remaining),
    paidState: paidStateOf(gross.amount, remaining),
    overdue,
    daysOverdue: overdue ? daysBetween(dueOn, today) : 0,
  };
}

function paidStateOf(gross: string, remaining: string): PaidState {
  const direction = compareAmounts(gross, zero);
  if (direction === 0 || compareAmounts(remaining, zero) !== direction) return 'PAID';
  const left = compareAmounts(remaining, gross);
  return left === 0 || left === direction ? 'UNPAID' : 'PARTLY_PAID';
}

export const settlementColumns = ['side', 'remaining', ...invoiceDeclaration.key] as const;

/** Sum over `s`, the settlements of one invoice. */
const settledSum =
  "SUM(CASE s.[side] WHEN 'RECEIVABLE' THEN s.[remaining] WHEN 'PAYABLE' THEN -s.[remaining] END)";

const settlementsAs = (alias: string, company: Company, view: View): string =>
  `${bracketed(company.schema)}.${bracketed(view.name)} AS ${alias}`;

/** The sum of the settlements that meet the conditions: one row, NULL in it where there are none. */
export const selectSettled = (company: Company, view: View, conditions: readonly string[]): string =>
  `SELECT ${settledSum} AS remaining FROM ${settlementsAs('s', company, view)} WHERE ${conditions.join(' AND ')}`;

/** How that sum leaves SQL. */
export const settledOutput = (alias: string): string =>
  `CONVERT(varchar(40), CAST(${alias}.remaining AS decimal(38, 4))) AS remaining`;

/** What settlements leave to be paid of each of these invoices. Throws NotOffered where the ERP has no settlements. */
export async function remainingBySettlements(
  company: Company,
  keys: readonly Key[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const view = await company.catalogue.view('settlement', settlementColumns, signal);
  const links = invoiceDeclaration.key.map((column, index) => `s.${bracketed(column)} = k.k${index}`);
  const { rows } = await readSums(
    company,
    {
      shape: 'settlement summed by invoice',
      view,
      by: invoiceDeclaration.key,
      groups: keys.map((key) => [key]),
      select: () => ({
        outputs: [settledOutput('x')],
        apply: `CROSS APPLY (${selectSettled(company, view, links)}) AS x`,
      }),
    },
    signal,
  );
  const remaining = keys.map(() => zero);
  for (const { parent, row } of rows) {
    if (typeof row['remaining'] === 'string') remaining[parent] = row['remaining'];
  }
  return remaining;
}

/** A loader of the same by invoice id. */
export function settlementRemaining(companies: Companies) {
  return perRequest<string, string>(async (ids, { signal }) => {
    const found = await askByCompany<string>(companies, 'invoice', ids, (company, wanted) =>
      remainingBySettlements(
        company,
        wanted.map(({ key }) => key),
        signal,
      ),
    );
    return ids.map((id) => found.get(id) ?? new Error(`${id} is no id of an invoice`));
  });
}
