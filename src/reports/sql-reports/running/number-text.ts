/** Numbers that come as doubles, told as plain digits: exactly, or not at all. */

/** The shortest digits that mean this very double, never with an exponent. */
export function floatText(value: number): string {
  return withoutExponent(String(value));
}

/** The same of a float of single precision, which comes as the double next to it. */
export function realText(value: number): string {
  for (let digits = 1; digits <= 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === value) return withoutExponent(String(Number(text)));
  }
  return floatText(value);
}

/** So many digits of any decimal come through a double and back unharmed. */
export const exactDigits = 15;

/** A decimal of that scale that came as a double; undefined where it has more digits than a double can hold. */
export function decimalText(value: number, scale: number): string | undefined {
  return Math.abs(value) * 10 ** scale < 10 ** exactDigits ? value.toFixed(scale) : undefined;
}

/** Of a number as JavaScript or PostgreSQL writes it. */
export function withoutExponent(text: string): string {
  const parts = /^(-?)(\d+)(?:\.(\d+))?e([+-]?\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
