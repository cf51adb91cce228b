/** Returns and price changes (faktury korygujące), and what becomes of the money: set off, paid back, or left owing. */
import { amount, toGrosz } from './amounts.ts';
import type { Books } from './books.ts';
import { addDays, type Agenda } from './calendar.ts';
import type { Invoice, Line, Settlement } from './ledger.type.ts';
import type { Random } from './random.ts';
import { openingOf, type Settling } from './settling.ts';
import type { TradeTerms } from './trade-terms.ts';

export class Corrections {
  readonly #books: Books;
  readonly #agenda: Agenda;
  readonly #settling: Settling;

  constructor(books: Books, agenda: Agenda, settling: Settling) {
    this.#books = books;
    this.#agenda = agenda;
    this.#settling = settling;
  }

  /** Decides whether an invoice is going to be corrected. */
  consider(invoice: Invoice, terms: TradeTerms, random: Random): void {
    if (!random.chance(8)) return;
    const line = random.chance(85) ? returned(invoice, random) : dearer(invoice);
    if (line === null) return;
    this.#agenda.on(addDays(invoice.issuedOn, random.between(6, 40)), () =>
      this.#correct(invoice, line, terms, random),
    );
  }

  #correct(invoice: Invoice, line: Line, terms: TradeTerms, random: Random): void {
    const correction = this.#books.issue({
      kind: 'CORRECTION',
      customer: invoice.customer,
      recipient: invoice.recipient,
      day: this.#agenda.today,
      days: 14,
      currency: invoice.currency,
      lines: [line],
      corrects: invoice,
    });
    if (correction.gross > 0) {
      this.#settling.bill(correction, terms, random);
      return;
    }
    const parts = [{ amount: -correction.gross, dueOn: correction.dueOn }];
    for (const payable of this.#books.open(openingOf(correction, 'PAYABLE'), parts)) {
      this.#agenda.on(addDays(this.#agenda.today, random.between(0, 12)), () =>
        this.#settle(payable, invoice, random),
      );
    }
  }

  #settle(payable: Settlement, corrected: Invoice, random: Random): void {
    const open = corrected.settlements.filter(
      ({ side, remaining }) => side === 'RECEIVABLE' && remaining > 0,
    );
    for (const receivable of open) {
      if (payable.remaining > 0) this.#books.compensate(receivable, payable, this.#agenda.today);
    }
    if (payable.remaining > 0 && random.chance(75)) this.#payBack(payable);
  }

  #payBack(payable: Settlement): void {
    const { customer, currency, documentNumber, remaining } = payable;
    const day = this.#agenda.today;
    const reference = `zwrot ${documentNumber}`;
    const back = -remaining;
    const payment = this.#books.receive({
      customer,
      day,
      amount: back,
      currency,
      method: 'TRANSFER',
      reference,
    });
    this.#books.allocate(payment, payable, remaining, back, day);
  }
}

/** Up to a third of one line comes back. */
function returned(invoice: Invoice, random: Random): Line | null {
  const line = invoice.lines[random.below(invoice.lines.length)];
  if (line?.price == null || line.product?.service !== false) return null;
  const pairs = Math.floor(line.quantity / amount(1));
  const quantity = -amount(random.between(1, Math.max(1, Math.floor(pairs / 3))));
  return {
    ...line,
    quantity,
    net: toGrosz(quantity, line.price, 10_000),
    text: `Zwrot: ${line.product.name}`,
  };
}

/** A price was too low by two in a hundred: the same quantity, the difference as its price. */
function dearer(invoice: Invoice): Line | null {
  const [line] = invoice.lines;
  if (line?.price == null || line.product === null) return null;
  const price = Math.max(toGrosz(line.price, 2, 100), 100);
  return {
    ...line,
    price,
    net: toGrosz(line.quantity, price, 10_000),
    text: `Korekta ceny: ${line.product.name}`,
  };
}
