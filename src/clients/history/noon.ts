/** Business days among instants: a day counts as its noon in the company's time zone, which every day there is has exactly once. */

import { firstDay, lastDay } from '../../erp/days.ts';

const dayMs = 86_400_000;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  let clock = clocks.get(timeZone);
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    clocks.set(timeZone, clock);
  }
  return clock;
}

/** What the clocks there show, as if it were UTC. */
function shownAt(time: number, timeZone: string): number {
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(new Date(time))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  // Date.UTC takes the years before 100 for those of a later century.
  const shown = new Date(0);
  shown.setUTCFullYear(part('year'), part('month') - 1, part('day'));
  return shown.setUTCHours(part('hour'), part('minute'), part('second'));
}

function noonTime(day: string, timeZone: string): number {
  const wanted = Date.parse(`${day}T12:00:00Z`);
  // The zone's offset at about that time, and once more at the time found with it.
  let time = wanted;
  for (let turn = 0; turn < 2; turn += 1) time = wanted - (shownAt(time, timeZone) - time);
  return time;
}

/** RFC 3339 in UTC. */
export const noonAt = (day: string, timeZone: string): string =>
  new Date(noonTime(day, timeZone)).toISOString();

const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10);

/** The first day whose noon is at that instant or after it; undefined behind the last noon there is. */
export function firstDayFrom(instant: string, timeZone: string): string | undefined {
  const time = Date.parse(instant);
  let day = instant < '0001-01-03' ? firstDay : dayOf(time - dayMs);
  while (noonTime(day, timeZone) < time) {
    if (day === lastDay) return undefined;
    day = dayOf(Date.parse(`${day}T00:00:00Z`) + dayMs);
  }
  return day;
}
