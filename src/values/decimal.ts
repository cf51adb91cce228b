/**
 * Exact arithmetic on amounts as text, in ten-thousandths: the precision of every amount that an ERP gives. For the few
 * sums that are not made in SQL because their parts come from different answers. No float is ever involved.
 */
const form = /^(-?)(\d+)(?:\.(\d{1,4}))?$/;

function tenThousandths(amount: string): bigint {
  const parts = form.exec(amount);
  if (!parts) throw new RangeError('an exact amount with at most four places is needed');
  const [, sign, whole = '', fraction = ''] = parts;
  const value = BigInt(whole + fraction.padEnd(4, '0'));
  return sign === '-' ? -value : value;
}

function textOf(value: bigint): string {
  const digits = (value < 0n ? -value : value).toString().padStart(5, '0');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

export const zero = '0.0000';

/** Four places, whatever was given. Throws RangeError for what is not an amount. */
export function addAmounts(amounts: Iterable<string>): string {
  let sum = 0n;
  for (const amount of amounts) sum += tenThousandths(amount);
  return textOf(sum);
}

export function subtractAmount(from: string, amount: string): string {
  return textOf(tenThousandths(from) - tenThousandths(amount));
}

/** Below zero when `left` is less, above when it is more, 0 when they are equal. */
export function compareAmounts(left: string, right: string): -1 | 0 | 1 {
  const difference = tenThousandths(left) - tenThousandths(right);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}

const anyDecimal = /^(-?)0*(\d+?)(?:\.(\d+))?$/;

/** The same number without needless zeros before it, its places kept. Throws RangeError for what is not a number. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole, fraction] = anyDecimal.exec(text) ?? [];
  if (whole === undefined) throw new RangeError('an exact number is needed');
  const digits = fraction === undefined ? whole : `${whole}.${fraction}`;
  return /^[0.]+$/.test(digits) ? digits : sign + digits;
}

/** Below zero when `left` is less, above when it is more, 0 when they are equal; exact, whatever their places. */
export function compareDecimals(left: string, right: string): -1 | 0 | 1 {
  const places = Math.max(...[left, right].map((text) => text.split('.')[1]?.length ?? 0));
  const scaled = (text: string): bigint => {
    const [whole = '', fraction = ''] = plainDecimal(text).split('.');
    return BigInt(whole + fraction.padEnd(places, '0'));
  };
  const difference = scaled(left) - scaled(right);
  if (difference === 0n) return 0;
  return difference < 0n ? -1 : 1;
}
