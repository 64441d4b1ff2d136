import { describe, expect, test } from '@jest/globals';
import { toDay } from '../../domain/calendar.ts';
import { dayAt, momentOf } from '../../domain/wall-clock.ts';

const utc = (...place: Parameters<typeof momentOf>) => new Date(momentOf(...place)).toISOString();

describe('a time of day', () => {
  test.each([
    ['2026-10-24', '2026-10-24T17:00:00.000Z'],
    ['2026-10-26', '2026-10-26T18:00:00.000Z'],
  ])('is the same on the wall in summer and in winter: %s', (day, expected) => {
    expect(utc(toDay(day), '19:00', 'Europe/Berlin')).toBe(expected);
  });

  test('that does not exist, since clocks are put forward over it, is an hour later', () => {
    expect(utc(toDay('2026-03-29'), '02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
    expect(utc(toDay('2026-03-08'), '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
  });

  test('that exists twice, since clocks are put back, is the first one', () => {
    expect(utc(toDay('2026-10-25'), '02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(utc(toDay('2026-11-01'), '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });
});

describe('a moment', () => {
  test('is on the day that it is there', () => {
    const moment = Date.parse('2026-11-23T23:30:00Z');
    expect(dayAt(moment, 'Europe/Berlin')).toBe('2026-11-24');
    expect(dayAt(moment, 'America/New_York')).toBe('2026-11-23');
  });
});
