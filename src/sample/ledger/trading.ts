/**
 * What happens between one company and its customers over the sample's days: orders, deliveries, invoices, advances, receipts
 * and returns. Every customer has a sequence of chances of its own, so that a change to one leaves the others' deals alone.
 */
import { amount, toGrosz } from './amounts.ts';
import { Books, type InvoiceDraft } from './books.ts';
import { addDays, Agenda, firstDay, lastDay } from './calendar.ts';
import { Corrections } from './corrections.ts';
import { takeGoods, takeService, textLine, withQuantity } from './goods.ts';
import type { Invoice, Ledger, Line, Order, OrderStatus } from './ledger.type.ts';
import type { Numbering } from './numbering.ts';
import { Random } from './random.ts';
import { Settling } from './settling.ts';
import type { TradeTerms } from './trade-terms.ts';

export interface Company {
  readonly name: string;
  readonly sellerTaxId: string;
  readonly terms: readonly TradeTerms[];
  readonly numbering: () => Numbering;
  /** Whether a few of its invoices have a header that differs from the lines by a grosz. */
  readonly roundsApart: boolean;
}

/** From this day on they order for the autumn, and nothing leaves before July: these orders stay open. */
const autumnOrders = '2026-06-15';

/** The company's ledger as it stands on the sample's last day; the same at every call. */
export function tradedLedger(company: Company): Ledger {
  const books = new Books(
    company.numbering(),
    company.sellerTaxId,
    new Random(company.name),
    company.roundsApart,
  );
  const agenda = new Agenda();
  company.terms.forEach((terms, place) => {
    new Dealings(books, agenda, terms, new Random(`${company.name}:${terms.customer}`)).plan(place);
  });
  agenda.run();
  return books;
}

/** One customer's dealings. */
class Dealings {
  readonly #books: Books;
  readonly #agenda: Agenda;
  readonly #terms: TradeTerms;
  readonly #random: Random;
  readonly #settling: Settling;
  readonly #corrections: Corrections;

  constructor(books: Books, agenda: Agenda, terms: TradeTerms, random: Random) {
    this.#books = books;
    this.#agenda = agenda;
    this.#terms = terms;
    this.#random = random;
    this.#settling = new Settling(books, agenda);
    this.#corrections = new Corrections(books, agenda, this.#settling);
  }

