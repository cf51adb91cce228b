import { SqlServerError } from '../engine.ts';

/** Days and times as the wire counts them, in whole numbers: no Date, hence no time zone and no two-digit years. */

const DAYS_OF_400_YEARS = 146_097;
const TICKS_OF_SECOND = 10_000_000;
export const TICKS_OF_DAY = 86_400 * TICKS_OF_SECOND;

const floorDivide = (dividend: number, divisor: number): number => Math.floor(dividend / divisor);

/** Days since 0001-01-01 in the proleptic Gregorian calendar, counted in years that begin in March. */
const daysBefore = (year: number, month: number, day: number): number => {
  const marchYear = month <= 2 ? year - 1 : year;
  const dayOfYear = floorDivide(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1;
  const leapDays = floorDivide(marchYear, 4) - floorDivide(marchYear, 100) + floorDivide(marchYear, 400);
  return marchYear * 365 + leapDays + dayOfYear - 306;
};

const dayText = (days: number): string => {
  const shifted = days + 306;
  const era = floorDivide(shifted, DAYS_OF_400_YEARS);
  const dayOfEra = shifted - era * DAYS_OF_400_YEARS;
  const yearOfEra = floorDivide(
    dayOfEra - floorDivide(dayOfEra, 1460) + floorDivide(dayOfEra, 36_524) - floorDivide(dayOfEra, 146_096),
    365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDivide(yearOfEra, 4) - floorDivide(yearOfEra, 100));
  const marchMonth = floorDivide(5 * dayOfYear + 2, 153);
  const day = dayOfYear - floorDivide(153 * marchMonth + 2, 5) + 1;
  const month = marchMonth + (marchMonth < 10 ? 3 : -9);
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

export const FIRST_DAY_OF_1900 = daysBefore(1900, 1, 1);
const LAST_DAY = daysBefore(9999, 12, 31);

/** Days since 0001-01-01, and ticks of 100 ns since midnight. */
export interface Moment {
  readonly days: number;
  readonly ticks: number;
}

const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,7})?)?))?$/;
const TIME = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?$/;

export const ticksOf = (text: string): number => {
  const match = TIME.exec(text);
  if (match === null) throw new SqlServerError(241, `'${text}' is not a time.`);
  const [, hours, minutes, seconds = '0', fraction = ''] = match;
  const wholeSeconds = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  return wholeSeconds * TICKS_OF_SECOND + Number(fraction.padEnd(7, '0'));
};

/** Of 'YYYY-MM-DD', or with a time after it. */
export const momentOf = (text: string): Moment => {
  const [, year, month, day, time] = MOMENT.exec(text) ?? [];
  const days = daysBefore(Number(year), Number(month), Number(day));
  if (year === undefined || days < 0 || dayText(days) !== text.slice(0, 10)) {
    throw new SqlServerError(241, `'${text}' is not a day of the calendar.`);
  }
  return { days, ticks: time === undefined ? 0 : ticksOf(time) };
};

export const dateText = (days: number): string => {
  if (days < 0 || days > LAST_DAY)
    throw new SqlServerError(241, 'A day outside the years 1 to 9999 was sent.');
  return dayText(days);
};

/** With exactly `scale` digits of the second. */
export const timeText = (ticks: number, scale: number): string => {
  if (ticks >= TICKS_OF_DAY) throw new SqlServerError(241, 'A time past the end of the day was sent.');
  const seconds = floorDivide(ticks, TICKS_OF_SECOND);
  const parts = [floorDivide(seconds, 3600), floorDivide(seconds, 60) % 60, seconds % 60];
  const clock = parts.map((part) => String(part).padStart(2, '0')).join(':');
  if (scale === 0) return clock;
  return `${clock}.${String(ticks % TICKS_OF_SECOND)
    .padStart(7, '0')
    .slice(0, scale)}`;
};

/** Bytes of a time that counts in units of 10^-scale seconds. */
export const timeLength = (scale: number): 3 | 4 | 5 => {
  if (scale <= 2) return 3;
  return scale <= 4 ? 4 : 5;
};
