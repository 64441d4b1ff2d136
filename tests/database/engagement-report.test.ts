import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readEngagementReport } from '../../database/engagement-report.ts';
import { toDay } from '../../domain/calendar.ts';
import { type Figures, NO_FIGURES } from '../../domain/engagement.ts';
import type { EngagementReport } from '../../domain/engagement-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import { spanOf } from '../../domain/report-period.ts';
import type { Period } from '../../domain/reports.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { type WrittenPlace, type WrittenReading, writePublished } from '../support/posts-with-readings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const timeZone = 'Europe/Berlin';
/** Monday to Sunday, the day on which clocks are put back. */
const WEEK = spanOf(toDay('2026-10-19'), toDay('2026-10-25'), timeZone);
const MONDAY_AT_NINE = WEEK.endsAt + 9 * HOUR_MS;

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
const write = (title: string, ...places: WrittenPlace[]) => writePublished(em(), guildId, title, places);
const read = (asOf = MONDAY_AT_NINE, period: Period = WEEK) =>
  readEngagementReport(em(), guildId, period, { asOf, timeZone });
const onX = (publishedAt: number, ...readings: WrittenReading[]): WrittenPlace => ({
  ...{ platform: 'x', publishedAt, readings },
});
const likes = (count: number | null, ageMs = HOUR_MS): WrittenReading => ({
  ageMs,
  figures: { likes: count },
});
const interactions = ({ now, before }: EngagementReport) =>
  [now, ...before].map(({ all }) => all.interactions);

