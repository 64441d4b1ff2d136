import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nextPacificMidnight } from '../../domain/pacific-midnight.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

describe('the next midnight in Los Angeles', () => {
  test.each([
    ['in winter', '2026-01-15T12:00:00Z', '2026-01-16T08:00:00Z'],
    ['in summer', '2026-07-15T12:00:00Z', '2026-07-16T07:00:00Z'],
    ['in the evening there, when it is another day in UTC', '2026-07-16T05:00:00Z', '2026-07-16T07:00:00Z'],
    ['a moment before it', '2026-01-16T07:59:59.999Z', '2026-01-16T08:00:00Z'],
    ['at midnight itself: the next one', '2026-01-16T08:00:00Z', '2026-01-17T08:00:00Z'],
    ['before clocks are put forward', '2026-03-08T07:30:00Z', '2026-03-08T08:00:00Z'],
    ['on the day that has 23 hours', '2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z'],
    ['before clocks are put back', '2026-11-01T06:30:00Z', '2026-11-01T07:00:00Z'],
    ['on the day that has 25 hours', '2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z'],
    ['at the end of a year', '2026-12-31T20:00:00Z', '2027-01-01T08:00:00Z'],
    ['on a leap day', '2028-02-29T20:00:00Z', '2028-03-01T08:00:00Z'],
  ])('%s', (_, moment, midnight) => {
    expect(new Date(nextPacificMidnight(Date.parse(moment)))).toEqual(new Date(midnight));
  });

  test('is within a day, and the date there changes at it', () => {
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Los_Angeles' });
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) }), (moment) => {
        const midnight = nextPacificMidnight(moment);
        expect(midnight).toBeGreaterThan(moment);
        expect(midnight - moment).toBeLessThanOrEqual(DAY_MS + HOUR_MS);
        expect(date.format(midnight - 1)).toBe(date.format(moment));
        expect(date.format(midnight)).not.toBe(date.format(moment));
      }),
    );
  });
});
