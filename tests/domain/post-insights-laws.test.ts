import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { WEEKDAYS } from '../../domain/calendar.ts';
import { insightsFrom, LEAST_AT_A_TIME, type PostHistory } from '../../domain/post-insights.ts';
import { historyOf, type ValuedPost } from '../support/post-histories.ts';

const post: fc.Arbitrary<ValuedPost> = fc.record({
  weekday: fc.constantFrom(...WEEKDAYS),
  hour: fc.constantFrom(8, 9, 10, 18, 23),
  value: fc.double({ min: -2, max: 2, noNaN: true }),
});
const posts = fc.array(post, { minLength: 30, maxLength: 300 });

/** What is said of a history, or nothing where there is too little. */
function timesIn(history: PostHistory) {
  const insights = insightsFrom(history);
  return insights.kind === 'times' ? insights : undefined;
}

function law(check: (given: ValuedPost[]) => void): void {
  fc.assert(fc.property(posts, check), { numRuns: 200 });
}

describe('whatever the history', () => {
  test('a factor lies in its interval, and no farther from the usual than the mean of its posts', () => {
    law((given) => {
      const mean = (some: readonly ValuedPost[]) =>
        some.reduce((sum, { value }) => sum + value, 0) / some.length;
      const { times = [], span = 1 } = timesIn(historyOf(given)) ?? {};
      for (const time of times) {
        expect(time.from).toBeLessThanOrEqual(time.factor);
        expect(time.to).toBeGreaterThanOrEqual(time.factor);
        const here = given.filter(
          ({ weekday, hour }) => weekday === time.weekday && hour - (hour % span) === time.hour,
        );
        expect(here).toHaveLength(time.posts);
        const plain = Math.abs(mean(here) - mean(given));
        expect(Math.abs(Math.log(time.factor))).toBeLessThanOrEqual(plain + 1e-9);
      }
    });
  });

  test('that all posts do better changes nothing, since each is compared with the others', () => {
    law((given) => {
      const better = given.map((one) => ({ ...one, value: one.value + 1 }));
      const [before, after] = [timesIn(historyOf(given)), timesIn(historyOf(better))];
      expect(after?.times.map(({ factor }) => factor)).toEqual(
        before?.times.map(({ factor }) => expect.closeTo(factor, 6)),
      );
    });
  });

  test('the order in which posts are read makes no difference', () => {
    law((given) => {
      const [one, other] = [timesIn(historyOf(given)), timesIn(historyOf(given.toReversed()))];
      const places = (insights: typeof one) =>
        insights?.times.map(({ weekday, hour, posts: count }) => [weekday, hour, count]);
      expect(places(other)).toEqual(places(one));
    });
  });

  test('what is named has enough posts and is better than usual, and what is quite sure is a hint at least', () => {
    law((given) => {
      for (const time of timesIn(historyOf(given))?.best ?? []) {
        expect(time.posts).toBeGreaterThanOrEqual(LEAST_AT_A_TIME);
        expect(time.from).toBeGreaterThan(1);
        expect(['quite sure', 'a hint']).toContain(time.sureness);
      }
    });
  });
});
