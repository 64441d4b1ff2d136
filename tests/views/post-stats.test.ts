import { beforeEach, describe, expect, test } from '@jest/globals';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { METRICS } from '../../domain/engagement.ts';
import { PLATFORMS } from '../../domain/platforms.ts';
import type { PlatformStats } from '../../domain/post-stats.ts';
import { chartDescription } from '../../views/chart-description.ts';
import { postStatsChart } from '../../views/pictures/post-stats.ts';
import { neverPublished, postStatsMessage } from '../../views/post-stats.ts';
import { loadConfigWith } from '../support/config.ts';
import {
  DAY_MS,
  HOUR_MS,
  notTaken,
  PUBLISHED_AT,
  platformStats,
  statsOf,
  taken,
} from '../support/post-stats.ts';

const { score: settings } = (await loadConfigWith('{}')).engagement;

let now = PUBLISHED_AT;
beforeEach(() => {
  now = PUBLISHED_AT;
});

function embedOf(...platforms: PlatformStats[]) {
  const [embed] = postStatsMessage(statsOf(...platforms), settings, { hasPicture: true, now }).embeds ?? [];
  return embed;
}
const linesOf = (stats: PlatformStats) => embedOf(stats)?.fields?.[0]?.value.split('\n') ?? [];
const relative = (ageMs: number) => `<t:${(PUBLISHED_AT + ageMs) / 1_000}:R>`;

describe('what became of a post on a platform', () => {
  test('shows what is known, what that makes, of when it is, and when there is more', () => {
    const figures = { impressions: 1_350, likes: 30, shares: 5, comments: 4 };
    const stats = platformStats('x', [
      taken(HOUR_MS, { likes: 10 }),
      taken(DAY_MS, figures, { score: 0.8 }),
      notTaken(3 * DAY_MS, 'due'),
    ]);
    expect(linesOf(stats)).toEqual([
      '**39** interactions · rate **2.9 %**',
      'Impressions 1,350 · Likes 30 · Shares 5 · Comments 4',
      'Not available: reach, clicks',
      'Score 0.80 (1d)',
      `1d after it went out, read ${relative(DAY_MS)} · next reading ${relative(3 * DAY_MS)}`,
      '[see it](https://x.example/1)',
    ]);
  });

  test('what it does not give is not available, and never 0; a 0 is one', () => {
    const [first, ...others] = linesOf(platformStats('youtube', [taken(DAY_MS, { impressions: 20 })]));
    expect(first).toBe('interactions not available · rate not available');
    expect(others).toContain('Not available: reach, likes, shares, comments, clicks');
    expect(others).toContain('No score: it gives no interactions that count');
    const zeros = Object.fromEntries(METRICS.map((metric) => [metric, 0]));
    const [none, all] = linesOf(platformStats('linkedin', [taken(DAY_MS, zeros)]));
    expect(none).toBe('**0** interactions · rate not available');
    expect(all).toBe('Impressions 0 · Reach 0 · Likes 0 · Shares 0 · Comments 0 · Clicks 0');
  });

  test('says what went down', () => {
    const readings = [taken(HOUR_MS, { likes: 44, shares: 2 }), taken(DAY_MS, { likes: 40, shares: 1 })];
    expect(linesOf(platformStats('x', readings))).toContain(
      '📉 likes 40, down from 44 · shares 1, down from 2',
    );
  });

  test('says that it was deleted there, beside what was read before', () => {
    const readings = [taken(HOUR_MS, { likes: 3 }), notTaken(DAY_MS, 'gone'), notTaken(3 * DAY_MS, 'due')];
    const lines = linesOf(platformStats('x', readings));
    expect(lines[0]).toBe('🗑️ deleted there: nothing more is read');
    expect(lines).toContain('**3** interactions · rate not available');
    expect(lines.at(-1)).toBe(`1h after it went out, read ${relative(HOUR_MS)}`);
  });

  test.each<[string, PlatformStats, string]>([
    [
      'is to be read',
      platformStats('x', [notTaken(HOUR_MS, 'due')]),
      `No figures yet · next reading ${relative(HOUR_MS)}`,
    ],
    [
      'waits for its account',
      platformStats('x', [notTaken(HOUR_MS, 'due')], { needsAccount: true }),
      'No figures yet · not read: X needs to be connected',
    ],
    ['is not read at all', platformStats('x', []), 'No figures are read of it'],
  ])('says that it %s', (_, stats, said) => {
    expect(linesOf(stats)[0]).toBe(said);
  });

  test('says that a reading could not be taken yet, and not that it is the next', () => {
    now = PUBLISHED_AT + 5 * HOUR_MS;
    const readings = [notTaken(HOUR_MS, 'due'), notTaken(DAY_MS, 'due')];
    expect(linesOf(platformStats('x', readings))[0]).toBe(
      `No figures yet · the reading that was due ${relative(HOUR_MS)} could not be taken yet`,
    );
  });

  test('says which readings there are not', () => {
    const readings = [notTaken(HOUR_MS, 'missed'), taken(DAY_MS, { likes: 1 })];
    expect(linesOf(platformStats('x', readings))).toContain('Could not be read: 1h after it went out');
  });

  test.each([
    [true, `No score: fewer than ${settings.leastPosts} posts to compare it with`],
    [false, 'Score: not compared yet'],
  ])('says why there is no score (compared: %s)', (isWeighed, said) => {
    const reading = taken(DAY_MS, { likes: 1 }, { isWeighed });
    expect(linesOf(platformStats('x', [reading]))).toContain(said);
  });
});

