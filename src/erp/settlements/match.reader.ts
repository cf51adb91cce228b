/** What matches are read from: kartoteka.settlement_match. */
import { amount, day, key, optional, record } from '../columns.ts';
import type { Company } from '../companies.ts';
import { inCurrency } from '../in-currency.ts';
import { erpId } from '../record-key.ts';
import type { Declaration } from '../related-read.ts';

const fields = record({
  settlement: record({
    type: key('settlement_type'),
    id: key('settlement_id'),
    line: key('settlement_line'),
  }),
  payment: optional(record({ type: key('payment_type'), id: key('payment_id') })),
  counter: optional(record({ type: key('counter_type'), id: key('counter_id'), line: key('counter_line') })),
  amount: amount('amount'),
  paymentAmount: optional(amount('payment_amount')),
  matchedOn: optional(day('matched_on')),
});

type MatchFields = ReturnType<ReturnType<typeof fields.at>>;

export const matchDeclaration: Declaration<MatchFields> = {
  view: 'settlement_match',
  key: ['settlement_type', 'settlement_id', 'settlement_line', 'match_no'],
  fields,
};

export function toFoundMatch(
  { settlement, payment, counter, amount: matched, paymentAmount, matchedOn }: MatchFields,
  company: Company,
) {
  return {
    company,
    settlementId: erpId('settlement', company.key, [settlement.type, settlement.id, settlement.line]),
    paymentId: payment && erpId('payment', company.key, [payment.type, payment.id]),
    counterId: counter && erpId('settlement', company.key, [counter.type, counter.id, counter.line]),
    matched,
    inPaymentCurrency: paymentAmount,
    matchedOn,
  };
}

/** A match on its own: the currency of its amount stands in the settlement. */
export type FoundMatch = ReturnType<typeof toFoundMatch>;

/** `customerId` is the customer whose record it was reached through: what another one's is, is not shown. */
export const toMatch = (found: FoundMatch, currency: string, customerId: string) => ({
  ...found,
  amount: inCurrency(found.matched, currency),
  customerId,
});

export type MatchRow = ReturnType<typeof toMatch>;
