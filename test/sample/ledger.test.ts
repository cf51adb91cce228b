import { describe, expect, it } from '@jest/globals';
import { tradingCompanies } from '../../src/sample/companies.ts';
import { remainingOf } from '../../src/sample/ledger/books.ts';
import type { Ledger, Match, Payment } from '../../src/sample/ledger/ledger.type.ts';
import { tradedLedger } from '../../src/sample/ledger/trading.ts';
import { customersIn } from './inserted-rows.ts';

const ledgers = { main: tradedLedger(tradingCompanies.main), export: tradedLedger(tradingCompanies.export) };
const companies = ['main', 'export'] as const;

function total(amounts: readonly number[]): number {
  return amounts.reduce((all, one) => all + one, 0);
}

function matchesOf(ledger: Ledger, payment: Payment): Match[] {
  return ledger.settlements.flatMap(({ matches }) => matches.filter((match) => match.payment === payment));
}

describe.each(companies)('the ledger of %s', (company) => {
  const ledger = ledgers[company];

  it('keeps every amount a whole number of ten-thousandths', () => {
    const amounts = [
      ...ledger.invoices.flatMap((invoice) => [
        invoice.net,
        invoice.vat,
        invoice.gross,
        invoice.netBase,
        invoice.vatBase,
      ]),
      ...ledger.payments.flatMap((payment) => [payment.amount, payment.unallocated]),
      ...ledger.settlements.flatMap((settlement) => [settlement.amount, settlement.remaining]),
    ];
    expect(amounts.filter((one) => !Number.isSafeInteger(one))).toEqual([]);
  });

  it('leaves of a settlement what its matches did not take', () => {
    for (const { amount, remaining, matches, settledOn } of ledger.settlements) {
      expect(remaining).toBe(amount - total(matches.map((match) => match.amount)));
      expect(remaining).toBeGreaterThanOrEqual(0);
      expect(settledOn).toBe(remaining === 0 ? matches.at(-1)?.matchedOn : null);
    }
  });

  it('leaves of a payment what its matches did not take', () => {
    for (const payment of ledger.payments) {
      const taken = matchesOf(ledger, payment).map((match) => match.paymentAmount ?? match.amount);
      expect(payment.unallocated).toBe(payment.amount - total(taken));
      if (payment.amount > 0) expect(payment.unallocated).toBeGreaterThanOrEqual(0);
      else expect(payment.unallocated).toBeLessThanOrEqual(0);
    }
  });

  it('opens settlements to the sum of the document, and none for cancelled documents and receipts', () => {
    for (const invoice of ledger.invoices) {
      const signed = invoice.settlements.map(({ side, amount }) =>
        side === 'RECEIVABLE' ? amount : -amount,
      );
      const none = invoice.cancelled || invoice.kind === 'RECEIPT';
      expect(total(signed)).toBe(none ? 0 : invoice.gross);
      expect(Math.abs(remainingOf(invoice))).toBeLessThanOrEqual(Math.abs(invoice.gross));
    }
  });

  it('adds lines up to the header, but for the documents rounded apart', () => {
    for (const invoice of ledger.invoices) {
      const lines = total(invoice.lines.map((line) => line.net));
      expect(invoice.net - lines).toBe(invoice.roundedApart ? 100 : 0);
      expect(invoice.gross).toBe(invoice.net + invoice.vat);
    }
    const apart = ledger.invoices.filter((invoice) => invoice.roundedApart);
    expect(apart.length > 0).toBe(company === 'main');
  });

  it('writes a compensation as two matches that name each other', () => {
    const set = ledger.settlements.flatMap((item) => item.matches.map((match) => ({ item, match })));
    const compensations = set.filter(({ match }) => match.counter !== null);
    expect(compensations.length).toBeGreaterThan(0);
    for (const { item, match } of compensations) {
      const other = match.counter?.matches.filter(
        (one) => one.counter === item && one.amount === match.amount && one.matchedOn === match.matchedOn,
      );
      expect(other).toHaveLength(1);
      expect(match.counter?.side).not.toBe(item.side);
    }
  });

  it('lets nothing be matched before it exists, and nothing happen outside the sample days', () => {
    for (const { issuedOn, matches } of ledger.settlements) {
      for (const { matchedOn, payment, counter } of matches) {
        expect(
          matchedOn >= issuedOn &&
            matchedOn >= (payment?.paidOn ?? '') &&
            matchedOn >= (counter?.issuedOn ?? ''),
        ).toBe(true);
      }
    }
    const days = [
      ...ledger.orders.map((order) => order.orderedOn),
      ...ledger.invoices.map((invoice) => invoice.issuedOn),
      ...ledger.payments.map((payment) => payment.paidOn),
      ...ledger.settlements.map((settlement) => settlement.issuedOn),
    ].sort();
    expect([days[0]?.slice(0, 7), days.at(-1)?.slice(0, 7)]).toEqual(['2024-01', '2026-06']);
  });

  it('corrects only earlier documents of the same customer, never by more than they came to', () => {
    const corrections = ledger.invoices.filter((invoice) => invoice.kind === 'CORRECTION');
    expect(corrections.length).toBeGreaterThan(5);
    for (const { corrects, customer, issuedOn, gross } of corrections) {
      expect(corrects?.customer).toBe(customer);
      expect((corrects?.issuedOn ?? '9999') < issuedOn).toBe(true);
      expect(gross + (corrects?.gross ?? 0)).toBeGreaterThanOrEqual(0);
    }
  });

  it('trades with each customer of the script on the terms written there', () => {
    const customers = customersIn(company);
    const { terms } = tradingCompanies[company];
    expect(terms.map((one) => one.customer).sort()).toEqual([...customers.keys()].sort());
    for (const { customer, days } of terms)
      expect([customer, days]).toEqual([customer, customers.get(customer)?.days]);
  });

  it('has each of the cases a caller may meet', () => {
    const { settlements, payments, invoices } = ledger;
    const receivables = settlements.filter((settlement) => settlement.side === 'RECEIVABLE');
    const matches = settlements.flatMap((settlement) => settlement.matches);
    const cases = {
      instalments: invoices.some((invoice) => invoice.settlements.length > 2),
      partPayment: receivables.some(({ amount, remaining }) => remaining > 0 && remaining < amount),
      overpayment: payments.some(({ amount, unallocated }) => unallocated > 0 && unallocated < amount),
      unallocated: payments.some(({ amount, unallocated }) => unallocated === amount),
      paidBack: payments.some(({ amount }) => amount < 0),
      paidInAnotherCurrency: matches.some(({ paymentAmount }) => (paymentAmount ?? 0) > 0),
      onePaymentForSeveral: payments.some((payment) => matchesOf(ledger, payment).length > 1),
      advance: invoices.some(({ kind, countsInSales }) => kind === 'ADVANCE' && !countsInSales),
      cancelled: invoices.some(({ cancelled }) => cancelled),
      collective: invoices.some(({ orders }) => orders.length > 1),
      opening: settlements.some(({ invoice }) => invoice === null),
      withoutDueDay: settlements.some(({ dueOn }) => dueOn === null),
      dearer: invoices.some(({ kind, gross }) => kind === 'CORRECTION' && gross > 0) || company === 'export',
      receipt: invoices.some(({ kind }) => kind === 'RECEIPT') || company === 'export',
      elsewhere: invoices.some(({ recipient }) => recipient !== null) || company === 'export',
    };
    expect(Object.entries(cases).filter(([, met]) => !met)).toEqual([]);
    expect(new Set(invoices.map((invoice) => invoice.currency))).toEqual(new Set(['PLN', 'EUR']));
  });
});

it('comes to the volume that was promised', () => {
  const both = [ledgers.main, ledgers.export];
  const invoices = both.flatMap((ledger) => ledger.invoices);
  const lines = invoices.flatMap((invoice) => invoice.lines);
  const orders = both.flatMap((ledger) => ledger.orders);
  expect(Math.abs(invoices.length - 900)).toBeLessThan(50);
  expect(Math.abs(lines.length - 2_700)).toBeLessThan(200);
  expect(Math.abs(orders.length - 500)).toBeLessThan(50);
});
