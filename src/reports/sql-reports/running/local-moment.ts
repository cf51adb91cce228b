/** The wall clock of a place at an instant, as 'YYYY-MM-DDTHH:MM:SS.fff'. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  });
  clocks.set(timeZone, clock);
  return clock;
}

/** At the ends of time, which callers send where they mean none, it is the first and the last moment there are. */
export function localMoment(instant: string, timeZone: string): string {
  if (instant < '0001-01-02') return '0001-01-01T00:00:00.000';
  if (instant >= '9999-12-31') return '9999-12-31T23:59:59.999';
  const parts = new Map(
    clockOf(timeZone)
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes, length = 2): string =>
    (parts.get(type) ?? '').padStart(length, '0');
  const day = `${part('year', 4)}-${part('month')}-${part('day')}`;
  return `${day}T${part('hour')}:${part('minute')}:${part('second')}.${part('fractionalSecond', 3)}`;
}
