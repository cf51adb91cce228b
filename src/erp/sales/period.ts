/** Months, quarters and years of the calendar, each with a number that the ERP can group by, and its first and last day. */
export const periods = ['MONTH', 'QUARTER', 'YEAR'] as const;
export type Period = (typeof periods)[number];

/** T-SQL for the number of the period that a day is in: whole, and one more for the next period. */
export const numberOfPeriod: Readonly<Record<Period, (day: string) => string>> = {
  MONTH: (day) => `YEAR(${day}) * 12 + MONTH(${day}) - 1`,
  QUARTER: (day) => `YEAR(${day}) * 4 + DATEPART(quarter, ${day}) - 1`,
  YEAR: (day) => `YEAR(${day})`,
};

const monthsIn: Readonly<Record<Period, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/** First and last day of the period with this number. */
export function daysOfPeriod(period: Period, number: number): { readonly from: string; readonly to: string } {
  const first = number * monthsIn[period];
  return { from: firstOfMonth(first), to: dayBefore(first + monthsIn[period]) };
}

const year = (month: number): string => String(Math.floor(month / 12)).padStart(4, '0');
const firstOfMonth = (month: number): string =>
  `${year(month)}-${String((month % 12) + 1).padStart(2, '0')}-01`;

/** The last day before the month begins. */
function dayBefore(month: number): string {
  const previous = month - 1;
  const lengths = [31, isLeap(Math.floor(previous / 12)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return `${firstOfMonth(previous).slice(0, 8)}${lengths[previous % 12]}`;
}

const isLeap = (of: number): boolean => of % 4 === 0 && (of % 100 !== 0 || of % 400 === 0);
