/** Invoices as callers see them. */
import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateFilter, StringFilter } from '../../values/filters.ts';
import { Money } from '../../values/money.ts';
import { Node } from '../../values/node.type.ts';
import { DateScalar, DecimalScalar } from '../../values/scalars.ts';
import { ErpCompany } from '../company.type.ts';
import { erpConnectionOf } from '../connection.type.ts';
import { paidStates, type PaidState } from './invoice-debt.ts';
import { invoiceKinds, type InvoiceKind } from './invoice.reader.ts';

const InvoiceKindEnum = Object.fromEntries(invoiceKinds.map((kind) => [kind, kind]));
registerEnumType(InvoiceKindEnum, {
  name: 'InvoiceKind',
  description: 'What kind of sales document it is.',
  valuesConfig: {
    INVOICE: { description: 'An invoice (faktura).' },
    CORRECTION: { description: 'A correction, carrying the difference (korekta).' },
    ADVANCE: { description: 'An advance invoice (faktura zaliczkowa).' },
    RECEIPT: { description: 'A receipt (paragon).' },
  },
});

export const PaidStateEnum = Object.fromEntries(paidStates.map((state) => [state, state]));
registerEnumType(PaidStateEnum, {
  name: 'PaidState',
  description: 'How far a document is paid.',
  valuesConfig: {
    UNPAID: { description: 'Nothing of it (niezapłacona).' },
    PARTLY_PAID: { description: 'A part of it (częściowo zapłacona).' },
    PAID: { description: 'All of it (zapłacona).' },
  },
});

@ObjectType({
  implements: Node,
  description: 'An invoice or a correction (faktura, korekta).',
  simpleResolvers: true,
})
export class Invoice extends Node {
  @Field(() => ErpCompany, { description: 'Whose ERP holds it.' })
  company!: ErpCompany;

  @Field(() => InvoiceKindEnum, { description: 'What kind of document it is (rodzaj).' })
  kind!: InvoiceKind;

  @Field(() => String, { description: 'Its number as printed (numer).' })
  number!: string;

  @Field(() => DateScalar, { description: 'The day it was issued (data wystawienia).' })
  issuedOn!: string;

  @Field(() => DateScalar, { nullable: true, description: 'The day of the sale (data sprzedaży).' })
  soldOn!: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'The day it is due (termin płatności).' })
  dueOn!: string | null;

  @Field(() => Money, { description: 'Net value (netto); negative on a correction downwards.' })
  net!: Money;

  @Field(() => Money, { description: 'VAT.' })
  vat!: Money;

  @Field(() => Money, { description: 'Gross value (brutto).' })
  gross!: Money;

  @Field(() => Money, { nullable: true, description: "Gross value as booked, in the books' currency." })
  grossBase!: Money | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its number at KSeF; null until the tax office gave one.',
  })
  ksefNumber!: string | null;

  @Field(() => Boolean, { description: 'Whether it was cancelled (anulowana).' })
  cancelled!: boolean;
}

@ObjectType({ description: 'A line of an invoice (pozycja faktury).', simpleResolvers: true })
export class InvoiceLine {
  @Field(() => Int, { description: 'Its number in the invoice (lp.).' })
  lineNo!: number;

  @Field(() => String, { nullable: true, description: "The product's code (kod towaru)." })
  productCode!: string | null;

  @Field(() => String, { description: "The product's name (nazwa towaru)." })
  productName!: string;

  @Field(() => String, { nullable: true, description: "The product's group (grupa towarowa)." })
  productGroup!: string | null;

  @Field(() => DecimalScalar, {
    description: 'How much was sold (ilość); negative on a correction downwards.',
  })
  quantity!: string;

  @Field(() => String, { nullable: true, description: 'Unit of the quantity (jednostka miary).' })
  unit!: string | null;

  @Field(() => Money, { nullable: true, description: 'Net price of one unit (cena netto).' })
  netPrice!: Money | null;

  @Field(() => Money, {
    description: 'Net value (wartość netto). The lines need not sum to the invoice: ERPs round differently.',
  })
  net!: Money;

  @Field(() => String, { nullable: true, description: 'VAT rate (stawka): 23, 8, 5, 0, zw, np.' })
  vatRate!: string | null;
}

@InputType({ description: 'Which invoices. All members given hold together.' })
export class InvoiceFilter {
  @Field(() => String, { nullable: true, description: 'Only this company, by its key.' })
  company?: string | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it was issued.' })
  issuedOn?: DateFilter | null;

  @Field(() => DateFilter, { nullable: true, description: 'When it is due.' })
  dueOn?: DateFilter | null;

  @Field(() => [InvoiceKindEnum], { nullable: true, description: 'Of one of these kinds.' })
  kind?: InvoiceKind[] | null;

  @Field(() => [PaidStateEnum], { nullable: true, description: 'Paid so far; cancelled ones never match.' })
  paidState?: PaidState[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Past its due day with something left to pay, or not.',
  })
  overdue?: boolean | null;

  @Field(() => StringFilter, { nullable: true, description: 'Its number as printed.' })
  number?: StringFilter | null;

  @Field(() => String, { nullable: true, description: 'In this currency, ISO 4217.' })
  currency?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Cancelled ones, too; they are left out when not said.',
  })
  includeCancelled?: boolean | null;
}

export const InvoiceConnection = erpConnectionOf(Invoice, 'Invoice', 'invoices (faktury)');
