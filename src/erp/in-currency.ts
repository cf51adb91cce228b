/** Amounts whose currency stands in another row: a line's in its document, a sum's in its group. */
export interface AmountInCurrency {
  readonly amount: string;
  readonly currency: string;
}

export const inCurrency = (amount: string, currency: string): AmountInCurrency => ({ amount, currency });

export const inCurrencyOrNull = (amount: string | null, currency: string): AmountInCurrency | null =>
  amount === null ? null : { amount, currency };
