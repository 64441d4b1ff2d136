import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readEngagementReport } from '../../database/engagement-report.ts';
import { toDay } from '../../domain/calendar.ts';
import {
  engagementRateOf,
  type Figures,
  interactionsOf,
  METRICS,
  NO_FIGURES,
  type ReadingState,
  seenBy,
} from '../../domain/engagement.ts';
import type { EngagementReport, Tally } from '../../domain/engagement-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';
import { spanOf, spansUpTo } from '../../domain/report-period.ts';
import type { Period, Span } from '../../domain/reports.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { type WrittenPlace, type WrittenReading, writePublished } from '../support/published-posts.ts';

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
const likes = (count: number | null, ageMs = HOUR_MS): WrittenReading => ({ ageMs, figures: { likes: count } });
const interactions = ({ now, before }: EngagementReport) => [now, ...before].map(({ all }) => all.interactions);

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
    expect(top.map(({ title }) => title)).toEqual(['good', 'as usual', 'unknown', 'unknown and quiet', 'poor']);
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

/** A post of a test by chance, as it is written down. */
interface RandomPost {
  readonly postId: PostId;
  readonly title: string;
  readonly places: readonly WrittenPlace[];
}

const AGES = [HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS];
const STATES: readonly ReadingState[] = ['taken', 'taken', 'taken', 'due', 'missed', 'gone'];
const figure = fc.option(fc.nat(300), { nil: null, freq: 3 });
const figures = fc.record(Object.fromEntries(METRICS.map((metric) => [metric, figure]))) as fc.Arbitrary<Figures>;
const score = fc.option(
  fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20),
  { nil: null },
);
const reading = (ageMs: number) =>
  fc.option(fc.record({ ageMs: fc.constant(ageMs), state: fc.constantFrom(...STATES), figures, score }), {
    nil: undefined,
  });
const readings = fc.tuple(...AGES.map(reading)).map((all) => all.filter((one) => one !== undefined));
/** In the weeks that the report compares, and a little before and after them. */
const moment = fc.integer({ min: -9 * 7 * 24 - 50, max: 50 }).map((hours) => WEEK.endsAt + hours * HOUR_MS);
const place = (platform: Platform) =>
  fc.option(
    fc.record({
      ...{ platform: fc.constant(platform), readings },
      publishedAt: fc.option(moment, { nil: null, freq: 8 }),
    }),
    { nil: undefined },
  );
const places = fc
  .tuple(...PLATFORMS.map(place))
  .map((all): readonly WrittenPlace[] => all.filter((one) => one !== undefined));
const scenario = fc.record({
  posts: fc.array(places, { minLength: 1, maxLength: 40 }),
  days: fc.integer({ min: 1, max: 9 }),
  hoursAfter: fc.integer({ min: 0, max: 300 }),
});

describe('the report, for any posts', () => {
  test('is what going through all of them one by one gives', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ posts, days, hoursAfter }) => {
        guildId = newGuildId();
        const period = spanOf(toDay(`2026-10-${26 - days}`), WEEK.to, timeZone);
        const asOf = WEEK.endsAt + hoursAfter * HOUR_MS;
        const written: RandomPost[] = [];
        for (const [index, one] of posts.entries())
          written.push({ postId: await write(`Post ${index}`, ...one), title: `Post ${index}`, places: one });
        expect(rounded(await read(asOf, period))).toEqual(rounded(slowly(written, period, asOf)));
      }),
      { numRuns: 25, seed: 20261123 },
    );
  });
});