describe('a reading that was taken too late to compare it', () => {
  const late = (minutes: number) =>
    platformStats('x', [
      taken(HOUR_MS, { likes: 1 }, { takenAt: PUBLISHED_AT + HOUR_MS + minutes * 60_000 }),
    ]);

  test('says that this is why there is no score', () => {
    expect(linesOf(late(11))).toContain('No score: read too late to compare it');
    expect(embedOf(late(11))?.description).toContain('No score: it was read too late to compare it.');
    expect(linesOf(late(10))).toContain(
      `No score: fewer than ${settings.leastPosts} posts to compare it with`,
    );
    expect(embedOf(late(10), late(11))?.description).toContain('there is too little to compare it with');
  });
});

describe('what became of a post in all', () => {
  test('is of what is available, and explains the score in a line', () => {
    const x = platformStats('x', [taken(DAY_MS, { likes: 30, impressions: 1_000 }, { score: 0.8 })]);
    const discord = platformStats('discord', [taken(DAY_MS, { likes: 12 }, { score: 0.4 })]);
    expect(embedOf(discord, x)?.description).toBe(
      [
        'In all: **42** interactions · seen **1,000** times (1 of 2 platforms) · rate **3 %** (1 of 2 platforms)',
        'Score **0.80**, of X: about 4 times what posts there usually get 1d after they went out.',
      ].join('\n'),
    );
    expect(embedOf(x)?.footer?.text).toBe(
      'Score: 0.5 is as usual, 0.8 four times as much. A like counts 1, a share 3, a comment 2, a click 1.',
    );
  });

  test('says that there is nothing yet, or too little', () => {
    const [none, few] = [notTaken(HOUR_MS, 'due'), taken(HOUR_MS, { likes: 1 })];
    expect(embedOf(platformStats('x', [none]))?.description).toBe('There are no figures yet.\nNo score yet.');
    expect(embedOf(platformStats('x', [few]))?.description).toBe(
      'In all: **1** interactions\nNo score: there is too little to compare it with.',
    );
  });

  test('says that there is no interaction that counts, where there is none', () => {
    expect(embedOf(platformStats('youtube', [taken(DAY_MS, { impressions: 20 })]))?.description).toMatch(
      /No score: there are no interactions that count\.$/,
    );
    const unweighted = { ...settings, weights: { ...settings.weights, likes: 0 } };
    const stats = statsOf(platformStats('x', [taken(DAY_MS, { likes: 3 })]));
    const [embed] = postStatsMessage(stats, unweighted, { hasPicture: false, now }).embeds ?? [];
    expect(embed?.fields?.[0]?.value).toContain('No score: it gives no interactions that count');
  });

  test('is shown as it was written, and fits into an embed', () => {
    const huge = Object.fromEntries(METRICS.map((metric) => [metric, 123_456_789]));
    const larger = Object.fromEntries(METRICS.map((metric) => [metric, 987_654_321]));
    const readings = [
      notTaken(HOUR_MS, 'missed'),
      taken(DAY_MS, larger),
      taken(2 * DAY_MS, huge, { score: 0.99 }),
      notTaken(3 * DAY_MS, 'due'),
    ];
    const embed = embedOf(...PLATFORMS.map((platform) => platformStats(platform, readings)));
    expect(embed?.title).toBe('TiXL 4 is \\*out\\*');
    for (const { value } of embed?.fields ?? [])
      expect(value.length).toBeLessThan(DISCORD_LIMITS.embedFieldValue);
    expect(JSON.stringify(embed).length).toBeLessThan(DISCORD_LIMITS.embedTotal);
  });
});

test('a post that was never published has nothing to show', () => {
  expect(neverPublished({ title: '*News*', state: 'draft' })).toBe(
    '**\\*News\\*** was never published (draft): there is nothing to show. `/post status` says where it stands.',
  );
});

describe('the chart', () => {
  test('is not there as long as nothing was read', () => {
    expect(postStatsChart(statsOf(platformStats('x', [notTaken(HOUR_MS, 'due')])))).toBeUndefined();
  });

  test('is put into words for who cannot see it', () => {
    const chart = postStatsChart(
      statsOf(
        platformStats('discord', [taken(HOUR_MS, { likes: 3 }), taken(DAY_MS, { likes: 7 })]),
        platformStats('x', [notTaken(HOUR_MS, 'missed'), taken(DAY_MS, { likes: 0 })]),
      ),
    );
    expect(chart && chartDescription(chart)).toBe(
      [
        'TiXL 4 is *out*: Interactions until 1d after it went out',
        'Interactions, by age of the post',
        'Discord: 1h: 3, 1d: 7',
        'X: 1h: not available, 1d: 0',
      ].join('\n'),
    );
  });
});
