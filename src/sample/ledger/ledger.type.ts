/**
 * What the generator yields for one company, before it is written into that company's own tables. Documents point at each
 * other as objects; keys are (type, number), and the type is empty where the ERP has one number space.
 */
import type { Amount } from './amounts.ts';
import type { Product } from './catalogue.ts';

export interface Key {
  readonly type: string;
  readonly id: number;
}

export interface Line {
  /** None for a line that is text only, such as an advance. */
  readonly product: Product | null;
  /** Printed instead of the product's name. */
  readonly text: string | null;
  readonly quantity: Amount;
  readonly price: Amount | null;
  readonly net: Amount;
  readonly vatRate: string;
}

export interface GoodsLine extends Line {
  readonly product: Product;
  readonly price: Amount;
}

interface OrderLine {
  readonly line: GoodsLine;
  delivered: Amount;
}

export type OrderStatus = 'DRAFT' | 'OPEN' | 'PARTLY_DELIVERED' | 'DELIVERED' | 'CANCELLED';

export interface Order {
  readonly key: Key;
  readonly number: string;
  readonly customer: string;
  readonly orderedOn: string;
  readonly requestedOn: string | null;
  readonly currency: string;
  readonly lines: readonly OrderLine[];
  readonly net: Amount;
  readonly gross: Amount;
  status: OrderStatus;
  changedOn: string;
}

export type InvoiceKind = 'INVOICE' | 'CORRECTION' | 'ADVANCE' | 'RECEIPT';

export interface Invoice {
  readonly key: Key;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly customer: string;
  readonly recipient: string | null;
  readonly issuedOn: string;
  readonly soldOn: string | null;
  readonly dueOn: string | null;
  readonly currency: string;
  readonly lines: readonly Line[];
  /** The lines' sum, or one grosz more where `roundedApart`: a few documents are so on purpose. */
  readonly net: Amount;
  readonly roundedApart: boolean;
  readonly vat: Amount;
  readonly gross: Amount;
  readonly netBase: Amount;
  readonly vatBase: Amount;
  readonly corrects: Invoice | null;
  readonly orders: readonly Order[];
  readonly ksefNumber: string | null;
  readonly countsInSales: boolean;
  readonly cancelled: boolean;
  readonly settlements: Settlement[];
  changedOn: string;
}

export interface Payment {
  readonly key: Key;
  readonly customer: string;
  readonly paidOn: string;
  readonly amount: Amount;
  readonly currency: string;
  readonly method: PaymentMethod | null;
  readonly reference: string | null;
  unallocated: Amount;
  changedOn: string;
}

export type PaymentMethod = 'TRANSFER' | 'CASH' | 'CARD' | 'COMPENSATION' | 'OTHER';

export interface Settlement {
  readonly key: Key;
  readonly line: number;
  readonly customer: string;
  readonly side: 'RECEIVABLE' | 'PAYABLE';
  readonly invoice: Invoice | null;
  readonly documentNumber: string;
  readonly issuedOn: string;
  readonly dueOn: string | null;
  readonly amount: Amount;
  readonly currency: string;
  readonly matches: Match[];
  remaining: Amount;
  settledOn: string | null;
  changedOn: string;
}

export interface Match {
  readonly payment: Payment | null;
  readonly counter: Settlement | null;
  readonly amount: Amount;
  /** Where it is not the same figure: the payment is in another currency, or was paid back and so is below zero. */
  readonly paymentAmount: Amount | null;
  readonly matchedOn: string;
}

export interface Ledger {
  readonly orders: readonly Order[];
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly settlements: readonly Settlement[];
}
