import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  type EventTime,
  readEventTime,
  readLength,
  shortWallClock,
  wallClock,
} from '../../domain/event-time.ts';
import { isTimeZone, timeZonesLike } from '../../domain/time-zones.ts';

const BERLIN = 'Europe/Berlin';
/** A Monday, ten o'clock in Berlin. */
const NOW = Date.parse('2026-11-23T09:00:00Z');
const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

const read = (text: string, timeZone = BERLIN) => readEventTime(text, timeZone, NOW);

/** What clocks in Berlin show at the moment that was understood. */
function shown(time: EventTime): string {
  return time.kind === 'moment' ? shortWallClock(time.at, BERLIN) : time.kind;
}

describe('what people write', () => {
  test.each([
    ['next thursday 7pm', '2026-12-03 19:00'],
    ['thursday 19:00', '2026-11-26 19:00'],
    ['Thursday at 7 PM', '2026-11-26 19:00'],
    ['19.00 on friday', '2026-11-27 19:00'],
    ['tomorrow 18:30', '2026-11-24 18:30'],
    ['the day after tomorrow at 7pm', '2026-11-25 19:00'],
    ['in 3 days at 19:00', '2026-11-26 19:00'],
    ['tomorrow noon', '2026-11-24 12:00'],
    ['today 8 pm', '2026-11-23 20:00'],
    ['2026-12-03 19:00', '2026-12-03 19:00'],
    ['2026-12-03T19:00', '2026-12-03 19:00'],
    ['2026/12/03 19:00', '2026-12-03 19:00'],
    ['3 dec 19:00', '2026-12-03 19:00'],
    ['December 3rd at 7pm', '2026-12-03 19:00'],
    ['03.12.2026 19:00', '2026-12-03 19:00'],
    ['25/12/2026 7pm', '2026-12-25 19:00'],
    ['thursday 2026-12-03 19:00', '2026-12-03 19:00'],
    ['in 2 hours', '2026-11-23 12:00'],
    ['in 90 minutes', '2026-11-23 11:30'],
    ['in an hour', '2026-11-23 11:00'],
    ['2 hours from now', '2026-11-23 12:00'],
  ])('%s', (text, expected) => {
    expect(shown(read(text))).toBe(expected);
  });

  test.each([
    ['a weekday that is today, earlier', 'monday 9:00', '2026-11-30 09:00'],
    ['a weekday that is today, later', 'monday 19:00', '2026-11-23 19:00'],
    ['a time of day that is over', '09:30', '2026-11-24 09:30'],
    ['a time of day that is to come', '7pm', '2026-11-23 19:00'],
    ['a day of the year that is over', '1 march 19:00', '2027-03-01 19:00'],
  ])('means the next one: %s', (_, text, expected) => {
    expect(shown(read(text))).toBe(expected);
  });

  test.each([
    ['2026-12-03 19:00 UTC', '2026-12-03 20:00'],
    ['2026-12-03 19:00 UTC+05:30', '2026-12-03 14:30'],
    ['2026-12-03 19:00 UTC-5', '2026-12-04 01:00'],
    ['2026-12-03T19:00-05:00', '2026-12-04 01:00'],
    ['tomorrow 19:00 GMT', '2026-11-24 20:00'],
  ])('can name another clock: %s', (text, expected) => {
    expect(shown(read(text))).toBe(expected);
  });

  test.each<[EventTime['kind'], string]>([
    ['not understood', 'soon'],
    ['not understood', ''],
    ['not understood', '2026-13-03 19:00'],
    ['not understood', '30 feb 19:00'],
    ['not understood', 'friday 25:00'],
    ['not understood', 'friday 19:00-21:00'],
    ['not understood', '19:00 Berlin time tomorrow'],
    ['not understood', 'thursday 7pm or friday 8pm'],
    ['no time of day', 'tomorrow'],
    ['no time of day', 'next thursday'],
    ['no time of day', '2026-12-03'],
    ['no time of day', 'tomorrow evening'],
    ['day or month', '12/03/2026 7pm'],
    ['wrong weekday', 'friday 2026-12-03 19:00'],
    ['in the past', '2020-01-01 19:00'],
    ['in the past', 'today 8am'],
    ['in the past', 'last friday 19:00'],
    ['in the past', 'yesterday 19:00'],
    ['in the past', '2 hours ago'],
    ['too far', '2040-01-01 19:00'],
  ])('is refused, %s: %s', (kind, text) => {
    expect(read(text)).toEqual({ kind });
  });

  test.each(['Mars/Olympus', '', 'Berlin'])('a time zone that there is not: %s', (timeZone) => {
    expect(isTimeZone(timeZone)).toBe(false);
    expect(read('tomorrow 19:00', timeZone)).toEqual({ kind: 'no such time zone' });
  });
});

