/**
 * How customers pay: on time, late, in part, too much, in another currency, or not at all. Watches every settlement from the
 * day it is opened until it is settled, the customer gives up, or the sample ends.
 */
import { type Amount, amount } from './amounts.ts';
import type { Books } from './books.ts';
import { addDays, type Agenda } from './calendar.ts';
import { inZlotys } from './exchange-rate.ts';
import type { Invoice, PaymentMethod, Settlement } from './ledger.type.ts';
import type { Random } from './random.ts';
import type { TradeTerms } from './trade-terms.ts';

const stoppedFrom = '2025-06-30';

/** From this much on a customer who pays in instalments asks for them. */
const worthInstalments = { PLN: amount(6_000), EUR: amount(1_400) };

export class Settling {
  readonly #books: Books;
  readonly #agenda: Agenda;

  constructor(books: Books, agenda: Agenda) {
    this.#books = books;
    this.#agenda = agenda;
  }

  /** Opens what an invoice is to be paid by, and puts its payments on the agenda. */
  bill(invoice: Invoice, terms: TradeTerms, random: Random): Settlement[] {
    const parts = instalments(invoice, terms, random);
    const settlements = this.#books.open(openingOf(invoice, 'RECEIVABLE'), parts);
    for (const settlement of settlements) this.await(settlement, terms, random);
    return settlements;
  }

  await(settlement: Settlement, terms: TradeTerms, random: Random): void {
    if (settlement.dueOn === null) return;
    const day = addDays(settlement.dueOn, delay(terms, random));
    if (terms.conduct === 'stopped' && day >= stoppedFrom) return;
    this.#agenda.on(day, () => this.#collect(settlement, terms, random));
  }

  /** Paid on the spot. */
  payNow(settlement: Settlement, method: PaymentMethod): void {
    this.#pay([settlement], settlement.remaining, method, 0);
  }

