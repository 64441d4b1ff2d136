import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
import { PLATFORMS, type Platform } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';
import { spanOf, spansUpTo } from '../../domain/report-period.ts';
import type { Period, Span } from '../../domain/reports.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { newGuildId } from '../support/ids.ts';
import { type WrittenPlace, writePublished } from '../support/posts-with-readings.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const timeZone = 'Europe/Berlin';
/** Monday to Sunday, the day on which clocks are put back. */
const WEEK = spanOf(toDay('2026-10-19'), toDay('2026-10-25'), timeZone);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const em = () => database.orm.em.fork();

/** A post of a test by chance, as it is written down. */
interface RandomPost {
  readonly postId: PostId;
  readonly title: string;
  readonly places: readonly WrittenPlace[];
}

const AGES = [HOUR_MS, DAY_MS, 3 * DAY_MS, 7 * DAY_MS];
const STATES: readonly ReadingState[] = ['taken', 'taken', 'taken', 'due', 'missed', 'gone'];
const figure = fc.option(fc.nat(300), { nil: null, freq: 3 });
const figures = fc.record(
  Object.fromEntries(METRICS.map((metric) => [metric, figure])),
) as fc.Arbitrary<Figures>;
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
  hoursAfter: fc.integer({ min: -30, max: 300 }),
});

async function write(
  guildId: ReturnType<typeof newGuildId>,
  title: string,
  places: readonly WrittenPlace[],
): Promise<RandomPost> {
  return { postId: await writePublished(em(), guildId, title, places), title, places };
}

describe('the report, for any posts', () => {
  test('is what going through all of them one by one gives', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ posts, days, hoursAfter }) => {
        const guildId = newGuildId();
        const period = spanOf(toDay(`2026-10-${26 - days}`), WEEK.to, timeZone);
        const asOf = WEEK.endsAt + hoursAfter * HOUR_MS;
        const written: RandomPost[] = [];
        for (const [index, one] of posts.entries()) written.push(await write(guildId, `Post ${index}`, one));
        const report = await readEngagementReport(em(), guildId, period, { asOf, timeZone });
        expect(rounded(report)).toEqual(rounded(slowly(written, period, asOf)));
      }),
      { numRuns: 25, seed: 20261123 },
    );
  });
});

/** The same by going through all posts, as the report is described. */
function slowly(
  posts: readonly RandomPost[],
  period: Period,
  asOf: number,
): Omit<EngagementReport, 'version'> {
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
      const until = Math.min(span.endsAt, asOf);
      if (publishedAt === null || publishedAt < span.startsAt || publishedAt >= until) return [];
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
