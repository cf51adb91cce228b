/** The sample's own calendar, fixed, so that the sample is the same whenever it is made. Days are 'YYYY-MM-DD'. */

export const firstDay = '2024-01-02';
export const lastDay = '2026-06-30';

const holidays = new Set([
  '01-01',
  '01-06',
  '05-01',
  '05-03',
  '08-15',
  '11-01',
  '11-11',
  '12-24',
  '12-25',
  '12-26',
]);

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day itself if people work on it, or else the next one on which they do. Movable feasts are not minded. */
function workingDay(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6 || holidays.has(day.slice(5)) ? workingDay(addDays(day, 1)) : day;
}

/** Things to be done on days to come. What falls after the last day is never done: it is what stays open. */
export class Agenda {
  readonly #days = new Map<string, (() => void)[]>();
  #today = firstDay;

  get today(): string {
    return this.#today;
  }

  /** On that day, or the next working one; on a day gone by, today. */
  on(day: string, action: () => void): void {
    const when = workingDay(day < this.#today ? this.#today : day);
    const actions = this.#days.get(when);
    if (actions === undefined) this.#days.set(when, [action]);
    else actions.push(action);
  }

  /** An action may put down others for the same day: they come last. */
  run(): void {
    for (let day = firstDay; day <= lastDay; day = addDays(day, 1)) {
      this.#today = day;
      for (const action of this.#days.get(day) ?? []) action();
    }
  }
}
