import { describe, expect, it } from '@jest/globals';
import { debtOf } from '../../src/erp/invoices/invoice-debt.ts';

const today = '2026-03-01';
const invoice = (gross: string, dueOn: string | null = null, cancelled = false) => ({
  gross: { amount: gross, currency: 'PLN' },
  dueOn,
  cancelled,
});

describe('how far an invoice is paid', () => {
  it.each([
    ['100.0000', '100.0000', 'UNPAID', '0.0000'],
    ['100.0000', '0.0001', 'PARTLY_PAID', '99.9999'],
    ['100.0000', '0.0000', 'PAID', '100.0000'],
    ['100.0000', '-1.0000', 'PAID', '101.0000'],
    ['-100.0000', '-100.0000', 'UNPAID', '0.0000'],
    ['-100.0000', '-40.0000', 'PARTLY_PAID', '-60.0000'],
    ['-100.0000', '0.0000', 'PAID', '-100.0000'],
    ['0.0000', '0.0000', 'PAID', '0.0000'],
    ['99999999999.9999', '0.0001', 'PARTLY_PAID', '99999999999.9998'],
  ])('of %s with %s left is %s, and %s paid', (gross, remaining, paidState, paid) => {
    expect(debtOf(invoice(gross), remaining, today)).toMatchObject({ remaining, paidState, paid });
  });

  it('has no meaning once it is cancelled, and nothing is owed', () => {
    expect(debtOf(invoice('100.0000', '2020-01-01', true), '100.0000', today)).toEqual({
      remaining: '0.0000',
      paid: null,
      paidState: null,
      overdue: false,
      daysOverdue: 0,
    });
  });
});

describe('an invoice is overdue', () => {
  it.each([
    ['2026-03-01', '5.0000', false, 0],
    ['2026-02-28', '5.0000', true, 1],
    ['2024-02-29', '5.0000', true, 731],
    ['2026-02-28', '0.0000', false, 0],
    ['2026-02-28', '-5.0000', false, 0],
    [null, '5.0000', false, 0],
  ])('when due on %s with %s left: %s, by %i days', (dueOn, remaining, overdue, daysOverdue) => {
    expect(debtOf(invoice('5.0000', dueOn), remaining, today)).toMatchObject({ overdue, daysOverdue });
  });
});
