/** What settlements are read from, kartoteka.settlement, and a client's settlements as a list. */
import type { DateFilter } from '../../values/filters.ts';
import { compareAmounts, zero } from '../../values/decimal.ts';
import { day, key, money, optional, record, text, word } from '../columns.ts';
import type { Company } from '../companies.ts';
import type { ListDeclaration } from '../customer-list.ts';
import { daysBetween } from '../days.ts';
import { checkFilters, dayConditions, oneOf } from '../filter-conditions.ts';
import { erpId } from '../record-key.ts';
import type { Declaration, RelatedRow } from '../related-read.ts';

export const settlementSides = ['RECEIVABLE', 'PAYABLE'] as const;
export type SettlementSide = (typeof settlementSides)[number];

const fields = record({
  customerId: key('customer_id'),
  side: word('side', settlementSides),
  invoiceKey: optional(record({ type: key('invoice_type'), id: key('invoice_id') })),
  documentNumber: optional(text('document_number')),
  issuedOn: day('issued_on'),
  dueOn: optional(day('due_on')),
  currency: text('currency'),
  amount: money('amount'),
  remaining: money('remaining'),
  settledOn: optional(day('settled_on')),
});

type SettlementFields = ReturnType<ReturnType<typeof fields.at>>;

export const settlementDeclaration: Declaration<SettlementFields> = {
  view: 'settlement',
  key: ['settlement_type', 'settlement_id', 'settlement_line'],
  fields,
};

/** Only what the client owes can be overdue, as in the balances. */
export function lateness(
  { side, dueOn, remaining }: Pick<SettlementFields, 'side' | 'dueOn' | 'remaining'>,
  today: string,
) {
  const open = side === 'RECEIVABLE' && compareAmounts(remaining.amount, zero) > 0;
  const overdue = open && dueOn !== null && dueOn < today;
  return { overdue, daysOverdue: overdue ? daysBetween(dueOn, today) : 0 };
}

export function toSettlement(
  { key: settlementKey, fields: read }: RelatedRow<SettlementFields>,
  company: Company,
) {
  const { invoiceKey, ...shown } = read;
  return {
    __typename: 'Settlement' as const,
    id: erpId('settlement', company.key, settlementKey),
    company,
    position: { day: read.issuedOn, company: company.key, key: settlementKey },
    invoiceId: invoiceKey && erpId('invoice', company.key, [invoiceKey.type, invoiceKey.id]),
    ...shown,
    ...lateness(read, company.today()),
  };
}

/** Besides what the `Settlement` type shows: `customerId` for who may see it, and what its other fields are found by. */
export type SettlementRow = ReturnType<typeof toSettlement>;

export interface SettlementListFilter {
  readonly company?: string | null;
  readonly side?: SettlementSide | null;
  readonly openOnly?: boolean | null;
  readonly overdueOnly?: boolean | null;
  readonly dueOn?: DateFilter | null;
  readonly currency?: string | null;
}

export const settlementList: ListDeclaration<SettlementFields, SettlementRow, SettlementListFilter> = {
  list: 'settlements',
  declaration: settlementDeclaration,
  customerColumn: 'customer_id',
  dayColumn: 'issued_on',
  check: ({ dueOn, currency }) => checkFilters({ dueOn }, {}, currency),
  plan: ({ side, openOnly, overdueOnly, dueOn, currency }, company) => ({
    needs: [],
    narrow: (parameters, view) => ({
      joins: '',
      conditions: [
        ...(side == null ? [] : oneOf('side', [side], parameters, view)),
        ...(openOnly === true ? ['v.[remaining] <> 0'] : []),
        ...(overdueOnly === true
          ? [
              `v.[side] = 'RECEIVABLE' AND v.[remaining] > 0 AND v.[due_on] < ${parameters.bind({ name: 'date' }, company.today())}`,
            ]
          : []),
        ...dayConditions('due_on', dueOn, parameters),
        ...(currency == null ? [] : oneOf('currency', [currency], parameters, view)),
      ],
    }),
  }),
  row: toSettlement,
};
