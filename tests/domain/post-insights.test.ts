import { describe, expect, test } from '@jest/globals';
import type { Weekday } from '../../domain/calendar.ts';
import type { Duration } from '../../domain/duration.ts';
import {
  comparedAge,
  insightsFrom,
  LEAST_POSTS,
  type PostHistory,
  type PostInsights,
} from '../../domain/post-insights.ts';
import { isSameHour } from '../../domain/week-hours.ts';
import {
  historyOf,
  hourNumbered,
  madeHistory,
  normalNumbers,
  type ValuedPost,
} from '../support/post-histories.ts';

const HOUR_MS = 3_600_000;
const HISTORIES = 200;

const at = (weekday: Weekday, hour: number, values: readonly number[]): ValuedPost[] =>
  values.map((value) => ({ weekday, hour, value }));
const some = (count: number, value: number) => Array.from({ length: count }, () => value);

function timesOf(insights: PostInsights): Extract<PostInsights, { kind: 'times' }> {
  if (insights.kind !== 'times') throw new Error(`there is too little: ${insights.posts} posts`);
  return insights;
}
const look = (history: PostHistory) => timesOf(insightsFrom(history));

describe('a history of posts', () => {
  test('with a planted best hour gives that hour first, quite sure', () => {
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const planted = seed % 10;
      const more = (hour: number) => (hour === planted ? Math.log(3) : 0);
      const [best] = look(madeHistory({ seed, posts: 250, hours: 10, deviation: 0.7, more })).best;
      expect(best).toMatchObject({ ...hourNumbered(planted), sureness: 'quite sure' });
    }
  });

  test('gives intervals that hold the truth in eight of ten cases and few more, where hours differ by as much as five posts are worth', () => {
    const [deviation, hours] = [0.7, 12];
    let [held, all] = [0, 0];
    for (let seed = 1; seed <= HISTORIES; seed += 1) {
      const effects = normalNumbers(-seed, hours).map((effect) => (effect * deviation) / Math.sqrt(5));
      const more = (hour: number) => effects[hour] ?? 0;
      const { times } = look(madeHistory({ seed, posts: 300, hours, deviation, more }));
      const places = effects.map((effect, number) => ({ ...hourNumbered(number), effect }));
      const truths = times.map((time) => {
        const effect = places.find((place) => isSameHour(place, time))?.effect ?? Number.NaN;
        return { ...time, effect };
      });
      const posts = truths.reduce((sum, time) => sum + time.posts, 0);
      const usual = truths.reduce((sum, time) => sum + time.posts * time.effect, 0) / posts;
      for (const { effect, from, to } of truths) {
        const truth = Math.exp(effect - usual);
        all += 1;
        if (from <= truth && truth <= to) held += 1;
      }
    }
    expect(held / all).toBeGreaterThan(0.8);
    expect(held / all).toBeLessThan(0.9);
  });

  test.each([
    [60, 5],
    [200, 12],
    [200, 60],
    [1_000, 84],
  ])(
    'of noise alone, %i posts at %i hours, has a time that is quite sure in a tenth at most',
    (posts, hours) => {
      let sure = 0;
      for (let seed = 1; seed <= HISTORIES; seed += 1) {
        const insights = insightsFrom(madeHistory({ seed, posts, hours, deviation: 0.9 }));
        const best = insights.kind === 'times' ? insights.best : [];
        if (best.some(({ sureness }) => sureness === 'quite sure')) sure += 1;
      }
      expect(sure / HISTORIES).toBeLessThanOrEqual(0.1);
    },
  );

  test('adds five average posts to each time, so that a few do not stand out far', () => {
    const usual = at('monday', 9, [...some(25, -1), ...some(25, 1)]);
    const few = look(historyOf([...usual, ...at('friday', 9, some(3, 1)), ...at('sunday', 9, some(3, -1))]));
    expect(few.times.map(({ factor }) => factor)).toEqual([
      1,
      expect.closeTo(Math.exp(3 / 8)),
      expect.closeTo(Math.exp(-3 / 8)),
    ]);
    const many = look(
      historyOf([...usual, ...at('friday', 9, some(15, 1)), ...at('sunday', 9, some(15, -1))]),
    );
    expect(many.times[1]?.factor).toBeCloseTo(Math.exp(15 / 20));
  });

  test('is surer of the same difference the more posts there are', () => {
    const bestOf = (count: number) =>
      look(
        historyOf([
          ...at('monday', 9, [...some(count * 3, -0.5), ...some(count * 3, 0.5)]),
          ...at('friday', 9, [...some(count, 0.75), ...some(count, 0.15)]),
        ]),
      ).best[0];
    expect(bestOf(4)).toMatchObject({ weekday: 'friday', sureness: 'a hint' });
    expect(bestOf(40)).toMatchObject({ weekday: 'friday', sureness: 'quite sure' });
  });

  test('names three times at most, those first that it can rely on most', () => {
    const usual = at('monday', 9, [...some(60, -0.5), ...some(60, 0.5)]);
    const better = [
      ...at('tuesday', 9, some(30, 0.6)),
      ...at('wednesday', 9, some(30, 0.9)),
      ...at('thursday', 9, some(30, 0.8)),
      ...at('friday', 9, some(30, 0.7)),
    ];
    const { best } = look(historyOf([...usual, ...better, ...at('sunday', 9, some(120, -0.6))]));
    expect(best.map(({ weekday }) => weekday)).toEqual(['wednesday', 'thursday', 'friday']);
  });

  test.each<[string, ValuedPost[]]>([
    ['all did equally well', [...at('monday', 9, some(40, 0)), ...at('friday', 9, some(40, 0))]],
    [
      'the difference is sure and small',
      [...at('monday', 9, some(5_000, 0)), ...at('friday', 9, [...some(2_500, 0.1), ...some(2_500, 0.12)])],
    ],
  ])('names no time where %s', (_, posts) => {
    expect(look(historyOf(posts)).best).toEqual([]);
  });

  test('says nothing of a time with fewer than three posts', () => {
    const posts = [...at('monday', 9, [...some(20, -0.1), ...some(20, 0.1)]), ...at('friday', 9, [2.3, 2.3])];
    const { best, times } = look(historyOf(posts));
    expect(best).toEqual([]);
    expect(times[1]).toMatchObject({ weekday: 'friday', posts: 2, sureness: null });
  });

  test.each<[string, ValuedPost[]]>([
    ['nothing', []],
    ['one post too few', at('monday', 9, some(LEAST_POSTS - 1, 1))],
    [
      'no time with three',
      Array.from({ length: 34 }, (_, number) => ({ ...hourNumbered(number), value: 1 })),
    ],
  ])('of %s is too little', (_, posts) => {
    expect(insightsFrom(historyOf(posts))).toEqual({ kind: 'too little', posts: posts.length });
  });

  test('is told by single hours where half of the posts were at hours with eight, else by blocks of three', () => {
    const often = [...at('monday', 9, some(10, 0)), ...at('monday', 10, some(10, 0))];
    const seldom = [11, 14, 17, 20].flatMap((hour) => at('tuesday', hour, some(5, 0)));
    const byHours = look(historyOf([...often, ...seldom]));
    expect([byHours.span, byHours.times.map(({ hour }) => hour)]).toEqual([1, [9, 10, 11, 14, 17, 20]]);
    const byBlocks = look(historyOf([...often, ...seldom, ...at('sunday', 23, [0])]));
    expect(byBlocks.span).toBe(3);
    expect(byBlocks.times.map(({ weekday, hour, posts }) => [weekday, hour, posts])).toEqual([
      ['monday', 9, 20],
      ['tuesday', 9, 5],
      ['tuesday', 12, 5],
      ['tuesday', 15, 5],
      ['tuesday', 18, 5],
      ['sunday', 21, 1],
    ]);
  });
});

describe('posts are compared', () => {
  test.each<[Duration[], number]>([
    [['1h', '24h', '3d', '7d'], 24],
    [['1h', '3d'], 1],
    [['12h', '2d'], 12],
    [['6h', '30h', '7d'], 30],
    [['7d'], 168],
  ])('at the age nearest to a day: of %j at %i hours', (readings, hours) => {
    expect(comparedAge({ readings })).toBe(hours * HOUR_MS);
  });
});
