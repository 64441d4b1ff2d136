import { describe, expect, test } from '@jest/globals';
import {
  fallenFigures,
  interactionsByAge,
  isGone,
  latestReading,
  nextReadingAt,
  platformScore,
  postScore,
  timesUsual,
  totalsOf,
} from '../../domain/post-stats.ts';
import {
  DAY_MS,
  HOUR_MS,
  notTaken,
  PUBLISHED_AT,
  platformStats,
  statsOf,
  taken,
} from '../support/post-stats.ts';

describe('the readings of a platform', () => {
  const hour = taken(HOUR_MS, { likes: 4 });
  const day = taken(DAY_MS, { likes: 9 });

  test('the newest one counts that was taken, whatever became of later ones', () => {
    expect(latestReading(platformStats('x', [hour, day, notTaken(3 * DAY_MS, 'missed')]))).toBe(day);
    expect(latestReading(platformStats('x', [notTaken(HOUR_MS, 'due')]))).toBeUndefined();
  });

  test('the next is the first that is due', () => {
    const due = [notTaken(3 * DAY_MS, 'due'), notTaken(7 * DAY_MS, 'due')];
    expect(nextReadingAt(platformStats('x', [hour, ...due]))).toBe(PUBLISHED_AT + 3 * DAY_MS);
    expect(nextReadingAt(platformStats('x', [hour, day]))).toBeUndefined();
  });

  test('a post is gone when one of them says so', () => {
    expect(isGone(platformStats('x', [hour, notTaken(DAY_MS, 'gone')]))).toBe(true);
    expect(isGone(platformStats('x', [hour, notTaken(DAY_MS, 'missed')]))).toBe(false);
  });
});

describe('figures that went down', () => {
  test.each([
    ['one that is lower', [{ likes: 44 }, { likes: 40 }], [{ metric: 'likes', now: 40, before: 44 }]],
    ['one that is the same', [{ likes: 44 }, { likes: 44 }], []],
    ['one that fell before, and has grown since', [{ likes: 44 }, { likes: 40 }, { likes: 41 }], []],
    ['one that is not available any more', [{ likes: 44 }, {}], []],
    ['one that was not available before', [{}, { likes: 0 }], []],
    [
      'one that was not available at the reading between',
      [{ likes: 44 }, {}, { likes: 40 }],
      [{ metric: 'likes', now: 40, before: 44 }],
    ],
    [
      'several, in the order of metrics',
      [
        { clicks: 5, reach: 900 },
        { clicks: 3, reach: 800 },
      ],
      [
        { metric: 'reach', now: 800, before: 900 },
        { metric: 'clicks', now: 3, before: 5 },
      ],
    ],
    ['a single reading', [{ likes: 1 }], []],
    ['none', [], []],
  ])('%s', (_, figures, fallen) => {
    const readings = figures.map((one, index) => taken((index + 1) * DAY_MS, one));
    expect(fallenFigures(platformStats('x', readings))).toEqual(fallen);
  });
});

describe('the score', () => {
  test('of a platform is the newest that could be found, and of the post the highest of those', () => {
    const x = platformStats('x', [
      taken(HOUR_MS, { likes: 1 }, { score: 0.9 }),
      taken(DAY_MS, { likes: 1 }, { score: 0.6 }),
      taken(3 * DAY_MS, { likes: 1 }),
    ]);
    const github = platformStats('github', [taken(HOUR_MS, { likes: 1 }, { score: 0.7 })]);
    expect(platformScore(x)).toEqual({ platform: 'x', ageMs: DAY_MS, score: 0.6 });
    expect(postScore(statsOf(x, github))).toEqual({ platform: 'github', ageMs: HOUR_MS, score: 0.7 });
  });

  test('is not there as long as there is too little to compare with', () => {
    expect(postScore(statsOf(platformStats('x', [taken(HOUR_MS, { likes: 1 })])))).toBeUndefined();
    expect(postScore(statsOf())).toBeUndefined();
  });

  test.each([
    [0, 0],
    [0.5, 1],
    [0.75, 3],
    [0.8, 4],
  ])('%d stands for %d times as much as usual', (score, times) => {
    expect(timesUsual(score)).toBeCloseTo(times);
  });
});

describe('the figures of all platforms together', () => {
  test('are sums of what is available, and say of how many platforms', () => {
    const stats = statsOf(
      platformStats('discord', [taken(DAY_MS, { likes: 5, comments: 3 })]),
      platformStats('x', [taken(HOUR_MS, { likes: 99 }), taken(DAY_MS, { likes: 10, impressions: 400 })]),
      platformStats('linkedin', [taken(DAY_MS, { likes: 2, reach: 100, impressions: 150 })]),
      platformStats('youtube', [taken(DAY_MS, { impressions: 50 })]),
      platformStats('github', [notTaken(DAY_MS, 'due')]),
    );
    expect(totalsOf(stats)).toEqual({
      platforms: 5,
      interactions: { value: 20, platforms: 3 },
      seen: { value: 550, platforms: 3 },
      rate: { value: 12 / 500, platforms: 2 },
    });
  });

  test('are not there where no platform says anything', () => {
    const nothing = { interactions: undefined, seen: undefined, rate: undefined };
    expect(totalsOf(statsOf(platformStats('x', [taken(DAY_MS, {})])))).toEqual({ platforms: 1, ...nothing });
  });

  test('nobody who has seen it is no rate', () => {
    const stats = statsOf(platformStats('x', [taken(DAY_MS, { likes: 0, impressions: 0 })]));
    expect(totalsOf(stats)).toMatchObject({
      seen: { value: 0 },
      interactions: { value: 0 },
      rate: undefined,
    });
  });
});

test('interactions are known by age where they were read, and nothing is made up between', () => {
  const stats = statsOf(
    platformStats('discord', [taken(HOUR_MS, { likes: 1, comments: 2 }), taken(DAY_MS, { likes: 7 })]),
    platformStats('x', [
      notTaken(HOUR_MS, 'missed'),
      taken(DAY_MS, { likes: 0 }),
      notTaken(3 * DAY_MS, 'due'),
    ]),
    platformStats('youtube', [taken(2 * HOUR_MS, { impressions: 9 })]),
  );
  expect(interactionsByAge(stats)).toEqual({
    ages: [HOUR_MS, 2 * HOUR_MS, DAY_MS],
    platforms: [
      { platform: 'discord', interactions: [3, null, 7] },
      { platform: 'x', interactions: [null, null, 0] },
      { platform: 'youtube', interactions: [null, null, null] },
    ],
  });
});
