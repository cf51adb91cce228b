/** Business days as text, YYYY-MM-DD: they have no zone, so that they are counted in UTC. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** All that SQL and RFC 3339 have. */
export const firstDay = '0001-01-01';
export const lastDay = '9999-12-31';

/** The first day there is stands for whatever would come before it. */
export function daysBefore(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) - count * 86_400_000;
  return new Date(Math.max(time, Date.parse(`${firstDay}T00:00:00Z`))).toISOString().slice(0, 10);
}

/** Writes the day that it is in a zone. */
export const dayFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** At the ends of time, which tools send where they mean none, it is the first and the last day there are. */
export function dayAt(instant: string, timeZone: string): string {
  if (instant < '0001-01-02') return firstDay;
  if (instant >= lastDay) return lastDay;
  return dayFormat(timeZone).format(new Date(instant)).padStart(10, '0');
}
