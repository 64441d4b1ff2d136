import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toDay } from '../../domain/calendar.ts';
import { NO_FIGURES } from '../../domain/engagement.ts';
import {
  isEngagementReport,
  platformTrend,
  type SpanTally,
  type Tally,
  totalSeen,
  trendOf,
} from '../../domain/engagement-report.ts';
import {
  changeText,
  engagementReportText,
  figureTexts,
  missingTexts,
  reachText,
  topPostParts,
} from '../../domain/engagement-report-text.ts';
import { toPostId } from '../../domain/posts.ts';
import { reportOn, tallyOn, weekOf } from '../support/engagement-report.ts';

const HOUR_MS = 3_600_000;

/** A report on a week, with the weeks before it: what all platforms together have come to. */
const report = (now: Partial<Tally>, ...before: Partial<Tally>[]) =>
  reportOn(
    weekOf(0, now),
    before.map((all, index) => weekOf(index + 1, all)),
  );

describe('a trend', () => {
  const interactions = ({ interactions }: Tally) => interactions;

  /** A week with posts; null: no platform gives interactions; undefined: a week without posts. */
  const weekWith = (count: number | null | undefined): Partial<Tally> =>
    count === undefined ? {} : { posts: 2, interactions: count };

  test.each<[string, (number | null | undefined)[], object]>([
    [
      'is beside the week before and the mean of four',
      [120, 100, 80, 60, 0, 999],
      { now: 120, last: 100, mean: 60 },
    ],
    ['has nothing to compare with in the first week', [5], { now: 5, last: null, mean: null }],
    [
      'counts weeks without posts as 0',
      [4, undefined, undefined, undefined, 4],
      { now: 4, last: 0, mean: 1 },
    ],
    [
      'counts them as 0 also where the last posts are longer ago',
      [4, undefined, undefined, undefined, undefined, 4],
      { now: 4, last: 0, mean: 0 },
    ],
    [
      'leaves weeks before the first post out',
      [5, undefined, 8, undefined, undefined],
      { now: 5, last: 0, mean: 4 },
    ],
    [
      'has nothing to compare with where there were no posts before',
      [5, undefined, undefined],
      { now: 5, last: null, mean: null },
    ],
    [
      'takes what no platform gives for unknown, not for 0',
      [null, null, 4],
      { now: null, last: null, mean: 4 },
    ],
  ])('%s', (_, [now, ...before], trend) => {
    const weeks = report(weekWith(now), ...before.map(weekWith));
    expect(trendOf(weeks, interactions)).toEqual(trend);
  });

  test('of a rate is of weeks with posts alone', () => {
    const weeks = report(
      { posts: 1, rate: 0.04 },
      {},
      { posts: 1, rate: 0.02 },
      {},
      { posts: 1, rate: 0.04 },
    );
    expect(trendOf(weeks, ({ rate }) => rate)).toEqual({ now: 0.04, last: null, mean: 0.03 });
  });

  test('is, for any weeks, what adding up the weeks since the first post gives', () => {
    const week = fc.option(fc.record({ interactions: fc.nat(99), rate: fc.nat(8) }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(week, { maxLength: 8 }), (before) => {
        const weeks = report({ posts: 1 }, ...before.map((one) => (one ? { posts: 1, ...one } : {})));
        const known: number[] = [];
        const rates: number[] = [];
        for (const [index, one] of before.slice(0, 4).entries()) {
          if (before.slice(index).some((other) => other !== undefined)) known.push(one?.interactions ?? 0);
          if (one !== undefined) rates.push(one.rate);
        }
        const meanOf = (values: number[]) =>
          values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
        expect(trendOf(weeks, interactions)).toMatchObject({ last: known[0] ?? null, mean: meanOf(known) });
        expect(trendOf(weeks, ({ rate }) => rate)).toMatchObject({
          last: before[0]?.rate ?? null,
          mean: meanOf(rates),
        });
      }),
      { seed: 20261123 },
    );
  });

  test('is of one platform alone', () => {
    const both = reportOn(
      weekOf(0, {}, [tallyOn('x', { interactions: 9 }), tallyOn('github', { interactions: 1 })]),
      [
        weekOf(1, {}, [tallyOn('x', { interactions: 3 })]),
        weekOf(2, {}, [tallyOn('github', { interactions: 7 })]),
      ],
    );
    expect(platformTrend(both, 'x', interactions)).toEqual({ now: 9, last: 3, mean: 3 });
    expect(platformTrend(both, 'github', interactions)).toEqual({ now: 1, last: 0, mean: 3.5 });
    expect(platformTrend(both, 'youtube', interactions)).toEqual({ now: null, last: null, mean: null });
  });

  test.each([
    [120, 100, '+20 %'],
    [50, 100, '−50 %'],
    [100, 100, '±0 %'],
    [12, 1, '+1,100 %'],
    [5, 0, undefined],
    [5, null, undefined],
    [null, 5, undefined],
  ])('from %p, which was %p, is %p', (now, before, text) => {
    expect(changeText(now, before)).toBe(text);
  });
});

