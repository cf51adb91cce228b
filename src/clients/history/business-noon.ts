/**
 * Business days among instants: a day of an ERP counts as its noon in the company's time zone, whatever that zone makes of its
 * clocks on that day.
 */
export interface BusinessCalendar {
  /** In milliseconds since 1970. */
  noonOf(day: string): number;
  /** The first day whose noon is not before the instant; undefined where no day of four-digit years is. */
  firstDayFrom(at: number): string | undefined;
}

const dayMs = 86_400_000;
const firstDay = '0001-01-01';

const known = new Map<string, BusinessCalendar>();

/** The time zone must be one that there is. */
export function calendarOf(timeZone: string): BusinessCalendar {
  let calendar = known.get(timeZone);
  if (!calendar) known.set(timeZone, (calendar = makeCalendar(timeZone)));
  return calendar;
}

/** What the clocks show at an instant, read as if they stood in UTC. */
function wallClock(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = (
      ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
    ).map((type) => parts.get(type));
    // Date.UTC would take years below 100 for those of the last century.
    return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1_000;
  };
}

function dayOf(time: number): string | undefined {
  const text = new Date(time).toISOString();
  if (text.startsWith('+')) return undefined;
  return text.startsWith('-') || text.startsWith('0000') ? firstDay : text.slice(0, 10);
}

function makeCalendar(timeZone: string): BusinessCalendar {
  const wall = wallClock(timeZone);
  const offsetAt = (at: number): number => wall(at) - Math.floor(at / 1_000) * 1_000;
  const noonOf = (day: string): number => {
    const noon = Date.parse(`${day}T12:00:00Z`);
    return noon - offsetAt(noon - offsetAt(noon));
  };
  return {
    noonOf,
    firstDayFrom(at) {
      const there = at + offsetAt(at);
      const day = dayOf(there);
      return day === undefined || noonOf(day) >= at ? day : dayOf(there + dayMs);
    },
  };
}
