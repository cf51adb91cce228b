import { amount, bit, optional } from '../../erp/columns.ts';
import type { Company } from '../../erp/companies.ts';
import { NotOffered } from '../../erp/erp-errors.ts';
import { debtOf, remainingBySettlements, type InvoiceDebt } from '../../erp/invoices/invoice-debt.ts';
import { invoiceDeclaration, invoiceLineDeclaration } from '../../erp/invoices/invoice.reader.ts';
import { erpId } from '../../erp/record-key.ts';
import type { Cell } from '../cells.ts';
import type { ColumnType, ErpQuestion } from '../export-set.ts';
import {
  neededOf,
  offered,
  readDocuments,
  readLines,
  withModified,
  type Document,
  type Documents,
  type Line,
} from './documents.ts';
import { erpSet, idWithin, recordId, type ErpColumn } from './erp-set.ts';

const declaration = withModified(invoiceDeclaration, {
  netBase: optional(amount('net_base')),
  vatBase: optional(amount('vat_base')),
  countsInSales: bit('counts_in_sales'),
});
type Invoice = ReturnType<ReturnType<typeof declaration.fields.at>>;
const invoices: Documents<Invoice> = { declaration, day: 'issued_on', modified: true };

/** Null where it was not asked for, or neither the invoice nor a settlement says what is left to pay. */
interface InvoiceRead extends Document<Invoice> {
  readonly debt: InvoiceDebt | null;
}

const debtColumns = ['remaining', 'paid', 'paidState', 'overdue', 'daysOverdue'] as const;

const ofDebt = (type: ColumnType, cell: (debt: InvoiceDebt) => Cell): ErpColumn<InvoiceRead> => [
  type,
  ({ debt }) => debt && cell(debt),
  'erp.debt',
];

async function remainders(
  company: Company,
  batch: readonly Document<Invoice>[],
  signal: AbortSignal,
): Promise<readonly (string | null)[]> {
  const unsaid = batch.filter(({ fields: { own } }) => own.ownRemaining === null && !own.cancelled);
  const keys = unsaid.map(({ key }) => key);
  const summed = keys.length === 0 ? [] : await bySettlements(company, keys, signal);
  const found = new Map(unsaid.map((invoice, place) => [invoice, summed[place] ?? null]));
  return batch.map((invoice) => invoice.fields.own.ownRemaining ?? found.get(invoice) ?? null);
}

async function bySettlements(
  company: Company,
  keys: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await remainingBySettlements(company, keys, signal);
  } catch (fault) {
    if (fault instanceof NotOffered) return [];
    throw fault;
  }
}

async function* readInvoices(question: ErpQuestion): AsyncGenerator<readonly InvoiceRead[]> {
  const { company, signal } = question;
  const wantsDebt = debtColumns.some((name) => question.columns.includes(name));
  for await (const batch of readDocuments(invoices, question)) {
    const left = wantsDebt ? await remainders(company, batch, signal) : [];
    const today = company.today();
    yield batch.map((invoice, place) => {
      const { own } = invoice.fields;
      const remaining = left[place] ?? (wantsDebt && own.cancelled ? '0.0000' : null);
      return { ...invoice, debt: remaining === null ? null : debtOf(own, remaining, today) };
    });
  }
}

export const invoiceSet = erpSet<InvoiceRead>({
  name: 'invoices',
  need: 'erp.read',
  parameters: ['updatedSince', 'from', 'to'],
  id: recordId('invoice'),
  columns: {
    recipientId: ['text', ({ fields }) => fields.own.recipientId],
    kind: ['text', ({ fields }) => fields.own.kind],
    number: ['text', ({ fields }) => fields.own.number],
    issuedOn: ['date', ({ fields }) => fields.own.issuedOn],
    soldOn: ['date', ({ fields }) => fields.own.soldOn],
    dueOn: ['date', ({ fields }) => fields.own.dueOn],
    currency: ['text', ({ fields }) => fields.own.currency],
    net: ['decimal', ({ fields }) => fields.own.net.amount],
    vat: ['decimal', ({ fields }) => fields.own.vat.amount],
    gross: ['decimal', ({ fields }) => fields.own.gross.amount],
    baseCurrency: ['text', ({ fields }) => fields.own.grossBase?.currency ?? null],
    netBase: ['decimal', ({ fields }) => fields.netBase],
    vatBase: ['decimal', ({ fields }) => fields.vatBase],
    grossBase: ['decimal', ({ fields }) => fields.own.grossBase?.amount ?? null],
    correctsId: [
      'text',
      ({ fields: { own } }, company) =>
        own.corrected && erpId('invoice', company.key, [own.corrected.type, own.corrected.id]),
    ],
    ksefNumber: ['text', ({ fields }) => fields.own.ksefNumber],
    countsInSales: ['boolean', ({ fields }) => fields.countsInSales],
    cancelled: ['boolean', ({ fields }) => fields.own.cancelled],
    remaining: ofDebt('decimal', ({ remaining }) => remaining),
    paid: ofDebt('decimal', ({ paid }) => paid),
    paidState: ofDebt('text', ({ paidState }) => paidState),
    overdue: ofDebt('boolean', ({ overdue }) => overdue),
    daysOverdue: ofDebt('integer', ({ daysOverdue }) => daysOverdue),
    modifiedAt: ['instant', ({ fields }) => fields.modifiedAt],
  },
  check: offered(neededOf(invoices)),
  read: readInvoices,
});

type InvoiceLine = ReturnType<ReturnType<typeof invoiceLineDeclaration.fields.at>>;

export const invoiceLineSet = erpSet<Line<InvoiceLine, Invoice>>({
  name: 'invoice-lines',
  need: 'erp.read',
  parameters: ['updatedSince', 'from', 'to'],
  id: idWithin('invoice'),
  columns: {
    invoiceId: ['text', ({ document }, company) => erpId('invoice', company.key, document.key)],
    issuedOn: ['date', ({ document }) => document.fields.own.issuedOn],
    lineNo: ['integer', ({ line }) => line.fields.lineNo],
    productCode: ['text', ({ line }) => line.fields.productCode],
    productName: ['text', ({ line }) => line.fields.productName],
    productGroup: ['text', ({ line }) => line.fields.productGroup],
    quantity: ['decimal', ({ line }) => line.fields.quantity],
    unit: ['text', ({ line }) => line.fields.unit],
    currency: ['text', ({ document }) => document.fields.own.currency],
    netPrice: ['decimal', ({ line }) => line.fields.netPrice],
    net: ['decimal', ({ line }) => line.fields.net],
    vatRate: ['text', ({ line }) => line.fields.vatRate],
    countsInSales: ['boolean', ({ document }) => document.fields.countsInSales],
    cancelled: ['boolean', ({ document }) => document.fields.own.cancelled],
    modifiedAt: ['instant', ({ document }) => document.fields.modifiedAt],
  },
  check: offered(neededOf(invoices), {
    view: invoiceLineDeclaration.view,
    columns: invoiceLineDeclaration.key,
  }),
  read: (question) => readLines(invoices, invoiceLineDeclaration, question),
});
