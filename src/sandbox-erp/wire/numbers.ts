import { SqlServerError } from '../engine.ts';

const DECIMAL_TEXT = /^([+-]?)(\d*)(?:\.(\d*))?$/;

/** '-12.34' with scale 4 → -123400n. Digits that the scale has no room for are refused: an amount is never rounded here. */
export const unscaled = (text: string, scale: number): bigint => {
  const match = DECIMAL_TEXT.exec(text);
  const [, sign = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || whole + fraction === '')
    throw new SqlServerError(8114, `'${text}' is not a decimal number.`);
  const kept = fraction.padEnd(scale, '0').slice(0, scale);
  if (/[1-9]/.test(fraction.slice(scale))) {
    throw new SqlServerError(8114, `'${text}' has more than ${scale} digits after the point.`);
  }
  const magnitude = BigInt(whole + kept);
  return sign === '-' ? -magnitude : magnitude;
};

/** -123400n with scale 4 → '-12.3400'. */
export const decimalText = (value: bigint, scale: number): string => {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  if (scale === 0) return sign + digits;
  return `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};

/** Bytes of a decimal's magnitude; the sign takes one more. */
export const decimalMagnitudeLength = (precision: number): 4 | 8 | 12 | 16 => {
  if (precision <= 9) return 4;
  if (precision <= 19) return 8;
  return precision <= 28 ? 12 : 16;
};

/** The shortest digits that give this single-precision number back, as a double printed in full would show digits nobody wrote. */
export const realText = (value: number): string => {
  for (let digits = 6; digits <= 9; digits += 1) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return String(shorter);
  }
  return String(value);
};