/** The same by going through all posts, as the report is described. */
function slowly(posts: readonly RandomPost[], period: Period, asOf: number): Omit<EngagementReport, 'version'> {
  const [now, ...before] = spansUpTo(period, timeZone);
  const tallied = (span: Span) => {
    const found = standing(posts, span, span.endsAt + asOf - now.endsAt);
    return {
      ...span,
      all: tallyOf(found),
      platforms: PLATFORMS.flatMap((platform) => {
        const here = found.filter((one) => one.platform === platform);
        const counts = here.map(({ latest }) => (latest ? interactionsOf(latest.figures) : null));
        return here.length === 0 ? [] : [{ platform, ...tallyOf(here), median: medianOf(counts) }];
      }),
    };
  };
  const found = standing(posts, now, asOf);
  return { asOf, now: tallied(now), before: before.map(tallied), top: bestOf(found) };
}

type Standing = ReturnType<typeof standing>[number];

/** Each post on each platform on which it was published in a span, with the reading that counts. */
function standing(posts: readonly RandomPost[], span: Span, asOf: number) {
  return posts.flatMap(({ postId, title, places }) =>
    places.flatMap(({ platform, publishedAt, readings = [] }) => {
      if (publishedAt === null || publishedAt < span.startsAt || publishedAt >= span.endsAt) return [];
      const all = readings.map(({ ageMs = 0, state, figures, score = null }) => ({
        ...{ ageMs, state, score, figures: { ...NO_FIGURES, ...figures }, dueAt: publishedAt + ageMs },
      }));
      const taken = all.filter(({ state, dueAt }) => state === 'taken' && dueAt <= asOf);
      const latest = taken.sort((one, other) => one.ageMs - other.ageMs).at(-1);
      const isGone = all.some(({ state }) => state === 'gone');
      const missed = all.filter(
        ({ state, dueAt }) =>
          (state === 'missed' && dueAt <= asOf) || (state === 'due' && dueAt <= asOf - HOUR_MS),
      ).length;
      return [{ postId, title, platform, latest, isGone, missed }];
    }),
  );
}

function tallyOf(found: readonly Standing[]): Tally {
  const figures = found.flatMap(({ latest }) => (latest === undefined ? [] : [latest.figures]));
  const rated = figures.filter((one) => engagementRateOf(one) !== null);
  const [interactions, seen] = [sumOf(rated.map(interactionsOf)), sumOf(rated.map(seenBy))];
  return {
    posts: new Set(found.map(({ postId }) => postId)).size,
    reach: sumOf(figures.map(({ reach }) => reach)),
    impressions: sumOf(figures.filter(({ reach }) => reach === null).map(({ impressions }) => impressions)),
    interactions: sumOf(figures.map(interactionsOf)),
    rate: interactions === null || seen === null ? null : interactions / seen,
    unread: found.length - figures.length,
    gone: found.filter(({ isGone }) => isGone).length,
    missed: sumOf(found.map(({ missed }) => missed)) ?? 0,
  };
}

function bestOf(found: readonly Standing[]): EngagementReport['top'] {
  const ranked = found
    .flatMap(({ latest, ...one }) => {
      const count = latest === undefined ? null : interactionsOf(latest.figures);
      return latest === undefined || count === null || count === 0 ? [] : [{ ...one, ...latest, count }];
    })
    .sort(
      (one, other) =>
        (other.score ?? 0.5) - (one.score ?? 0.5) ||
        other.count - one.count ||
        one.postId.localeCompare(other.postId) ||
        one.platform.localeCompare(other.platform),
    );
  const isFirst = ({ postId }: { postId: PostId }, index: number) =>
    ranked.findIndex((one) => one.postId === postId) === index;
  return ranked
    .filter(isFirst)
    .slice(0, 5)
    .map(({ postId, title, platform, figures, score, isGone }) => ({
      ...{ postId, title, platform, url: `https://${platform}.example/${postId}`, figures, score, isGone },
    }));
}

function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function medianOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((one, other) => one - other);
  const middle = (known.length - 1) / 2;
  const [low, high] = [known[Math.floor(middle)], known[Math.ceil(middle)]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Without the version, and without what two ways of dividing differ by. */
function rounded(report: object): unknown {
  return JSON.parse(
    JSON.stringify({ ...report, version: undefined }, (_, value) =>
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toFixed(9)) : value,
    ),
  );
}
