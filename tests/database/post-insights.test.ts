import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type HistoryAsked, readPostHistory } from '../../database/post-insights.ts';
import type { GuildId } from '../../domain/ids.ts';
import { MOST_TIMES } from '../../domain/post-insights.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { type PastDelivery, writePost } from '../support/published-posts.ts';

const DAY_MS = 86_400_000;
const ASKED: HistoryAsked = {
  since: Date.parse('2026-01-01T00:00:00Z'),
  ...{ ageMs: DAY_MS, timeZone: 'Europe/Berlin', platform: null },
  weights: { likes: 1, shares: 3, comments: 2, clicks: 1 },
};
const TUESDAY_SUMMER = '2026-07-07T17:10:00Z';
const TUESDAY_WINTER = '2026-12-01T18:30:00Z';

let database: TestDatabase;
let guildId: GuildId;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  guildId = newGuildId();
});

const em = () => database.orm.em.fork();
const read = (asked: Partial<HistoryAsked> = {}) => readPostHistory(em(), guildId, { ...ASKED, ...asked });
const liked = (likes: number, more: Partial<PastDelivery> = {}): PastDelivery => ({
  ...{ platform: 'x', figures: { likes } },
  ...more,
});
const publish = (at: string, ...deliveries: PastDelivery[]) =>
  writePost(em(), guildId, { publishAt: at, deliveries });

describe('a history of posts', () => {
  test('is by weekday and hour as clocks there show them, in summer and in winter', async () => {
    await publish(TUESDAY_SUMMER, liked(7));
    await publish(TUESDAY_WINTER, liked(7));
    await publish('2026-12-05T23:30:00Z', liked(7));
    const { hours, posts, since } = await read();
    expect(hours).toMatchObject([
      { weekday: 'tuesday', hour: 19, posts: 2 },
      { weekday: 'sunday', hour: 0, posts: 1 },
    ]);
    expect([posts, since]).toEqual([3, Date.parse(TUESDAY_SUMMER)]);
    const inNewYork = await read({ timeZone: 'America/New_York' });
    expect(inNewYork.hours.map(({ weekday, hour }) => [weekday, hour])).toEqual([
      ['tuesday', 13],
      ['saturday', 18],
    ]);
  });

  test('tells both hours that clocks show as one when they are put back', async () => {
    await publish('2026-10-25T00:30:00Z', liked(1));
    await publish('2026-10-25T01:30:00Z', liked(1));
    expect((await read()).hours).toMatchObject([{ weekday: 'sunday', hour: 2, posts: 2 }]);
  });

  test('compares a post with the median of its platform, each interaction as often as it counts', async () => {
    await publish(TUESDAY_SUMMER, liked(20, { figures: { likes: 20, shares: 0, comments: 0 } }));
    await publish('2026-07-08T17:00:00Z', liked(0, { figures: { likes: 1, shares: 2, comments: 3 } }));
    await publish('2026-07-09T17:00:00Z', liked(100, { figures: { likes: 100, shares: 0, comments: 0 } }));
    const { hours } = await read();
    const values = [0, Math.log(18 / 25), Math.log(105 / 25)];
    expect(hours.map(({ sum }) => sum)).toEqual(values.map((value) => expect.closeTo(value)));
    expect(hours.map(({ squares }) => squares)).toEqual(values.map((value) => expect.closeTo(value ** 2)));
  });

  test('compares a post with those alone of which its platform gives the same', async () => {
    for (const likes of [5, 5, 5, 5]) await publish(TUESDAY_SUMMER, liked(likes));
    // Clicks are counted since then: these are no better than those before.
    for (const clicks of [40, 40, 40])
      await publish('2026-07-10T10:00:00Z', liked(0, { figures: { likes: 5, clicks } }));
    const { hours } = await read();
    expect(hours.map(({ posts, sum }) => [posts, sum])).toEqual([
      [4, 0],
      [3, 0],
    ]);
  });

  test('puts platforms together, each by what is usual there; a post is one post, wherever it went', async () => {
    const both = (x: number, discord: number) => [liked(x), liked(discord, { platform: 'discord' })];
    await publish(TUESDAY_SUMMER, ...both(5, 495));
    await publish(TUESDAY_SUMMER, ...both(5, 495));
    await publish('2026-07-10T10:00:00Z', ...both(15, 995));
    const { hours, posts } = await read();
    expect(posts).toBe(3);
    expect(hours).toEqual([
      { weekday: 'tuesday', hour: 19, posts: 2, sum: 0, squares: 0 },
      {
        ...{ weekday: 'friday', hour: 12, posts: 1 },
        ...{ sum: expect.closeTo(Math.log(2)), squares: expect.closeTo(Math.log(2) ** 2) },
      },
    ]);
    const onX = await read({ platform: 'x' });
    expect([onX.posts, onX.hours[1]?.sum]).toEqual([3, expect.closeTo(Math.log(2))]);
    expect(await read({ platform: 'github' })).toEqual({ hours: [], posts: 0, since: null });
  });

  test('has a post at each hour at which it was published, and counts it once', async () => {
    await publish(TUESDAY_SUMMER, liked(3), liked(3, { platform: 'github', at: '2026-07-07T20:00:00Z' }));
    const { hours, posts } = await read();
    expect(hours.map(({ hour, posts: there }) => [hour, there])).toEqual([
      [19, 1],
      [22, 1],
    ]);
    expect(posts).toBe(1);
  });

  test('takes what spread by itself for no more than ten times the usual', async () => {
    for (const likes of [20, 20, 100_000]) await publish(TUESDAY_SUMMER, liked(likes));
    expect((await read()).hours[0]?.sum).toBeCloseTo(Math.log(MOST_TIMES));
  });

  test.each<[string, PastDelivery]>([
    ['that were not read at that age', liked(9, { ageMs: 3_600_000 })],
    ['of which a reading was missed', liked(9, { reading: 'missed' })],
    ['that were deleted', liked(9, { reading: 'gone' })],
    ['whose reading is due', liked(9, { reading: 'due' })],
    ['of which no interaction is known', liked(0, { figures: { impressions: 900 } })],
    ['that were read too late', liked(9, { lateMs: DAY_MS / 10 + 1 })],
    ['that are too old', liked(9, { at: '2025-12-31T23:00:00Z' })],
  ])('has no posts %s', async (_, delivery) => {
    await publish(TUESDAY_SUMMER, delivery);
    expect(await read()).toEqual({ hours: [], posts: 0, since: null });
  });

  test('has those that were read somewhat late', async () => {
    await publish(TUESDAY_SUMMER, liked(9, { lateMs: DAY_MS / 10 }));
    expect((await read()).posts).toBe(1);
  });

  test('is that of one guild', async () => {
    await writePost(em(), newGuildId(), { publishAt: TUESDAY_SUMMER, deliveries: [liked(9)] });
    expect((await read()).posts).toBe(0);
  });
});