describe('total reach', () => {
  test.each([
    [null, null, null],
    [10, null, 10],
    [null, 7, 7],
    [10, 7, 17],
  ])('of %p people and %p impressions is %p', (reach, impressions, seen) => {
    expect(totalSeen({ reach, impressions })).toBe(seen);
  });

  test('says what it rests on', () => {
    const platforms = [
      tallyOn('discord', { interactions: 3 }),
      tallyOn('x', { impressions: 9 }),
      tallyOn('linkedin', { reach: 4 }),
      tallyOn('youtube', { reach: 4, impressions: 2 }),
      tallyOn('github', {}),
    ];
    expect(reachText(weekOf(0, {}, platforms))).toBe(
      'Reach: people on LinkedIn, YouTube; impressions on X, where people are not counted; impressions of some posts on YouTube; Discord, GitHub give neither.',
    );
    expect(reachText(weekOf(0))).toBe('');
  });
});

describe('a report in words', () => {
  const full = reportOn(
    weekOf(0, { posts: 2, reach: 1_000, impressions: 234, interactions: 60, rate: 0.0486 }, [
      tallyOn('x', { posts: 2, impressions: 234, interactions: 40, rate: 0.171, median: 20 }),
      tallyOn('linkedin', {
        ...{ reach: 1_000, interactions: 20, rate: 0.02, median: 20, missed: 2, gone: 1, unread: 1 },
      }),
    ]),
    [
      weekOf(1, { posts: 1, reach: 617, interactions: 50, rate: 0.05 }, [tallyOn('x', { interactions: 50 })]),
      weekOf(2, { posts: 1, reach: 617, interactions: 30, rate: 0.05 }),
    ],
    [
      {
        ...{
          postId: toPostId('1'),
          title: 'Release 4',
          platform: 'x',
          url: 'https://x.example/1',
          isGone: false,
        },
        ...{ score: 0.834, figures: { ...NO_FIGURES, impressions: 234, likes: 30, shares: 10, comments: 0 } },
      },
      {
        ...{ postId: toPostId('2'), title: 'Shaders', platform: 'discord', url: null, isGone: true },
        ...{ score: null, figures: { ...NO_FIGURES, likes: 3 } },
      },
    ],
  );

  test('has its figures, each with how it has changed', () => {
    expect(figureTexts(full)).toEqual([
      {
        name: 'Posts',
        value: '2',
        changes: ['+100 % against the week before', '+100 % against the mean of the four weeks before'],
      },
      {
        name: 'Total reach',
        value: '1,234',
        changes: ['+100 % against the week before', '+100 % against the mean of the four weeks before'],
      },
      {
        name: 'Total engagement',
        value: '60',
        changes: ['+20 % against the week before', '+50 % against the mean of the four weeks before'],
      },
      {
        name: 'Engagement rate',
        value: '4.9 %',
        changes: [
          '−0.1 points against the week before',
          '−0.1 points against the mean of the four weeks before',
        ],
      },
    ]);
  });

  test('says what is missing', () => {
    expect(missingTexts(full)).toEqual([
      'LinkedIn: 2 readings could not be taken.',
      'LinkedIn: of 1 post nothing was read yet.',
      'LinkedIn: 1 post deleted there; what was read before counts.',
    ]);
  });

  test('names the best posts with their figures, and marks what was deleted', () => {
    expect(full.top.map(topPostParts)).toEqual([
      ['X', '40 interactions: 30 likes, 10 shares', 'impressions 234', 'rate 17.1 %', 'score 0.83'],
      ['Discord', '3 interactions: 3 likes', 'deleted there since'],
    ]);
  });

  test('can be printed', () => {
    expect(engagementReportText(full)).toBe(`What became of the posts of Mon 16 Nov 2026 to Sun 22 Nov 2026

Posts:            2  +100 % against the week before  +100 % against the mean of the four weeks before
Total reach:      1,234  +100 % against the week before  +100 % against the mean of the four weeks before
Total engagement: 60  +20 % against the week before  +50 % against the mean of the four weeks before
Engagement rate:  4.9 %  −0.1 points against the week before  −0.1 points against the mean of the four weeks before
Reach: people on LinkedIn; impressions on X, where people are not counted.

By platform. In brackets: against the week before, and against the mean of the four weeks before.
  X         2 posts · 40 interactions (−20 %, −20 %) · median 20 a post · impressions 234 · rate 17.1 %
  LinkedIn  1 post · 20 interactions · median 20 a post · reach 1,000 · rate 2 %

Top posts
  1. Release 4
     X · 40 interactions: 30 likes, 10 shares · impressions 234 · rate 17.1 % · score 0.83
     https://x.example/1
  2. Shaders
     Discord · 3 interactions: 3 likes · deleted there since

Missing
  LinkedIn: 2 readings could not be taken.
  LinkedIn: of 1 post nothing was read yet.
  LinkedIn: 1 post deleted there; what was read before counts.

Each post counts with its latest reading. So that they can be compared, the weeks before count as they stood as long after their end as these days do now: 8 hours. Of days without posts, totals are 0, and there is no rate.
`);
  });

  test('says that a week had no posts, and when the last were', () => {
    expect(engagementReportText(report({}, {}, { posts: 3 }))).toBe(
      `What became of the posts of Mon 16 Nov 2026 to Sun 22 Nov 2026\n\nNothing was published in this time. The last posts before are of Mon 2 Nov 2026 to Sun 8 Nov 2026: 3.\n`,
    );
    expect(engagementReportText(report({}, {}))).toContain('Neither was anything before.');
  });

  test('says not available where no platform gives a figure, and not 0', () => {
    const [, reach, interactions, rate] = figureTexts(report({ posts: 4 }));
    expect([reach?.value, interactions?.value, rate?.value]).toEqual(Array(3).fill('not available'));
  });

  test('is about the days that it has: a day, or some', () => {
    const day = { ...weekOf(0, { posts: 2 }), to: toDay('2026-11-16') };
    const changes = (now: SpanTally) => figureTexts(reportOn(now, [weekOf(1, { posts: 1 })]))[0]?.changes[0];
    expect(changes(day)).toBe('+100 % against the day before');
    expect(changes({ ...day, to: toDay('2026-11-18') })).toBe('+100 % against the 3 days before');
    expect(engagementReportText(reportOn(day))).toContain('the posts of Mon 16 Nov 2026\n');
  });

  test('says so if its days are not over', () => {
    const early = { ...reportOn(weekOf(0, { posts: 1 })), asOf: Date.parse('2026-11-22T18:00:00Z') };
    expect(engagementReportText(early)).toContain('as long before their end as these days do now: 6 hours.');
  });
});

test('a stored report is read by the version that has made it', () => {
  const stored = JSON.parse(JSON.stringify(report({ posts: 1 })));
  expect(isEngagementReport(stored)).toBe(true);
  for (const other of [{ ...stored, version: 0 }, {}, null, undefined, 'report', HOUR_MS])
    expect(isEngagementReport(other)).toBe(false);
});
