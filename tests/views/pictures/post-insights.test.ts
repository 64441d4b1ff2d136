import { describe, expect, test } from '@jest/globals';
import { WEEKDAYS, type Weekday } from '../../../domain/calendar.ts';
import { insightsFrom, type PostingTime } from '../../../domain/post-insights.ts';
import type { Box } from '../../../views/pictures/drawing.ts';
import { type PostingTimesPicture, postingTimesPicture } from '../../../views/pictures/post-insights.ts';
import { THEME } from '../../../views/pictures/theme.ts';
import { fieldBox, SHADES, WEEK_LAYOUT } from '../../../views/pictures/week-fields.ts';
import { toPostingTimesPicture } from '../../../views/post-insights.ts';
import { keepPicture, readPicture } from '../../support/picture.ts';
import { madeHistory } from '../../support/post-histories.ts';

const time = (weekday: Weekday, factor: number, posts = 9, hour = 9): PostingTime => ({
  ...{ weekday, hour, posts, factor, from: factor * 0.8, to: factor * 1.2, sureness: null },
});
const pictureOf = (times: readonly PostingTime[], changes: Partial<PostingTimesPicture> = {}) => ({
  ...{ title: 'Best times to post', basis: '134 posts', span: 1, times, best: [] },
  ...changes,
});
const draw = async (...args: Parameters<typeof pictureOf>) =>
  readPicture(await postingTimesPicture(pictureOf(...args)));

/** Just inside the upper left corner of a field, where no number stands. */
const corner = ({ x, y }: Box) => [x + 4, y + 3] as const;
const column = (weekday: Weekday) => WEEKDAYS.indexOf(weekday);

describe('the picture of posting times', () => {
  test('is brighter where posts do better, and has the middle shade where they do as usual', async () => {
    const factors = [0.5, 0.8, 1, 1.2, 2];
    const picture = await draw(factors.map((factor, index) => time(WEEKDAYS[index] ?? 'monday', factor)));
    const fills = factors.map((_, index) => picture.colorAt(...corner(fieldBox(index, 0))));
    expect(fills).toEqual(SHADES.map(({ fill }) => fill));
  });

  test('has no colour where too few posts were to say something, but shows their numbers', async () => {
    const picture = await draw([time('monday', 3, 2), time('tuesday', 1)]);
    expect(picture.colorAt(...corner(fieldBox(0, 0)))).toBe(THEME.surface);
    const colors = (weekday: Weekday) => new Set(picture.within(fieldBox(column(weekday), 0))).size;
    expect(colors('monday')).toBeGreaterThan(colors('wednesday'));
  });

  test('marks the times that stand out', async () => {
    const best = time('thursday', 1.8);
    const picture = await draw([time('monday', 1), best], { best: [best] });
    const edge = (weekday: Weekday) => {
      const { x, y, height } = fieldBox(column(weekday), 0);
      return picture.colorAt(x, y + height / 2);
    };
    expect(edge('thursday')).toBe(THEME.accent);
    expect(edge('monday')).not.toBe(THEME.accent);
  });

  test('has a row for each time of the day at which something was published', async () => {
    const times = [time('monday', 1, 9, 18), time('sunday', 1, 9, 9), time('tuesday', 1, 9, 9)];
    const { width, height } = await draw(times, { span: 3 });
    expect([width, height]).toEqual([WEEK_LAYOUT.width, fieldBox(0, 2).y + WEEK_LAYOUT.legend]);
  });

  test.each([
    ['hours', { posts: 400, hours: 24 }],
    ['blocks', { posts: 120, hours: 60 }],
  ])('can be looked at: by %s', async (name, made) => {
    const more = (hour: number) => (hour === 4 ? Math.log(2.2) : 0);
    const insights = insightsFrom(madeHistory({ seed: 7, deviation: 0.7, more, ...made }));
    const asked = { platform: null, timeZone: 'Europe/Berlin', ageMs: 86_400_000 };
    const picture = toPostingTimesPicture(insights, asked);
    if (picture === undefined) throw new Error('there is too little');
    const png = await postingTimesPicture(picture);
    await keepPicture(`best-times-${name}`, png);
    expect(await postingTimesPicture(picture)).toEqual(png);
  });
});
