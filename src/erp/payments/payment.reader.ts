/** What payments are read from, kartoteka.payment, and a client's payments as a list. */
import type { DateFilter } from '../../values/filters.ts';
import { day, key, money, optional, record, text } from '../columns.ts';
import type { Company } from '../companies.ts';
import type { ListDeclaration } from '../customer-list.ts';
import { checkFilters, dayConditions, oneOf } from '../filter-conditions.ts';
import { erpId } from '../record-key.ts';
import type { Declaration, RelatedRow } from '../related-read.ts';

const fields = record({
  customerId: key('customer_id'),
  paidOn: day('paid_on'),
  currency: text('currency'),
  amount: money('amount'),
  unallocated: money('unallocated'),
  method: optional(text('method')),
  reference: optional(text('reference')),
});

type PaymentFields = ReturnType<ReturnType<typeof fields.at>>;

export const paymentDeclaration: Declaration<PaymentFields> = {
  view: 'payment',
  key: ['payment_type', 'payment_id'],
  fields,
};

export function toPayment({ key: paymentKey, fields: read }: RelatedRow<PaymentFields>, company: Company) {
  return {
    __typename: 'Payment' as const,
    id: erpId('payment', company.key, paymentKey),
    company,
    position: { day: read.paidOn, company: company.key, key: paymentKey },
    ...read,
  };
}

/** Besides what the `Payment` type shows: `customerId` for who may see it, `currency` for its matches, its place in lists. */
export type PaymentRow = ReturnType<typeof toPayment>;

export interface PaymentListFilter {
  readonly company?: string | null;
  readonly paidOn?: DateFilter | null;
  readonly currency?: string | null;
  readonly unallocatedOnly?: boolean | null;
}

export const paymentList: ListDeclaration<PaymentFields, PaymentRow, PaymentListFilter> = {
  list: 'payments',
  declaration: paymentDeclaration,
  customerColumn: 'customer_id',
  dayColumn: 'paid_on',
  check: ({ paidOn, currency }) => checkFilters({ paidOn }, {}, currency),
  plan: ({ paidOn, currency, unallocatedOnly }) => ({
    needs: [],
    narrow: (parameters, view) => ({
      joins: '',
      conditions: [
        ...dayConditions('paid_on', paidOn, parameters),
        ...(currency == null ? [] : oneOf('currency', [currency], parameters, view)),
        ...(unallocatedOnly === true ? ['v.[unallocated] <> 0'] : []),
      ],
    }),
  }),
  row: toPayment,
};
