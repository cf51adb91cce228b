import { paymentDeclaration } from '../../erp/payments/payment.reader.ts';
import { record, text } from '../../erp/columns.ts';
import { erpId } from '../../erp/record-key.ts';
import { readRelated } from '../../erp/related-read.ts';
import { matchDeclaration } from '../../erp/settlements/match.reader.ts';
import { settlementDeclaration, lateness } from '../../erp/settlements/settlement.reader.ts';
import type { ErpQuestion } from '../export-set.ts';
import {
  neededOf,
  offered,
  readDocuments,
  withModified,
  type Document,
  type Documents,
} from './documents.ts';
import { erpSet, idWithin, recordId } from './erp-set.ts';

const ofPayments = withModified(paymentDeclaration, {});
type Payment = ReturnType<ReturnType<typeof ofPayments.fields.at>>;
const payments: Documents<Payment> = {
  declaration: ofPayments,
  day: 'paid_on',
  modified: true,
};

export const paymentSet = erpSet<Document<Payment>>({
  name: 'payments',
  need: 'erp.debt',
  parameters: ['updatedSince', 'from', 'to'],
  id: recordId('payment'),
  columns: {
    paidOn: ['date', ({ fields }) => fields.own.paidOn],
    currency: ['text', ({ fields }) => fields.own.currency],
    amount: ['decimal', ({ fields }) => fields.own.amount.amount],
    unallocated: ['decimal', ({ fields }) => fields.own.unallocated.amount],
    method: ['text', ({ fields }) => fields.own.method],
    reference: ['text', ({ fields }) => fields.own.reference],
    modifiedAt: ['instant', ({ fields }) => fields.modifiedAt],
  },
  check: offered(neededOf(payments)),
  read: (question) => readDocuments(payments, question),
});

const ofSettlements = withModified(settlementDeclaration, {});
type Settlement = ReturnType<ReturnType<typeof ofSettlements.fields.at>>;
const settlements: Documents<Settlement> = {
  declaration: ofSettlements,
  day: 'issued_on',
  modified: true,
};

export const settlementSet = erpSet<Document<Settlement>>({
  name: 'settlements',
  need: 'erp.debt',
  parameters: ['updatedSince', 'from', 'to'],
  id: recordId('settlement'),
  columns: {
    side: ['text', ({ fields }) => fields.own.side],
    invoiceId: [
      'text',
      ({ fields: { own } }, company) =>
        own.invoiceKey && erpId('invoice', company.key, [own.invoiceKey.type, own.invoiceKey.id]),
    ],
    documentNumber: ['text', ({ fields }) => fields.own.documentNumber],
    issuedOn: ['date', ({ fields }) => fields.own.issuedOn],
    dueOn: ['date', ({ fields }) => fields.own.dueOn],
    currency: ['text', ({ fields }) => fields.own.currency],
    amount: ['decimal', ({ fields }) => fields.own.amount.amount],
    remaining: ['decimal', ({ fields }) => fields.own.remaining.amount],
    settledOn: ['date', ({ fields }) => fields.own.settledOn],
    overdue: ['boolean', ({ fields }, company) => lateness(fields.own, company.today()).overdue],
    daysOverdue: ['integer', ({ fields }, company) => lateness(fields.own, company.today()).daysOverdue],
    modifiedAt: ['instant', ({ fields }) => fields.modifiedAt],
  },
  check: offered(neededOf(settlements)),
  read: (question) => readDocuments(settlements, question),
});

type Match = ReturnType<ReturnType<typeof matchDeclaration.fields.at>>;
const matches: Documents<Match> = { declaration: matchDeclaration, day: 'matched_on', modified: false };

/** The currency of a match's amount stands in its settlement. */
interface MatchRead extends Document<Match> {
  readonly currency: string | null;
}

const currencies = {
  view: settlementDeclaration.view,
  key: settlementDeclaration.key,
  fields: record({ currency: text('currency') }),
};

async function* readMatches(question: ErpQuestion): AsyncGenerator<readonly MatchRead[]> {
  const { company, signal } = question;
  for await (const batch of readDocuments(matches, question)) {
    const groups = batch.map(({ fields: { settlement } }) => [
      [settlement.type, settlement.id, settlement.line],
    ]);
    const asked = { by: settlementDeclaration.key, groups, order: [] };
    const { rows } =
      batch.length === 0 ? { rows: [] } : await readRelated(company, currencies, asked, signal);
    const found = new Map(rows.map(({ parent, fields }) => [parent, fields.currency]));
    yield batch.map((match, place) => ({ ...match, currency: found.get(place) ?? null }));
  }
}

export const matchSet = erpSet<MatchRead>({
  name: 'settlement-matches',
  need: 'erp.debt',
  parameters: ['from', 'to'],
  id: idWithin('settlement'),
  columns: {
    settlementId: [
      'text',
      ({ fields: { settlement } }, company) =>
        erpId('settlement', company.key, [settlement.type, settlement.id, settlement.line]),
    ],
    paymentId: [
      'text',
      ({ fields: { payment } }, company) =>
        payment && erpId('payment', company.key, [payment.type, payment.id]),
    ],
    counterSettlementId: [
      'text',
      ({ fields: { counter } }, company) =>
        counter && erpId('settlement', company.key, [counter.type, counter.id, counter.line]),
    ],
    currency: ['text', ({ currency }) => currency],
    amount: ['decimal', ({ fields }) => fields.amount],
    paymentAmount: ['decimal', ({ fields }) => fields.paymentAmount],
    matchedOn: ['date', ({ fields }) => fields.matchedOn],
  },
  check: offered(neededOf(matches), neededOf(settlements)),
  read: readMatches,
});
