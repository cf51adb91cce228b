/** What invoices are read from: kartoteka.invoice, invoice_line and invoice_order. */
import { amount, bit, day, key, money, optional, record, text, whole, word } from '../columns.ts';
import type { Company } from '../companies.ts';
import { erpId } from '../record-key.ts';
import type { Declaration, RelatedRow } from '../related-read.ts';

export const invoiceKinds = ['INVOICE', 'CORRECTION', 'ADVANCE', 'RECEIPT'] as const;
export type InvoiceKind = (typeof invoiceKinds)[number];

const fields = record({
  customerId: key('customer_id'),
  recipientId: optional(key('recipient_id')),
  kind: word('kind', invoiceKinds),
  number: text('number'),
  issuedOn: day('issued_on'),
  soldOn: optional(day('sold_on')),
  dueOn: optional(day('due_on')),
  currency: text('currency'),
  net: money('net'),
  vat: money('vat'),
  gross: money('gross'),
  grossBase: optional(money('gross_base', 'base_currency')),
  /** As the invoice itself has it; NULL where only its settlements know. */
  ownRemaining: optional(amount('remaining')),
  corrected: optional(record({ type: key('corrects_type'), id: key('corrects_id') })),
  ksefNumber: optional(text('ksef_number')),
  cancelled: bit('cancelled'),
});

export type InvoiceFields = ReturnType<ReturnType<typeof fields.at>>;

export const invoiceDeclaration: Declaration<InvoiceFields> = {
  view: 'invoice',
  key: ['invoice_type', 'invoice_id'],
  fields,
};

export function toInvoice({ key: invoiceKey, fields: read }: RelatedRow<InvoiceFields>, company: Company) {
  const { corrected, ...shown } = read;
  return {
    __typename: 'Invoice' as const,
    id: erpId('invoice', company.key, invoiceKey),
    company,
    position: { day: read.issuedOn, company: company.key, key: invoiceKey },
    correctsId: corrected && erpId('invoice', company.key, [corrected.type, corrected.id]),
    ...shown,
  };
}

/** Besides what the `Invoice` type shows: `customerId` for who may see it, and what its other fields are found by. */
export type InvoiceRow = ReturnType<typeof toInvoice>;

const lineFields = record({
  lineNo: whole('line_no'),
  productCode: optional(text('product_code')),
  productName: text('product_name'),
  productGroup: optional(text('product_group')),
  quantity: amount('quantity'),
  unit: optional(text('unit')),
  netPrice: optional(amount('net_price')),
  net: amount('net'),
  vatRate: optional(text('vat_rate')),
});

export const invoiceLineDeclaration: Declaration<ReturnType<ReturnType<typeof lineFields.at>>> = {
  view: 'invoice_line',
  key: ['invoice_type', 'invoice_id', 'line_no'],
  fields: lineFields,
};

const linkFields = record({
  invoice: record({ type: key('invoice_type'), id: key('invoice_id') }),
  order: record({ type: key('order_type'), id: key('order_id') }),
});

/** Which orders an invoice bills. */
export const invoiceOrderDeclaration: Declaration<ReturnType<ReturnType<typeof linkFields.at>>> = {
  view: 'invoice_order',
  key: ['invoice_type', 'invoice_id', 'order_type', 'order_id'],
  fields: linkFields,
};
