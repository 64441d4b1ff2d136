import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, toDay, WEEKDAYS, weekdayOf } from '../../domain/calendar.ts';
import {
  addMonths,
  type CalendarState,
  calendarStateOf,
  firstDayOf,
  monthOf,
  monthText,
  parsePostCalendarId,
  postCalendarId,
  readMonth,
  weeksOf,
} from '../../domain/post-calendar.ts';
import type { DeliveryState, PostState } from '../../domain/posts.ts';

const TODAY = toDay('2026-11-23');
const months = fc
  .date({ min: new Date('2001-01-01T00:00:00Z'), max: new Date('2098-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => monthOf(toDay(date.toISOString().slice(0, 10))));

describe('a month', () => {
  test.each([
    ['2026-11', '2026-11'],
    ['2027-1', '2027-01'],
    [' November ', '2026-11'],
    ['nov', '2026-11'],
    ['oct', '2026-10'],
    ['January', '2027-01'],
    ['sept', '2026-09'],
    // Half a year from now and half a year ago: the one to come.
    ['may', '2027-05'],
    ['june', '2026-06'],
    ['feb 2024', '2024-02'],
    ['March  2030', '2030-03'],
  ])('is understood: %s', (typed, month) => {
    expect(readMonth(typed, TODAY)).toBe(month);
  });

  test.each([
    '',
    '2026-13',
    '2026-00',
    '1999-12',
    '2100-01',
    'soon',
    'no',
    'novembre',
    'november 26',
    '11',
    '2026-11-23',
  ])('is none: %j', (typed) => {
    expect(readMonth(typed, TODAY)).toBeUndefined();
  });

  test('has one before and one after, but in other centuries', () => {
    const january = monthOf(toDay('2027-01-15'));
    expect([addMonths(january, -1), addMonths(january, 1)]).toEqual(['2026-12', '2027-02']);
    expect(addMonths(monthOf(toDay('2000-01-01')), -1)).toBeUndefined();
    expect(addMonths(monthOf(toDay('2099-12-31')), 1)).toBeUndefined();
    expect(() => monthOf(toDay('1999-12-31'))).toThrow(TypeError);
  });

  test('comes back by going on and back', () => {
    fc.assert(
      fc.property(months, fc.integer({ min: -11, max: 11 }), (month, steps) => {
        expect(addMonths(addMonths(month, steps) ?? month, -steps)).toBe(month);
      }),
    );
  });

  test('has each of its days once in its weeks, under its weekday', () => {
    fc.assert(
      fc.property(months, (month) => {
        const weeks = weeksOf(month);
        const days = weeks.flat().filter((day) => day !== undefined);
        const after = firstDayOf(addMonths(month, 1) ?? month);
        expect(days[0]).toBe(firstDayOf(month));
        expect(days.at(-1)).toBe(addDays(after, -1));
        for (const [index, day] of days.entries()) expect(day).toBe(addDays(firstDayOf(month), index));
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          for (const [column, day] of week.entries())
            expect(day === undefined ? WEEKDAYS[column] : weekdayOf(day)).toBe(WEEKDAYS[column]);
        }
      }),
    );
  });

  test('is read as people read it', () => {
    expect(monthText(monthOf(TODAY))).toBe('November 2026');
  });
});

describe('a button', () => {
  test('leads to the month that it names', () => {
    const month = monthOf(TODAY);
    expect(parsePostCalendarId(postCalendarId(month))).toBe(month);
  });

  test.each([
    'post-calendar:2026-13',
    'post-calendar:1999-01',
    'post-calendar:',
    'post-list:1',
    'post-calendar:2026-11x',
  ])('of another kind names none: %s', (customId) => {
    expect(parsePostCalendarId(customId)).toBeUndefined();
  });
});

describe('a post stands in a calendar', () => {
  test.each<[CalendarState | undefined, PostState, DeliveryState[]]>([
    ['not approved', 'draft', ['waiting', 'waiting']],
    ['not approved', 'proposed', ['waiting']],
    ['planned', 'scheduled', ['waiting']],
    ['planned', 'publishing', ['sending', 'waiting']],
    ['published', 'publishing', ['published', 'sending']],
    ['published', 'settled', ['published', 'skipped']],
    ['failed', 'publishing', ['published', 'failed']],
    ['failed', 'publishing', ['published', 'account']],
    ['failed', 'publishing', ['held']],
    ['failed', 'settled', ['abandoned', 'published']],
    [undefined, 'settled', ['skipped', 'skipped']],
    [undefined, 'cancelled', ['cancelled']],
    [undefined, 'expired', ['waiting']],
  ])('as %s: %s, with %j', (expected, state, deliveries) => {
    expect(calendarStateOf(state, deliveries)).toBe(expected);
  });
});
