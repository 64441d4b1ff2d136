import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  type Day,
  dayText,
  isDay,
  lastWeekday,
  toDay,
  WEEKDAYS,
  weekAround,
  weekdayBefore,
  weekdayOf,
} from '../../domain/calendar.ts';

const DAY_MS = 86_400_000;
/** Any day from 1900 to 2100. */
const days = fc.integer({ min: -25_567, max: 47_481 }).map((number): Day => {
  return toDay(new Date(number * DAY_MS).toISOString().slice(0, 10));
});
const weekdays = fc.constantFrom(...WEEKDAYS);

describe('a day', () => {
  test.each(['2026-11-24', '2024-02-29', '1969-12-31'])('is what a calendar has: %s', (text) => {
    expect(isDay(text)).toBe(true);
    expect(toDay(text)).toBe(text);
  });

  test.each(['2026-02-29', '2026-13-01', '2026-11-31', '24.11.2026', '2026-11-24T10:00', '', '2026-1-4'])(
    'is nothing else: %s',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => toDay(text)).toThrow(TypeError);
    },
  );

  test('has a day of the week', () => {
    expect(WEEKDAYS.map((_, index) => weekdayOf(addDays(toDay('2026-11-23'), index)))).toEqual(WEEKDAYS);
    expect(weekdayOf(toDay('1969-12-29'))).toBe('monday');
  });

  test('is written as people read it', () => {
    expect(dayText(toDay('2026-11-24'))).toBe('Tue 24 Nov 2026');
  });

  test('comes back after so many days there and back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4_000, max: 4_000 }), (day, number) => {
        expect(addDays(addDays(day, number), -number)).toBe(day);
      }),
    );
  });
});

describe('the last weekday up to a day', () => {
  test('is that weekday, and less than a week before', () => {
    fc.assert(
      fc.property(days, weekdays, (day, weekday) => {
        const last = lastWeekday(weekday, day);
        const ahead = (Date.parse(day) - Date.parse(last)) / DAY_MS;
        expect([weekdayOf(last), ahead >= 0, ahead < 7]).toEqual([weekday, true, true]);
      }),
    );
  });
});

describe('the weekday so many days before another', () => {
  test('is that of the day so many days before', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 14 }), (day, number) => {
        expect(weekdayBefore(weekdayOf(day), number)).toBe(weekdayOf(addDays(day, -number)));
      }),
    );
  });
});

describe('the week around a day', () => {
  test('begins on Monday, also around the turn of the year', () => {
    const week = ['28', '29', '30', '31'].map((day) => `2026-12-${day}`);
    const next = ['01', '02', '03'].map((day) => `2027-01-${day}`);
    expect(weekAround(toDay('2027-01-01'))).toEqual([...week, ...next]);
  });
});