  /** Money that came with nothing to match it to. */
  prepay(terms: TradeTerms, currency: string, sum: Amount): void {
    const day = this.#agenda.today;
    const reference = 'przedpłata na poczet dostaw';
    this.#books.receive({
      customer: terms.customer,
      day,
      amount: sum,
      currency,
      method: 'TRANSFER',
      reference,
    });
  }

  #collect(settlement: Settlement, terms: TradeTerms, random: Random): void {
    if (settlement.remaining === 0) return;
    if (random.chance(40)) this.#useUnallocated(settlement);
    const due = settlement.remaining;
    if (due === 0) return;
    const roll = random.below(100);
    const method = anyMethod(random);
    if (roll < 3) return;
    if (roll < 13 && due > amount(500)) {
      this.#pay([settlement], roundedPart(due, random.between(30, 70)), method, 0);
      const again = addDays(this.#agenda.today, random.between(12, 45));
      if (random.chance(70)) this.#agenda.on(again, () => this.#collect(settlement, terms, random));
    } else if (roll < 17) {
      this.#pay([settlement], due, method, amount(random.between(1, 40), random.below(100)));
    } else if (roll < 22) {
      this.#payFirstMatchLater(settlement, method, random);
    } else if (roll < 32 && settlement.currency === 'EUR' && terms.treatment !== 'export') {
      this.#payInZlotys(settlement, method);
    } else if (roll < 50) {
      this.#pay([settlement, ...this.#othersDue(settlement)], due, method, 0);
    } else {
      this.#pay([settlement], due, method, 0);
    }
  }

  /** Pays `first` of the first settlement and all of the others, and `more` that nobody asked for. */
  #pay(
    settlements: readonly [Settlement, ...Settlement[]],
    first: Amount,
    method: PaymentMethod | null,
    more: Amount,
  ): void {
    const [head, ...rest] = settlements;
    const shares = [
      { settlement: head, share: first },
      ...rest.map((one) => ({ settlement: one, share: one.remaining })),
    ];
    const day = this.#agenda.today;
    const payment = this.#books.receive({
      customer: head.customer,
      day,
      amount: shares.reduce((all, { share }) => all + share, more),
      currency: head.currency,
      method,
      reference: `zapłata za ${[...new Set(settlements.map((one) => one.documentNumber))].join(', ')}`.slice(
        0,
        200,
      ),
    });
    for (const { settlement, share } of shares) this.#books.allocate(payment, settlement, share, share, day);
  }

  #payFirstMatchLater(settlement: Settlement, method: PaymentMethod | null, random: Random): void {
    const { customer, remaining, currency } = settlement;
    const day = this.#agenda.today;
    const reference = 'wpłata bez tytułu';
    const payment = this.#books.receive({ customer, day, amount: remaining, currency, method, reference });
    this.#agenda.on(addDays(day, random.between(3, 9)), () => {
      const share = Math.min(payment.unallocated, settlement.remaining);
      if (share > 0) this.#books.allocate(payment, settlement, share, share, this.#agenda.today);
    });
  }

  #payInZlotys(settlement: Settlement, method: PaymentMethod | null): void {
    const day = this.#agenda.today;
    const due = settlement.remaining;
    const paid = inZlotys(due, settlement.currency, day);
    const payment = this.#books.receive({
      customer: settlement.customer,
      day,
      amount: paid,
      currency: 'PLN',
      method,
      reference: `${settlement.documentNumber} w PLN po kursie z dnia`,
    });
    this.#books.allocate(payment, settlement, due, paid, day);
  }

  #useUnallocated(settlement: Settlement): void {
    const day = this.#agenda.today;
    for (const payment of this.#books.payments) {
      const fits = payment.customer === settlement.customer && payment.currency === settlement.currency;
      const share = Math.min(payment.unallocated, settlement.remaining);
      if (fits && share > 0) this.#books.allocate(payment, settlement, share, share, day);
    }
  }

  #othersDue(settlement: Settlement): Settlement[] {
    return this.#books.settlements
      .filter(
        (other) =>
          other !== settlement &&
          other.customer === settlement.customer &&
          other.currency === settlement.currency &&
          other.side === 'RECEIVABLE' &&
          other.remaining > 0 &&
          other.dueOn !== null &&
          other.dueOn <= this.#agenda.today,
      )
      .slice(0, 4);
  }
}

/** The facts of an invoice that its settlement repeats. */
export function openingOf(invoice: Invoice, side: Settlement['side']) {
  const { customer, number, issuedOn, currency } = invoice;
  return { customer, side, invoice, documentNumber: number, day: issuedOn, currency };
}

function instalments(
  invoice: Invoice,
  terms: TradeTerms,
  random: Random,
): { readonly amount: Amount; readonly dueOn: string | null }[] {
  const { gross, dueOn, issuedOn } = invoice;
  if (terms.conduct !== 'instalments' || gross < worthInstalments[terms.currency])
    return [{ amount: gross, dueOn }];
  const count = random.between(2, 4);
  const equal = Math.floor(gross / count / 100) * 100;
  return Array.from({ length: count }, (_, index) => ({
    amount: index === count - 1 ? gross - equal * (count - 1) : equal,
    dueOn: addDays(dueOn ?? issuedOn, index * 30),
  }));
}

function delay(terms: TradeTerms, random: Random): number {
  switch (terms.conduct) {
    case 'late':
      return random.between(5, 35);
    case 'slow':
      return random.between(20, 100);
    case 'instalments':
      return random.between(0, 8);
    case 'prompt':
    case 'stopped':
    case 'cash':
      return random.between(-3, 2);
  }
}

/** About that many percent, in whole hundreds. */
function roundedPart(due: Amount, percent: number): Amount {
  const hundred = amount(100);
  return Math.max(hundred, Math.floor((due * percent) / 100 / hundred) * hundred);
}

/** By transfer, as a rule; a few payments' way was never written down. */
function anyMethod(random: Random): PaymentMethod | null {
  return random.chance(86)
    ? 'TRANSFER'
    : random.pick(['CASH', 'CASH', 'CARD', 'COMPENSATION', 'OTHER', null]);
}
