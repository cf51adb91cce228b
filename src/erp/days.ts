/** Business days as text, YYYY-MM-DD: they have no zone, so that they are counted in UTC. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;

/** The first day there is stands for whatever would come before it. */
export function daysBefore(day: string, count: number): string {
  const time = Date.parse(`${day}T00:00:00Z`) - count * 86_400_000;
  return new Date(Math.max(time, Date.parse('0001-01-01T00:00:00Z'))).toISOString().slice(0, 10);
}

/** Writes the day that it is in a zone. */
export const dayFormat = (timeZone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

export const dayAt = (instant: string, timeZone: string): string =>
  dayFormat(timeZone).format(new Date(instant));