describe('where clocks change', () => {
  test.each([
    {
      ...{ zone: BERLIN, text: '2027-03-28 02:30', kind: 'missing' },
      written: ['2027-03-28 01:30 UTC+01:00', '2027-03-28 03:30 UTC+02:00'],
    },
    {
      ...{ zone: BERLIN, text: '2027-10-31 02:30', kind: 'twice' },
      written: ['2027-10-31 02:30 UTC+02:00', '2027-10-31 02:30 UTC+01:00'],
    },
    {
      ...{ zone: 'America/New_York', text: '2027-03-14 02:15', kind: 'missing' },
      written: ['2027-03-14 01:15 UTC-05:00', '2027-03-14 03:15 UTC-04:00'],
    },
    {
      ...{ zone: 'America/New_York', text: '2027-11-07 01:59', kind: 'twice' },
      written: ['2027-11-07 01:59 UTC-04:00', '2027-11-07 01:59 UTC-05:00'],
    },
    {
      ...{ zone: 'Australia/Lord_Howe', text: '2027-04-04 01:45', kind: 'twice' },
      written: ['2027-04-04 01:45 UTC+11:00', '2027-04-04 01:45 UTC+10:30'],
    },
  ])('$zone: $text exists not once ($kind)', ({ zone, text, kind, written }) => {
    const time = read(text, zone);
    expect(time).toMatchObject({ kind, moments: written.map((one) => ({ written: one })) });
    const moments = 'moments' in time ? time.moments : [];
    for (const { at, written: again } of moments) expect(read(again, zone)).toEqual({ kind: 'moment', at });
  });

  test.each([
    ['2027-03-28 01:59', Date.parse('2027-03-28T00:59:00Z')],
    ['2027-03-28 03:00', Date.parse('2027-03-28T01:00:00Z')],
    ['2027-10-31 01:59', Date.parse('2027-10-30T23:59:00Z')],
    ['2027-10-31 03:00', Date.parse('2027-10-31T02:00:00Z')],
  ])('beside it everything is plain: %s', (text, at) => {
    expect(read(text)).toEqual({ kind: 'moment', at });
  });
});

const zones = fc.constantFrom(
  ...[BERLIN, 'America/New_York', 'America/St_Johns', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Lord_Howe'],
  ...['Pacific/Chatham', 'Pacific/Apia', 'Africa/Casablanca', 'America/Santiago', 'UTC'],
);
/** Minutes within the next four years. */
const minutes = fc.integer({ min: 1, max: (4 * YEAR_MS) / 60_000 });

describe('in any time zone', () => {
  test('what clocks show at a moment is understood as that moment, or as one of the two that they show so', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, ahead) => {
        const at = NOW + ahead * 60_000;
        const time = readEventTime(shortWallClock(at, zone), zone, NOW);
        const meant = 'moments' in time ? time.moments.map((one) => one.at) : 'at' in time ? [time.at] : [];
        expect(time.kind).not.toBe('missing');
        expect(meant).toContain(at);
      }),
      { numRuns: 300 },
    );
  });

  test('with its offset it is that moment alone', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, ahead) => {
        const at = NOW + ahead * 60_000;
        const { offset } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
        const text = `${shortWallClock(at, zone)} UTC${offset}`;
        expect(readEventTime(text, zone, NOW)).toEqual({ kind: 'moment', at });
      }),
      { numRuns: 300 },
    );
  });

  test('a time of day is within the day that follows, and clocks show it then', () => {
    fc.assert(
      fc.property(
        zones,
        minutes,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (zone, ahead, hour, minute) => {
          const now = NOW + ahead * 60_000;
          const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          const time = readEventTime(clock, zone, now);
          if (time.kind !== 'moment') return expect(['missing', 'twice']).toContain(time.kind);
          expect(shortWallClock(time.at, zone)).toMatch(new RegExp(`${clock}$`));
          expect(time.at).toBeGreaterThan(now);
          // A day on which clocks are put back is up to an hour longer.
          expect(time.at - now).toBeLessThanOrEqual(25 * 60 * 60_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a span counts from now, whatever clocks do meanwhile', () => {
    fc.assert(
      fc.property(zones, minutes, fc.integer({ min: 1, max: 96 }), (zone, ahead, hours) => {
        const now = NOW + ahead * 60_000;
        const expected = { kind: 'moment', at: now + hours * 60 * 60_000 };
        expect(readEventTime(`in ${hours} hours`, zone, now)).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });

  test('whatever is typed gets an answer', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), zones, (text, zone) => {
        const time = readEventTime(text, zone, NOW);
        if (time.kind === 'moment') expect(time.at).toBeGreaterThan(NOW);
      }),
    );
  });
});

describe('how long something lasts', () => {
  test.each([
    ['90m', 90],
    ['90 minutes', 90],
    ['1h30', 90],
    ['1h 30m', 90],
    ['1 hour and 30 minutes', 90],
    ['1.5h', 90],
    ['1,5 h', 90],
    ['1:30', 90],
    ['2 hours', 120],
    ['24h', 1_440],
    ['2 days', 2_880],
  ])('%s', (text, expected) => {
    expect(readLength(text)).toEqual({ kind: 'length', ms: expected * 60_000 });
  });

  test.each([
    ['not understood', 'long'],
    ['not understood', '90'],
    ['not understood', ''],
    ['nothing', '0m'],
    ['nothing', '-1h'],
    ['too long', '31 days'],
  ])('is refused, %s: %s', (kind, text) => {
    expect(readLength(text)).toEqual({ kind });
  });
});

test('times are shown by the clocks of a time zone', () => {
  expect(wallClock(Date.parse('2026-12-03T18:00:00Z'), BERLIN)).toBe(
    'Thursday, 3 December 2026, 19:00 (Europe/Berlin)',
  );
});

test.each([
  ['berlin', ['Europe/Berlin']],
  ['new york', ['America/New_York']],
  ['utc', ['UTC']],
  ['no such place', []],
])('time zones with %s in them', (typed, expected) => {
  expect(timeZonesLike(typed, 25)).toEqual(expected);
});