describe('a report on a week', () => {
  test('has the posts that were published from its first midnight to its last', async () => {
    await write('too early', onX(WEEK.startsAt - 1, likes(1)));
    await write('first', onX(WEEK.startsAt, likes(10)));
    await write('last', onX(WEEK.endsAt - 1, likes(100)));
    await write('too late', onX(WEEK.endsAt, likes(1_000)));
    await write('never', { platform: 'x', publishedAt: null });
    const report = await read();
    expect(report.now.all).toMatchObject({ posts: 2, interactions: 110 });
    expect(report.before[0]?.all).toMatchObject({ posts: 1, interactions: 1 });
    expect(report.top.map(({ title }) => title)).toEqual(['last', 'first']);
  });

  test('counts a post on two platforms once, and what became of it on both', async () => {
    const at = WEEK.startsAt + DAY_MS;
    const figures = { reach: 100, likes: 8, clicks: 2 };
    await write('one', onX(at, { figures: { impressions: 50, likes: 5 } }), {
      ...{ platform: 'linkedin', publishedAt: at, readings: [{ figures }] },
    });
    const { now } = await read();
    expect(now.all).toMatchObject({ posts: 1, reach: 100, impressions: 50, interactions: 15, rate: 0.1 });
    expect(now.platforms.map(({ platform, posts }) => [platform, posts])).toEqual([
      ['x', 1],
      ['linkedin', 1],
    ]);
  });

  test('takes the latest reading of each post, also where a figure went down', async () => {
    const at = WEEK.startsAt + HOUR_MS;
    await write('fell', onX(at, likes(50), likes(40, DAY_MS), likes(30, 3 * DAY_MS)));
    expect((await read()).now.all.interactions).toBe(30);
  });

  test('has weeks before it as they stood as long after their end', async () => {
    const sunday = WEEK.endsAt - 2 * HOUR_MS;
    const weekly = [likes(3), likes(60, DAY_MS), likes(900, 7 * DAY_MS)];
    await write('now', onX(sunday, likes(4)));
    await write('before', onX(sunday - 7 * DAY_MS, ...weekly));
    await write('before that', onX(sunday - 14 * DAY_MS, ...weekly));
    expect(interactions(await read()).slice(0, 3)).toEqual([4, 3, 3]);
    // Two weeks later all of it is there, and counts.
    expect(interactions(await read(MONDAY_AT_NINE + 14 * DAY_MS)).slice(0, 3)).toEqual([4, 900, 900]);
  });

  test('of days that are not over has those before until the same time of the day', async () => {
    const noon = WEEK.endsAt - 12 * HOUR_MS;
    await write('this morning', onX(noon - 2 * HOUR_MS, likes(4)));
    await write('last morning', onX(noon - 2 * HOUR_MS - 7 * DAY_MS, likes(3)));
    await write('last evening', onX(noon + 2 * HOUR_MS - 7 * DAY_MS, likes(500)));
    const { now, before } = await read(noon);
    expect([now.all, before[0]?.all]).toMatchObject([
      { posts: 1, interactions: 4 },
      { posts: 1, interactions: 3 },
    ]);
  });

  test('does not take what a platform does not give for 0', async () => {
    await write('silent', onX(WEEK.startsAt, { figures: {} }));
    await write('none', { platform: 'github', publishedAt: WEEK.startsAt, readings: [likes(0)] });
    const { now, top } = await read();
    const [x, github] = now.platforms;
    expect(x).toMatchObject({ interactions: null, reach: null, impressions: null, rate: null, median: null });
    expect(github).toMatchObject({ interactions: 0, rate: null, median: 0 });
    expect(now.all.interactions).toBe(0);
    expect(top).toEqual([]);
  });

  test('has a rate of what was seen and gives interactions, and of nothing else', async () => {
    const posts: Partial<Figures>[] = [
      { impressions: 100, likes: 10 },
      { impressions: 900 },
      { likes: 77 },
      { impressions: 0, likes: 5 },
    ];
    for (const [index, figures] of posts.entries())
      await write(`${index}`, onX(WEEK.startsAt + index * HOUR_MS, { figures }));
    expect((await read()).now.all).toMatchObject({ rate: 0.1, impressions: 1_000, interactions: 92 });
  });

  test('says what could not be read, and what was deleted', async () => {
    const at = WEEK.startsAt + HOUR_MS;
    const missed = { ageMs: DAY_MS, state: 'missed' } as const;
    await write('missed', onX(at, likes(1), missed));
    await write('late', onX(at, { state: 'due' }));
    await write('just due', onX(MONDAY_AT_NINE - DAY_MS - HOUR_MS / 2, { ageMs: DAY_MS, state: 'due' }));
    await write('gone', onX(at, likes(7), { ageMs: DAY_MS, state: 'gone' }));
    await write('not yet', onX(WEEK.endsAt - 1, { ageMs: 3 * DAY_MS, state: 'due' }));
    const { now, top } = await read();
    expect(now.all).toMatchObject({ posts: 5, missed: 2, gone: 1, unread: 3, interactions: 8 });
    expect(top.map(({ title, isGone }) => [title, isGone])).toEqual([
      ['gone', true],
      ['missed', false],
    ]);
  });

  test('names five posts: by score, where one without any is as usual, and then by interactions', async () => {
    const at = WEEK.startsAt + HOUR_MS;
    const scored = (score: number | null, count: number) => onX(at, { ...likes(count), score });
    await write('poor', scored(0.2, 9_000));
    await write('unknown', scored(null, 500));
    await write('good', scored(0.8, 20));
    await write('as usual', scored(0.5, 600));
    await write('unknown and quiet', scored(null, 3));
    await write('poorer', scored(0.1, 1));
    const { top } = await read();
    expect(top.map(({ title }) => title)).toEqual([
      'good',
      'as usual',
      'unknown',
      'unknown and quiet',
      'poor',
    ]);
    expect(top[0]).toMatchObject({ platform: 'x', score: 0.8, figures: { ...NO_FIGURES, likes: 20 } });
  });

  test('names a post where it did best', async () => {
    const at = WEEK.startsAt;
    await write('one', onX(at, { ...likes(10), score: 0.6 }), {
      ...{ platform: 'discord', publishedAt: at, readings: [{ ...likes(4), score: 0.9 }] },
    });
    expect((await read()).top).toMatchObject([{ platform: 'discord', score: 0.9 }]);
  });

  test('is of this guild alone, and empty where nothing was published', async () => {
    await write('elsewhere', onX(WEEK.startsAt, likes(5)));
    guildId = newGuildId();
    const report = await read();
    expect(report.now.all).toMatchObject({ posts: 0, interactions: null });
    expect([report.now.platforms, report.top, report.before.length]).toEqual([[], [], 8]);
  });
});
