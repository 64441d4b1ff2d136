import { describe, expect, test } from '@jest/globals';
import { DISCORD_LIMITS } from '../../domain/discord-limits.ts';
import { insightsFrom, type PostInsights } from '../../domain/post-insights.ts';
import {
  type InsightsAsked,
  postInsightsMessage,
  postingTimesDescription,
  toPostingTimesPicture,
} from '../../views/post-insights.ts';
import { historyOf, hourNumbered, type ValuedPost } from '../support/post-histories.ts';

const ASKED: InsightsAsked = { platform: null, timeZone: 'Europe/Berlin', ageMs: 86_400_000 };
const times = (count: number, weekday: ValuedPost['weekday'], hour: number, value: number) =>
  Array.from({ length: count }, (): ValuedPost => ({ weekday, hour, value }));
const usual = [...times(20, 'monday', 9, -0.5), ...times(20, 'monday', 9, 0.5)];
const insightsOf = (...posts: ValuedPost[]) => insightsFrom(historyOf(posts));
const embedOf = (insights: PostInsights, asked: Partial<InsightsAsked> = {}) =>
  postInsightsMessage(insights, { ...ASKED, ...asked }).embeds?.[0];

describe('best times to post', () => {
  test('are said with how much better they are, from how many posts, and how sure that is', () => {
    const sure = insightsOf(...usual, ...times(14, 'tuesday', 18, 0.9));
    expect(embedOf(sure)).toMatchObject({
      title: 'Best times to post',
      footer: { text: expect.stringMatching(/^Times: Europe\/Berlin\. .*may be the reason/) },
    });
    expect(embedOf(sure)?.description).toBe(
      [
        '**54 posts** since <t:0:D>, by what they had 1d after they were published.',
        '',
        '1. **Tuesday 18:00**: about 1.6 times as much as usual (1.4 to 1.9), from 14 posts, quite sure.',
      ].join('\n'),
    );
    const hint = insightsOf(...usual, ...times(6, 'tuesday', 18, 0.5));
    expect(embedOf(hint)?.description).toMatch(/from 6 posts, a hint, which may be chance\.$/);
  });

  test('name a block of hours by its ends, and the platform that was asked for', () => {
    const posts = Array.from({ length: 5 }, (_, number) =>
      times(7, 'monday', 9 + number, number === 4 ? 1 : 0),
    );
    const embed = embedOf(insightsOf(...posts.flat()), { platform: 'x' });
    expect(embed?.title).toBe('Best times to post on X');
    expect(embed?.description).toContain('**Monday 12–15**');
  });

  test('say that no time stands out', () => {
    expect(embedOf(insightsOf(...usual))?.description).toMatch(/\n\nNo time stands out: /);
  });

  test('say that there is too little to go by, and how much it takes; there is no picture then', () => {
    const insights = insightsOf(...times(1, 'monday', 9, 0));
    expect(embedOf(insights)?.description).toBe(
      'There is too little to go by yet: figures of 1 post in the last 365 days, read 1d after they were published. It takes 30, and 3 of them at the same time of the week.',
    );
    expect(embedOf(insights)?.image).toBeUndefined();
    expect(toPostingTimesPicture(insights, ASKED)).toBeUndefined();
  });

  test('are described for who cannot see the picture, the best first, within what Discord takes', () => {
    const picture = toPostingTimesPicture(insightsOf(...usual, ...times(14, 'tuesday', 18, 0.9)), ASKED);
    expect(picture && postingTimesDescription(picture).split('\n')).toEqual([
      'Best times to post: 54 posts since 1 Jan 1970',
      'Tuesday 18:00: 1.6×, 14 posts',
      'Monday 09:00: 0.8×, 40 posts',
    ]);
    const everywhere = Array.from({ length: 168 * 8 }, (_, number) => ({
      ...hourNumbered(number % 168),
      value: 0,
    }));
    const full = toPostingTimesPicture(insightsOf(...everywhere), ASKED);
    expect(full && postingTimesDescription(full).length).toBe(DISCORD_LIMITS.fileDescription);
  });
});
