import { type Amount, toGrosz } from './amounts.ts';

/** Made-up zlotys per euro, in ten-thousandths, quarter by quarter from the first of 2024. */
const zlotysPerEuro = [43_412, 43_075, 42_894, 43_127, 42_286, 42_551, 42_613, 42_490, 42_318, 42_405];

export function rateOn(currency: string, day: string): number {
  if (currency === 'PLN') return 10_000;
  const quarter = (Number(day.slice(0, 4)) - 2024) * 4 + Math.floor((Number(day.slice(5, 7)) - 1) / 3);
  const rate = zlotysPerEuro[quarter];
  if (rate === undefined) throw new RangeError(`No rate of the euro on ${day}`);
  return rate;
}

export function inZlotys(value: Amount, currency: string, day: string): Amount {
  return currency === 'PLN' ? value : toGrosz(value, rateOn(currency, day), 10_000);
}
