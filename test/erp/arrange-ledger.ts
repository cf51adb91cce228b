/**
 * Ledgers made by chance: opening balances, instalments, corrections, payments and what was paid back, in two currencies; settled
 * by payments in the same or the other currency, by compensations and by write-offs that nobody stands behind. The
 * model keeps everything that ever happened and asks it again for a day; the ERP gets only what is left now, and the matches.
 */
import fc from 'fast-check';
import { daysBefore } from '../../src/erp/days.ts';

export const today = '2026-03-01';

type Side = 'RECEIVABLE' | 'PAYABLE';

/** Amounts are in ten-thousandths, days in days before today. */
interface ItemDraft {
  readonly side: Side;
  readonly currency: string;
  readonly amount: bigint;
  readonly age: number;
  readonly term: number | null;
}

interface PaymentDraft {
  readonly currency: string;
  readonly amount: bigint;
  readonly age: number;
}

interface StepDraft {
  readonly kind: 'payment' | 'compensation' | 'writeOff';
  readonly item: number;
  readonly by: number;
  readonly share: bigint;
  readonly age: number;
}

interface LedgerDraft {
  readonly items: readonly ItemDraft[];
  readonly payments: readonly PaymentDraft[];
  readonly steps: readonly StepDraft[];
}

const age = fc.integer({ min: 0, max: 150 });
const currency = fc.constantFrom('EUR', 'PLN');
const amount = fc.oneof(
  fc.bigInt({ min: 1n, max: 30n }),
  fc.bigInt({ min: 1n, max: 5_000_000n }),
  fc.constant(999_999_999_999_999n),
);

