import { describe, expect, test } from '@jest/globals';
import { toDay } from '../../domain/calendar.ts';
import {
  periodRefusalText,
  readReportPeriod,
  spanOf,
  spansUpTo,
  type WrittenPeriod,
  weekBefore,
} from '../../domain/report-period.ts';
import { daysIn, type Period } from '../../domain/reports.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-11-23T09:00:00+01:00');
const BERLIN = 'Europe/Berlin';

const iso = ({ startsAt, endsAt }: Period) => [startsAt, endsAt].map((at) => new Date(at).toISOString());
const read = (written: WrittenPeriod, now = NOW) => readReportPeriod(written, now, BERLIN);
const days = (written: WrittenPeriod) => {
  const result = read(written);
  return result.kind === 'span' ? [result.span.from, result.span.to] : periodRefusalText(result.refusal);
};

describe('the week before a day', () => {
  test.each([
    // Seven days of which one has 25 hours: clocks are put back on 25 October in Berlin, on 1 November in New York.
    ['2026-10-26T09:00:00+01:00', BERLIN, '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    ['2026-11-02T09:00:00-05:00', 'America/New_York', '2026-10-26T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
    // One has 23 hours.
    ['2026-03-30T09:00:00+02:00', BERLIN, '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    // It is the day there that counts: in New York it is still Sunday.
    ['2026-11-23T01:00:00Z', 'America/New_York', '2026-11-15T05:00:00.000Z', '2026-11-22T05:00:00.000Z'],
  ])('of %s in %s is from midnight to midnight', (at, timeZone, startsAt, endsAt) => {
    const week = weekBefore(Date.parse(at), timeZone);
    expect(iso(week)).toEqual([startsAt, endsAt]);
    expect(daysIn(week)).toBe(7);
  });
});

describe('the spans that a report compares', () => {
  test('are its own and eight before it, of as many days, without gaps', () => {
    const spans = spansUpTo(spanOf(toDay('2026-10-21'), toDay('2026-10-25'), BERLIN), BERLIN);
    expect(spans.map(({ from }) => from)).toEqual([
      ...['2026-10-21', '2026-10-16', '2026-10-11', '2026-10-06', '2026-10-01'],
      ...['2026-09-26', '2026-09-21', '2026-09-16', '2026-09-11'],
    ]);
    for (const [index, span] of spans.entries()) {
      expect(daysIn(span)).toBe(5);
      expect(spans[index + 1]?.endsAt ?? span.startsAt).toBe(span.startsAt);
    }
    expect((spans[0].endsAt - spans[0].startsAt) / HOUR_MS).toBe(5 * 24 + 1);
  });
});

describe('the days for which somebody wants a report', () => {
  test.each<[WrittenPeriod, string, string]>([
    [{}, '2026-11-16', '2026-11-22'],
    [{ from: '2026-11-20' }, '2026-11-20', '2026-11-22'],
    [{ to: '2026-11-15' }, '2026-11-09', '2026-11-15'],
    [{ from: ' 2026-11-22 ', to: '2026-11-22' }, '2026-11-22', '2026-11-22'],
    [{ from: '2024-02-29', to: '2024-03-01' }, '2024-02-29', '2024-03-01'],
    [{ from: '2025-11-22', to: '2026-11-22' }, '2025-11-22', '2026-11-22'],
    // Today is not over.
    [{ from: '2026-11-23' }, '2026-11-23', '2026-11-23'],
    [{ to: '2026-11-23' }, '2026-11-17', '2026-11-23'],
  ])('%j', (written, from, to) => {
    expect(days(written)).toEqual([from, to]);
  });

  test.each<[WrittenPeriod, string]>([
    [{ from: '2026-02-30' }, 'from: "2026-02-30" is no day that there is. Write it like 2026-11-16.'],
    [{ to: 'last week' }, 'to: "last week" is no day that there is. Write it like 2026-11-16.'],
    [{ from: '' }, 'from: "" is no day that there is. Write it like 2026-11-16.'],
    [
      { from: '2026-11-22', to: '2026-11-16' },
      'to: 2026-11-16 is before 2026-11-22, the first day. Exchange the two.',
    ],
    [{ to: '2026-11-24' }, 'to: 2026-11-24 is in the future. Today is 2026-11-23.'],
    [{ from: '2030-01-01' }, 'from: 2030-01-01 is in the future. Today is 2026-11-23.'],
    [{ from: '2025-11-21' }, 'from: up to the last day these are 367 days. A report is about 366 at most.'],
    [{ to: '0000-01-03' }, 'to: 0000-01-03 is before 2015-05-13, when Discord began. Name a later day.'],
    [{ from: '0001-01-01' }, 'from: 0001-01-01 is before 2015-05-13, when Discord began. Name a later day.'],
  ])('%j is refused', (written, text) => {
    expect(days(written)).toBe(text);
  });

  test('are those by the clocks of the time zone', () => {
    const justAfterMidnight = Date.parse('2026-11-23T00:30:00+01:00');
    const justBefore = Date.parse('2026-11-22T23:30:00+01:00');
    expect(read({ to: '2026-11-23' }, justAfterMidnight).kind).toBe('span');
    expect(read({ to: '2026-11-23' }, justBefore).kind).toBe('refused');
  });
});
