/** Amounts, prices and quantities as whole ten-thousandths, so that sums are exact; the sample's stay far below 2^53. */
export type Amount = number;

const GROSZ = 100;

export function amount(whole: number, hundredths = 0): Amount {
  return whole * 10_000 + hundredths * GROSZ;
}

/** a × b ÷ by, to the nearest grosz, halves away from zero. All three are whole. */
export function toGrosz(a: number, b: number, by: number): Amount {
  const product = BigInt(a) * BigInt(b);
  const step = BigInt(by) * BigInt(GROSZ);
  const size = product < 0n ? -product : product;
  const rounded = (size + step / 2n) / step;
  return Number(product < 0n ? -rounded : rounded) * GROSZ;
}

export function sum(amounts: Iterable<Amount>): Amount {
  let total = 0;
  for (const one of amounts) total += one;
  return total;
}

/** '-1234.5600', as T-SQL reads it. */
export function amountText(value: Amount): string {
  const digits = String(Math.abs(value)).padStart(5, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
