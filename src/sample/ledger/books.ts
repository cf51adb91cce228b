/**
 * One company's books while the sample is made: documents go in, and every amount that follows from others (VAT, remaining,
 * unallocated) is worked out here and nowhere else, so that the ledger agrees with itself. Who buys and pays what, and when,
 * is left to trading and settling.
 */
import { type Amount, sum, toGrosz } from './amounts.ts';
import { addDays } from './calendar.ts';
import { inZlotys } from './exchange-rate.ts';
import { ksefNumber } from './ksef-number.ts';
import type {
  GoodsLine,
  Invoice,
  InvoiceKind,
  Ledger,
  Line,
  Match,
  Order,
  Payment,
  PaymentMethod,
  Settlement,
} from './ledger.type.ts';
import type { Numbering } from './numbering.ts';
import type { Random } from './random.ts';

/** From the first day of 2026 documents go to KSeF; the last days' numbers have not come back yet. */
const ksefFrom = '2026-01-01';
const ksefUntil = '2026-06-26';

/** One in so many ordinary invoices has a header of a grosz more than its lines. */
const roundedApartEvery = 90;

export interface InvoiceDraft {
  readonly kind: InvoiceKind;
  readonly customer: string;
  readonly recipient?: string | null;
  readonly day: string;
  readonly days: number;
  readonly currency: string;
  readonly lines: readonly Line[];
  readonly corrects?: Invoice;
  readonly orders?: readonly Order[];
  readonly countsInSales?: boolean;
  readonly cancelled?: boolean;
}

interface SettlementDraft {
  readonly customer: string;
  readonly side: Settlement['side'];
  readonly invoice: Invoice | null;
  readonly documentNumber: string;
  readonly day: string;
  readonly currency: string;
}

interface PaymentDraft {
  readonly customer: string;
  readonly day: string;
  readonly amount: Amount;
  readonly currency: string;
  readonly method: PaymentMethod | null;
  readonly reference: string | null;
}

export class Books implements Ledger {
  readonly orders: Order[] = [];
  readonly invoices: Invoice[] = [];
  readonly payments: Payment[] = [];
  readonly settlements: Settlement[] = [];
  readonly #numbering: Numbering;
  readonly #sellerTaxId: string;
  readonly #random: Random;
  readonly #roundsApart: boolean;
  #ordinary = 0;

  constructor(numbering: Numbering, sellerTaxId: string, random: Random, roundsApart: boolean) {
    this.#numbering = numbering;
    this.#sellerTaxId = sellerTaxId;
    this.#random = random;
    this.#roundsApart = roundsApart;
  }

  takeOrder(
    customer: string,
    day: string,
    requestedOn: string | null,
    currency: string,
    lines: readonly GoodsLine[],
  ): Order {
    const net = sum(lines.map((line) => line.net));
    const order: Order = {
      ...this.#numbering.order(day),
      customer,
      orderedOn: day,
      requestedOn,
      currency,
      lines: lines.map((line) => ({ line, delivered: 0 })),
      net,
      gross: net + vatOf(lines),
      status: 'OPEN',
      changedOn: day,
    };
    this.orders.push(order);
    return order;
  }

  issue(draft: InvoiceDraft): Invoice {
    const roundedApart = this.#isRoundedApart(draft);
    const net = sum(draft.lines.map((line) => line.net)) + (roundedApart ? 100 : 0);
    const vat = vatOf(draft.lines);
    const cancelled = draft.cancelled ?? false;
    const invoice: Invoice = {
      ...this.#numbering.invoice(draft.kind, draft.day),
      kind: draft.kind,
      customer: draft.customer,
      recipient: draft.recipient ?? null,
      issuedOn: draft.day,
      soldOn: draft.kind === 'ADVANCE' ? null : draft.day,
      dueOn: draft.kind === 'RECEIPT' ? null : addDays(draft.day, draft.days),
      currency: draft.currency,
      lines: draft.lines,
      net,
      roundedApart,
      vat,
      gross: net + vat,
      netBase: inZlotys(net, draft.currency, draft.day),
      vatBase: inZlotys(vat, draft.currency, draft.day),
      corrects: draft.corrects ?? null,
      orders: draft.orders ?? [],
      ksefNumber: this.#ksefNumber(draft),
      countsInSales: draft.countsInSales ?? true,
      cancelled,
      settlements: [],
      changedOn: draft.day,
    };
    this.invoices.push(invoice);
    return invoice;
  }

