import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  completionPercent,
  ended,
  joined,
  mondayOf,
  reportSince,
  summarise,
  type Tally,
  type VisitCount,
  type VisitState,
} from '../../domain/onboarding-report.ts';

const WEEK_MS = 7 * 86_400_000;
const MONDAY = Date.parse('2026-11-16T00:00:00Z');
const NOBODY: Tally = { completed: 0, left: 0, stopped: 0, 'timed out': 0, open: 0 };

const someTime = fc.integer({ min: 0, max: Date.parse('2100-01-01T00:00:00Z') });
const someCount: fc.Arbitrary<VisitCount> = fc.record({
  week: fc.integer({ min: 0, max: 25 }).map((number) => MONDAY - number * WEEK_MS),
  variant: fc.constantFrom('standard', 'patient', 'short'),
  state: fc.constantFrom<VisitState>('completed', 'left', 'stopped', 'timed out', 'open'),
  visits: fc.integer({ min: 1, max: 1_000 }),
});

describe('the weeks of a report', () => {
  test.each([
    ['on a Monday', '2026-11-16T00:00:00Z', '2026-11-16'],
    ['in the last moment of a week', '2026-11-15T23:59:59.999Z', '2026-11-09'],
    ['in the middle', '2026-11-19T12:00:00Z', '2026-11-16'],
    ['where a year begins', '2027-01-01T00:00:00Z', '2026-12-28'],
    ['where clocks go back in Europe', '2026-10-25T03:00:00Z', '2026-10-19'],
  ])('begin on Monday in UTC: %s', (_, time, monday) => {
    expect(new Date(mondayOf(Date.parse(time))).toISOString()).toBe(`${monday}T00:00:00.000Z`);
  });

  test('begin on a Monday at midnight that is less than a week away, whatever the time', () => {
    fc.assert(
      fc.property(someTime, (time) => {
        const monday = new Date(mondayOf(time));
        expect([monday.getUTCDay(), monday.getTime() % 86_400_000]).toEqual([
          1,
          monday.getTime() < 0 ? -0 : 0,
        ]);
        expect(time - monday.getTime()).toBeGreaterThanOrEqual(0);
        expect(time - monday.getTime()).toBeLessThan(WEEK_MS);
      }),
    );
  });

  test('are counted with the present one', () => {
    expect(reportSince(MONDAY + 1, 1)).toBe(MONDAY);
    expect(reportSince(MONDAY + 1, 8)).toBe(MONDAY - 7 * WEEK_MS);
  });
});

describe('the completion rate', () => {
  test.each<[string, Partial<Tally>, number | undefined]>([
    ['of nobody is not known', {}, undefined],
    ['is not known as long as nobody is through', { open: 12 }, undefined],
    ['leaves out those who are on their way', { completed: 3, left: 1, open: 100 }, 75],
    ['counts every other end as not completed', { completed: 1, left: 1, stopped: 1, 'timed out': 1 }, 25],
    ['can be nothing', { left: 2 }, 0],
    ['can be all', { completed: 2 }, 100],
  ])('%s', (_, tally, percent) => {
    expect(completionPercent({ ...NOBODY, ...tally })).toBe(percent);
  });
});

describe('a report', () => {
  test('groups by week, the newest first, and by variant', () => {
    const report = summarise(
      [
        { week: MONDAY - WEEK_MS, variant: 'standard', state: 'completed', visits: 4 },
        { week: MONDAY, variant: 'standard', state: 'open', visits: 2 },
        { week: MONDAY, variant: 'patient', state: 'completed', visits: 1 },
        { week: MONDAY, variant: 'patient', state: 'left', visits: 1 },
      ],
      8,
    );
    expect(report).toEqual({
      weeks: 8,
      total: { ...NOBODY, completed: 5, left: 1, open: 2 },
      byWeek: [
        { week: MONDAY, tally: { ...NOBODY, completed: 1, left: 1, open: 2 } },
        { week: MONDAY - WEEK_MS, tally: { ...NOBODY, completed: 4 } },
      ],
      byVariant: [
        { variant: 'patient', tally: { ...NOBODY, completed: 1, left: 1 } },
        { variant: 'standard', tally: { ...NOBODY, completed: 4, open: 2 } },
      ],
    });
  });

  test('of nothing has nobody in it', () => {
    expect(summarise([], 8)).toEqual({ weeks: 8, total: NOBODY, byWeek: [], byVariant: [] });
  });

  test('counts everybody once in all, once by week and once by variant, whatever the order', () => {
    fc.assert(
      fc.property(fc.array(someCount), (counts) => {
        const { total, byWeek, byVariant } = summarise(counts, 26);
        const visits = counts.reduce((sum, count) => sum + count.visits, 0);
        const inAll = (groups: readonly { readonly tally: Tally }[]) =>
          groups.reduce((sum, { tally }) => sum + joined(tally), 0);
        expect([joined(total), inAll(byWeek), inAll(byVariant)]).toEqual([visits, visits, visits]);
        expect(joined(total) - ended(total)).toBe(total.open);
        expect(summarise(counts.toReversed(), 26)).toEqual(summarise(counts, 26));
      }),
    );
  });
});
