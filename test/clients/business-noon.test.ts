import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf } from '../../src/clients/history/business-noon.ts';

const zones = ['Europe/Warsaw', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'UTC'];

it.each([
  ['Europe/Warsaw', '2026-01-15', '2026-01-15T11:00:00.000Z'],
  ['Europe/Warsaw', '2026-07-15', '2026-07-15T10:00:00.000Z'],
  // The days on which clocks are turned there.
  ['Europe/Warsaw', '2026-03-29', '2026-03-29T10:00:00.000Z'],
  ['Europe/Warsaw', '2026-10-25', '2026-10-25T11:00:00.000Z'],
  ['America/New_York', '2026-01-15', '2026-01-15T17:00:00.000Z'],
  ['Asia/Kathmandu', '2026-01-15', '2026-01-15T06:15:00.000Z'],
  ['Pacific/Kiritimati', '2026-01-15', '2026-01-14T22:00:00.000Z'],
])('has noon in %s on %s at %s', (zone, day, instant) => {
  expect(new Date(calendarOf(zone).noonOf(day)).toISOString()).toBe(instant);
});

it('finds the first day whose noon is not before an instant', () => {
  const from = Date.parse('1890-01-01T00:00:00Z');
  const to = Date.parse('2100-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: from, max: to }), (zone, at) => {
      const calendar = calendarOf(zone);
      const day = calendar.firstDayFrom(at) ?? '';
      const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

      expect(calendar.noonOf(day)).toBeGreaterThanOrEqual(at);
      expect(calendar.noonOf(before)).toBeLessThan(at);
      expect(calendar.firstDayFrom(calendar.noonOf(day))).toBe(day);
    }),
    { numRuns: 1_000 },
  );
});

it('knows no day beyond the years of four digits, and none before the first', () => {
  const calendar = calendarOf('Europe/Warsaw');

  expect(calendar.firstDayFrom(Date.parse('9999-12-31T23:30:00Z'))).toBeUndefined();
  expect(calendar.firstDayFrom(Date.parse('0001-01-01T00:00:00Z'))).toBe('0001-01-01');
});