  #isRoundedApart(draft: InvoiceDraft): boolean {
    if (!this.#roundsApart || draft.kind !== 'INVOICE' || draft.lines.length < 2) return false;
    this.#ordinary += 1;
    return this.#ordinary % roundedApartEvery === 0;
  }

  #ksefNumber(draft: InvoiceDraft): string | null {
    if (draft.kind === 'RECEIPT' || draft.cancelled === true) return null;
    if (draft.day < ksefFrom || draft.day > ksefUntil) return null;
    return ksefNumber(this.#sellerTaxId, draft.day, this.#random.hex(12));
  }

  /** Opens one settlement, or several where `parts` has more than one: instalments, each with its own day. */
  open(
    draft: SettlementDraft,
    parts: readonly { readonly amount: Amount; readonly dueOn: string | null }[],
  ): Settlement[] {
    const key = this.#numbering.settlement(draft.invoice?.key ?? null);
    const opened = parts.map(({ amount, dueOn }, index): Settlement => ({
      key,
      line: index + 1,
      customer: draft.customer,
      side: draft.side,
      invoice: draft.invoice,
      documentNumber: draft.documentNumber,
      issuedOn: draft.day,
      dueOn,
      amount,
      currency: draft.currency,
      matches: [],
      remaining: amount,
      settledOn: null,
      changedOn: draft.day,
    }));
    this.settlements.push(...opened);
    draft.invoice?.settlements.push(...opened);
    return opened;
  }

  receive(draft: PaymentDraft): Payment {
    const { day, ...rest } = draft;
    const payment: Payment = {
      ...rest,
      key: this.#numbering.payment(day),
      paidOn: day,
      unallocated: draft.amount,
      changedOn: day,
    };
    this.payments.push(payment);
    return payment;
  }

  /** `paid` is the payment's share in its own currency, and below zero where money goes back. */
  allocate(payment: Payment, settlement: Settlement, amount: Amount, paid: Amount, day: string): void {
    const left = payment.unallocated - paid;
    if (Math.sign(left) === -Math.sign(payment.amount))
      throw new RangeError(`${payment.reference ?? 'Payment'}: over-allocated`);
    payment.unallocated = left;
    payment.changedOn = day;
    const paymentAmount = paid === amount && payment.currency === settlement.currency ? null : paid;
    this.#match(settlement, { payment, counter: null, amount, paymentAmount, matchedOn: day });
  }

  /** Item against item: one row for each of the two. */
  compensate(receivable: Settlement, payable: Settlement, day: string): void {
    const amount = Math.min(receivable.remaining, payable.remaining);
    this.#match(receivable, { payment: null, counter: payable, amount, paymentAmount: null, matchedOn: day });
    this.#match(payable, { payment: null, counter: receivable, amount, paymentAmount: null, matchedOn: day });
  }

  /** Settled by something that the books do not point at: an advance, taken off the final invoice. */
  takeOff(settlement: Settlement, amount: Amount, day: string): void {
    this.#match(settlement, { payment: null, counter: null, amount, paymentAmount: null, matchedOn: day });
  }

  #match(settlement: Settlement, match: Match): void {
    if (match.amount <= 0 || match.amount > settlement.remaining) {
      throw new RangeError(
        `${settlement.documentNumber}: a match of ${match.amount} over ${settlement.remaining}`,
      );
    }
    settlement.matches.push(match);
    settlement.remaining -= match.amount;
    settlement.changedOn = match.matchedOn;
    if (settlement.remaining === 0) settlement.settledOn = match.matchedOn;
    if (settlement.invoice !== null) settlement.invoice.changedOn = match.matchedOn;
  }
}

/** What is still to be paid on a document; below zero where we owe it. */
export function remainingOf(invoice: Invoice): Amount {
  return sum(
    invoice.settlements.map(({ side, remaining }) => (side === 'RECEIVABLE' ? remaining : -remaining)),
  );
}

/** VAT is worked out rate by rate over the lines' sums, as a Polish invoice states it. */
function vatOf(lines: readonly Line[]): Amount {
  const nets = new Map<string, Amount>();
  for (const { vatRate, net } of lines) nets.set(vatRate, (nets.get(vatRate) ?? 0) + net);
  return sum([...nets].map(([rate, net]) => (/^\d+$/.test(rate) ? toGrosz(net, Number(rate), 100) : 0)));
}