export const anyLedger: fc.Arbitrary<LedgerDraft> = fc.record({
  items: fc.array(
    fc.record({
      side: fc.constantFrom<Side>('RECEIVABLE', 'RECEIVABLE', 'PAYABLE'),
      currency,
      amount,
      age,
      term: fc.option(fc.integer({ min: 0, max: 90 })),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  payments: fc.array(
    fc.record({ currency, amount, age, back: fc.boolean() }).map(({ back, ...rest }) => ({
      ...rest,
      amount: back ? -rest.amount : rest.amount,
    })),
    { maxLength: 6 },
  ),
  steps: fc.array(
    fc.record({
      kind: fc.constantFrom<StepDraft['kind']>('payment', 'payment', 'compensation', 'writeOff'),
      item: fc.nat(20),
      by: fc.nat(20),
      share: fc.bigInt({ min: 1n, max: 4n }),
      age,
    }),
    { maxLength: 14 },
  ),
});

interface Match {
  readonly item: number;
  readonly payment: number | null;
  readonly counter: number | null;
  readonly amount: bigint;
  readonly inPayment: bigint | null;
  readonly age: number;
}

export interface Ledger extends LedgerDraft {
  readonly matches: readonly Match[];
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);
const least = (left: bigint, right: bigint): bigint => (left < right ? left : right);

/** What a payment of `amount` is in another currency: any rate will do that both sides keep. */
const rate = 4n;

/** The draft's steps as far as there is something left to settle; each on a day when both ends were there. */
export function settledLedger(draft: LedgerDraft): Ledger {
  const left = draft.items.map((item) => item.amount);
  const free = draft.payments.map((payment) => magnitude(payment.amount));
  const matches: Match[] = [];
  for (const { kind, item: at, by, share, age: asked } of draft.steps) {
    const item = at % draft.items.length;
    const own = draft.items[item];
    const rest = (left[item] ?? 0n) / share;
    if (!own || rest === 0n) continue;
    if (kind === 'writeOff') {
      left[item] = (left[item] ?? 0n) - rest;
      matches.push({
        item,
        payment: null,
        counter: null,
        amount: rest,
        inPayment: null,
        age: Math.min(asked, own.age),
      });
    } else if (kind === 'compensation') {
      const counter = by % draft.items.length;
      const other = draft.items[counter];
      if (!other || other.side === own.side || other.currency !== own.currency) continue;
      const size = least(rest, left[counter] ?? 0n);
      if (size === 0n) continue;
      left[item] = (left[item] ?? 0n) - size;
      left[counter] = (left[counter] ?? 0n) - size;
      const day = Math.min(asked, own.age, other.age);
      const both = { payment: null, amount: size, inPayment: null, age: day };
      matches.push({ item, counter, ...both }, { item: counter, counter: item, ...both });
    } else if (draft.payments.length > 0) {
      const payment = by % draft.payments.length;
      const paid = draft.payments[payment];
      if (!paid || paid.amount < 0n !== (own.side === 'PAYABLE')) continue;
      const foreign = paid.currency !== own.currency;
      const size = least(rest, (free[payment] ?? 0n) / (foreign ? rate : 1n));
      if (size === 0n) continue;
      left[item] = (left[item] ?? 0n) - size;
      free[payment] = (free[payment] ?? 0n) - size * (foreign ? rate : 1n);
      const day = Math.min(asked, own.age, paid.age);
      matches.push({
        item,
        payment,
        counter: null,
        amount: size,
        inPayment: foreign ? size * rate : null,
        age: day,
      });
    }
  }
  return { ...draft, matches };
}

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);

/** What was left of an item on a day: what it was, less what had been matched by then. */
const leftOf = ({ items, matches }: Ledger, item: number, day: number): bigint =>
  (items[item]?.amount ?? 0n) -
  sum(matches.filter((match) => match.item === item && match.age >= day).map((match) => match.amount));

function freeOf({ payments, matches }: Ledger, payment: number, day: number): bigint {
  const total = payments[payment]?.amount ?? 0n;
  const used = sum(
    matches
      .filter((match) => match.payment === payment && match.age >= day)
      .map((match) => match.inPayment ?? match.amount),
  );
  return total < 0n ? total + used : total - used;
}

const dueAge = ({ age: issued, term }: ItemDraft): number | null => (term === null ? null : issued - term);

const written = (value: bigint): string => {
  const digits = magnitude(value).toString().padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
};

/** By currency: the five ages, their total, credits and unallocated; currencies in which nothing was open are left out. */
export function ageingIn(ledger: Ledger, asOf: string): string[][] {
  const day = (Date.parse(today) - Date.parse(asOf)) / 86_400_000;
  return ['EUR', 'PLN'].flatMap((of) => {
    const open = ledger.items.flatMap((item, index) =>
      item.currency === of && item.age >= day ? [{ item, left: leftOf(ledger, index, day) }] : [],
    );
    const free = ledger.payments.flatMap((payment, index) =>
      payment.currency === of && payment.age >= day ? [freeOf(ledger, index, day)] : [],
    );
    if (open.every(({ left }) => left === 0n) && free.every((left) => left === 0n)) return [];
    const receivables = open.filter(({ item }) => item.side === 'RECEIVABLE');
    const aged = (from: number, to: number) =>
      sum(
        receivables
          .filter(({ item }) => {
            const late = (dueAge(item) ?? Number.NEGATIVE_INFINITY) - day;
            return late >= from && late <= to;
          })
          .map(({ left }) => left),
      );
    const ages = [
      aged(Number.NEGATIVE_INFINITY, 0),
      aged(1, 30),
      aged(31, 60),
      aged(61, 90),
      aged(91, Number.POSITIVE_INFINITY),
    ];
    const credits = sum(open.filter(({ item }) => item.side === 'PAYABLE').map(({ left }) => left));
    return [[of, ...[...ages, sum(ages), credits, sum(free)].map(written)]];
  });
}

/** T-SQL for all of it as one customer's books now. */
export function writtenLedger(ledger: Ledger, customer: number): string {
  const on = (days: number | null) => (days === null ? 'NULL' : `'${daysBefore(today, days)}'`);
  const items = ledger.items.map(
    (item, index) =>
      `INSERT INTO kartoteka.settlement (settlement_type, settlement_id, settlement_line, customer_id, side, issued_on, due_on, amount,
         remaining, currency)
       VALUES (0, ${customer}, ${index}, ${customer}, '${item.side}', ${on(item.age)}, ${on(dueAge(item))}, ${written(item.amount)},
         ${written(leftOf(ledger, index, Number.NEGATIVE_INFINITY))}, '${item.currency}');`,
  );
  const payments = ledger.payments.map(
    (payment, index) =>
      `INSERT INTO kartoteka.payment (payment_type, payment_id, customer_id, paid_on, amount, unallocated, currency)
       VALUES (${customer}, ${index}, ${customer}, ${on(payment.age)}, ${written(payment.amount)},
         ${written(freeOf(ledger, index, Number.NEGATIVE_INFINITY))}, '${payment.currency}');`,
  );
  const matches = ledger.matches.map(
    ({ item, payment, counter, amount: size, inPayment, age: day }, index) =>
      `INSERT INTO kartoteka.settlement_match (settlement_type, settlement_id, settlement_line, match_no, customer_id, payment_type,
         payment_id, counter_type, counter_id, counter_line, amount, payment_amount, matched_on)
       VALUES (0, ${customer}, ${item}, ${index}, ${customer}, ${payment === null ? 'NULL, NULL' : `${customer}, ${payment}`},
         ${counter === null ? 'NULL, NULL, NULL' : `0, ${customer}, ${counter}`}, ${written(size)},
         ${inPayment === null ? 'NULL' : written(inPayment)}, ${on(day)});`,
  );
  return [...items, ...payments, ...matches].join('\n');
}