  plan(place: number): void {
    if (place % 5 === 0) this.#agenda.on(firstDay, () => this.#bringForward(place));
    const last = Date.parse(this.#terms.until ?? lastDay);
    const span = Math.floor((last - Date.parse(firstDay)) / 86_400_000) - 4;
    for (let deal = 0; deal < this.#terms.deals; deal += 1) {
      this.#agenda.on(addDays(firstDay, 3 + this.#random.below(span)), () => this.#deal());
    }
  }

  /** Opening balances: items without a document in these books; one in five has no day to be paid by. */
  #bringForward(place: number): void {
    const { customer, currency } = this.#terms;
    const documentNumber = `BO/2023/${this.#random.between(100, 999)}`;
    const opening = { customer, invoice: null, documentNumber, day: firstDay, currency };
    const dueOn = place % 25 === 0 ? null : addDays(firstDay, this.#random.between(-20, 25));
    const worth = amount(this.#random.between(200, 6_000), this.#random.below(100));
    for (const settlement of this.#books.open({ ...opening, side: 'RECEIVABLE' }, [
      { amount: worth, dueOn },
    ])) {
      this.#settling.await(settlement, this.#terms, this.#random);
    }
    if (place % 20 === 10) {
      const credit = amount(this.#random.between(50, 400));
      this.#books.open({ ...opening, documentNumber: `${documentNumber}/Z`, side: 'PAYABLE' }, [
        { amount: credit, dueOn },
      ]);
    }
  }

  #deal(): void {
    if (this.#terms.conduct === 'cash') return this.#sellOverTheCounter();
    const roll = this.#random.below(100);
    if (roll < 44) return this.#orderThenBill(1);
    if (roll < 78) return this.#sell();
    if (roll < 83) return this.#orderThenBill(2);
    if (roll < 88) return this.#deliverInParts();
    if (roll < 92) return this.#leave(roll < 90 ? 'CANCELLED' : 'DRAFT');
    if (roll < 95) return this.#sellWithAdvance();
    if (roll < 98) return this.#sellAfterMistake();
    return this.#settling.prepay(this.#terms, this.#currency(), amount(this.#random.between(2, 30) * 100));
  }

  #currency(): string {
    const { sometimes, currency } = this.#terms;
    return sometimes !== undefined && this.#random.chance(20) ? sometimes : currency;
  }

  #order(currency: string): Order {
    const day = this.#agenda.today;
    const requested = this.#random.chance(80) ? addDays(day, this.#random.between(3, 21)) : null;
    const lines = takeGoods(this.#random, this.#terms, currency, day);
    return this.#books.takeOrder(this.#terms.customer, day, requested, currency, lines);
  }

  /** Several orders are billed together: a collective invoice. */
  #orderThenBill(count: number): void {
    const currency = this.#currency();
    const orders = Array.from({ length: count }, () => this.#order(currency));
    const wait =
      this.#agenda.today >= autumnOrders ? this.#random.between(16, 40) : this.#random.between(2, 12);
    this.#agenda.on(addDays(this.#agenda.today, wait), () => {
      const services = takeService(this.#random, this.#terms, currency, this.#agenda.today);
      this.#bill({
        currency,
        lines: [...orders.flatMap((order) => this.#deliver(order, 100)), ...services],
        orders,
      });
    });
  }

  #deliverInParts(): void {
    const order = this.#order(this.#currency());
    const { currency } = order;
    this.#agenda.on(addDays(this.#agenda.today, this.#random.between(2, 10)), () => {
      this.#bill({ currency, lines: this.#deliver(order, 50), orders: [order] });
      if (this.#random.chance(50)) return;
      this.#agenda.on(addDays(this.#agenda.today, this.#random.between(7, 25)), () => {
        const lines = this.#deliver(order, 100);
        if (lines.length > 0) this.#bill({ currency, lines, orders: [order] });
      });
    });
  }

  /** Brings what has been delivered up to so many percent of each line, and answers the lines to be billed. */
  #deliver(order: Order, percent: number): Line[] {
    const lines: Line[] = [];
    for (const item of order.lines) {
      const upTo = Math.ceil((item.line.quantity * percent) / 100 / amount(1)) * amount(1);
      if (upTo > item.delivered) lines.push(withQuantity(item.line, upTo - item.delivered));
      item.delivered = upTo;
    }
    const whole = order.lines.every(({ line, delivered }) => line.quantity === delivered);
    order.status = whole ? 'DELIVERED' : 'PARTLY_DELIVERED';
    order.changedOn = this.#agenda.today;
    return lines;
  }

  #leave(status: OrderStatus): void {
    const order = this.#order(this.#currency());
    order.status = status;
  }

  #sell(): void {
    const currency = this.#currency();
    this.#bill({ currency, lines: this.#freshLines(currency) });
  }

  #freshLines(currency: string): Line[] {
    const day = this.#agenda.today;
    return [
      ...takeGoods(this.#random, this.#terms, currency, day),
      ...takeService(this.#random, this.#terms, currency, day),
    ];
  }

  #sellWithAdvance(): void {
    const order = this.#order(this.#currency());
    const { currency } = order;
    const part = textLine(`Zaliczka na zamówienie ${order.number}`, toGrosz(order.net, 30, 100), this.#terms);
    const advance = this.#books.issue({
      ...this.#draft(currency, [part]),
      kind: 'ADVANCE',
      days: 7,
      orders: [order],
      countsInSales: false,
    });
    const [due] = this.#settling.bill(advance, { ...this.#terms, conduct: 'prompt' }, this.#random);
    this.#agenda.on(addDays(this.#agenda.today, this.#random.between(18, 30)), () => {
      const settlements = this.#bill({ currency, lines: this.#deliver(order, 100), orders: [order] });
      const [final] = settlements;
      if (due?.remaining !== 0 || final === undefined) return;
      this.#books.takeOff(final, Math.min(final.remaining, advance.gross), this.#agenda.today);
    });
  }

  /** An invoice is cancelled, and written again the next day. */
  #sellAfterMistake(): void {
    const currency = this.#currency();
    const lines = this.#freshLines(currency);
    this.#books.issue({ ...this.#draft(currency, lines), cancelled: true });
    this.#agenda.on(addDays(this.#agenda.today, 1), () => this.#bill({ currency, lines }));
  }

  /** A receipt; some ask for an invoice to it, which then counts in the receipt's stead. */
  #sellOverTheCounter(): void {
    const { currency } = this.#terms;
    const draft = this.#draft(currency, this.#freshLines(currency));
    const withInvoice = this.#random.chance(40);
    this.#books.issue({ ...draft, kind: 'RECEIPT', countsInSales: !withInvoice });
    if (!withInvoice) return;
    const invoice = this.#books.issue({ ...draft, days: 0 });
    const [settlement] = this.#settling.bill(invoice, this.#terms, this.#random);
    if (settlement !== undefined) this.#settling.payNow(settlement, this.#random.pick(['CASH', 'CARD']));
  }

  #bill(what: Pick<InvoiceDraft, 'currency' | 'lines' | 'orders'>): Invoice['settlements'] {
    const invoice = this.#books.issue({
      ...this.#draft(what.currency, what.lines),
      orders: what.orders ?? [],
    });
    const settlements = this.#settling.bill(invoice, this.#terms, this.#random);
    this.#corrections.consider(invoice, this.#terms, this.#random);
    return settlements;
  }

  #draft(currency: string, lines: readonly Line[]): InvoiceDraft {
    const { customer, days, recipients = [] } = this.#terms;
    const [first, ...others] = recipients;
    const elsewhere = first !== undefined && this.#random.chance(85);
    const recipient = elsewhere ? this.#random.pick([first, ...others]) : null;
    return { kind: 'INVOICE', customer, recipient, day: this.#agenda.today, days, currency, lines };
  }
}
