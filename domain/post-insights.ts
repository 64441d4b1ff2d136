/**
 * At which times of the week posts do well, and how sure that is.
 *
 * What a post is worth is the logarithm of (e + 5) / (u + 5): e are its weighted interactions about a day after it was published, u is the
 * median of the same on its platform, of the posts of which that gives all that it gives of this one: clicks may be counted since lately
 * alone. So platforms can be put together. A post that went to several of them at one time is one post with the mean of their values, since
 * its words are the same.
 *
 * What a time of the week is worth is the mean of its posts, with five average posts added: so few posts cannot make it stand out far. It
 * is taken to be normally distributed around that, with the variance of all posts by how many there are, those five included.
 */

import { type EngagementSettings, readingAges } from './engagement.ts';
import { deviationsAbove } from './normal-distribution.ts';
import { byTimeOfWeek, type WeekHour } from './week-hours.ts';

/** How far back posts are looked at, in days. */
export const INSIGHT_DAYS = 365;
/** A post counts as so many times the usual at most, and as that part of it at least: one that spread by itself does not make a time a good one. */
export const MOST_TIMES = 10;
/** Of fewer posts nothing is said. */
export const LEAST_POSTS = 30;
/** Of a time of the week with fewer posts nothing is said. */
export const LEAST_AT_A_TIME = 3;
/** Added to each time of the week. */
const AVERAGE_POSTS = 5;
/** Single hours are looked at if half of the posts were published at hours with at least so many, otherwise blocks of hours. */
const ENOUGH_FOR_HOURS = 8;
export const BLOCK_HOURS = 3;
/** Less is not worth moving a post for. */
const WORTH_SAYING = 1.1;
const MOST_NAMED = 3;
/** What lies beyond each end of an interval: it holds the other 80 %. It is somewhat wide, since all posts vary by their times as well. */
const BEYOND = 0.1;
const DAY_MS = 86_400_000;

/** The posts that were published in an hour of the week: how many, and the sums of their values and of the squares of those. */
export interface HourOfPosts extends WeekHour {
  readonly posts: number;
  readonly sum: number;
  readonly squares: number;
}

/** What is known of posts. */
export interface PostHistory {
  readonly hours: readonly HourOfPosts[];
  /** How many different posts there are. */
  readonly posts: number;
  /** When the first of them was published, in ms since 1970. */
  readonly since: number | null;
}

/** How posts have done at a time of the week, in comparison with all. */
export interface PostingTime extends WeekHour {
  readonly posts: number;
  /** So many times as much as usual. */
  readonly factor: number;
  /** The interval in which it lies in at least 80 of 100 cases, if times of the week differ by as much as five posts are worth. */
  readonly from: number;
  readonly to: number;
  /** How much speaks for that it is better than usual. `quite sure`: see `sureness`. */
  readonly sureness: Sureness | null;
}

/**
 * `a hint`: the interval lies above the usual. `quite sure`: so does one so wide that by chance alone not even one of all times would be
 * above in nine of ten histories.
 */
export type Sureness = 'quite sure' | 'a hint';

/** What follows from a history. */
export type PostInsights =
  | { readonly kind: 'too little'; readonly posts: number }
  | {
      readonly kind: 'times';
      readonly posts: number;
      readonly since: number | null;
      /** How many hours a time is long. */
      readonly span: number;
      /** Those with any post, from Monday on. */
      readonly times: readonly PostingTime[];
      /** At most three, the surest first. None: no time stands out. */
      readonly best: readonly PostingTime[];
    };

/** At which age posts are compared, in ms: of those at which figures are read, the one nearest to a day. */
export function comparedAge(settings: Pick<EngagementSettings, 'readings'>): number {
  const distance = (ageMs: number) => Math.abs(ageMs - DAY_MS);
  return readingAges(settings).reduce((best, ageMs) => (distance(ageMs) < distance(best) ? ageMs : best));
}

/** Says at which times posts do well, or that there is too little to say so. */
export function insightsFrom({ hours, posts, since }: PostHistory): PostInsights {
  const span = areHoursTold(hours) ? 1 : BLOCK_HOURS;
  const groups = inBlocks(hours, span);
  if (posts < LEAST_POSTS || !groups.some(saysSomething)) return { kind: 'too little', posts };
  const whole = wholeOf(groups);
  const times = groups.map((group) => timeOf(group, whole)).sort(byTimeOfWeek);
  return { kind: 'times', posts, since, span, times, best: bestOf(times) };
}

/** Whether a time of the week has had enough posts for something to be said of it. */
export function saysSomething({ posts }: Pick<PostingTime, 'posts'>): boolean {
  return posts >= LEAST_AT_A_TIME;
}

function areHoursTold(hours: readonly HourOfPosts[]): boolean {
  const all = postsIn(hours);
  return postsIn(hours.filter(({ posts }) => posts >= ENOUGH_FOR_HOURS)) >= all / 2;
}

function postsIn(hours: readonly HourOfPosts[]): number {
  return hours.reduce((sum, { posts }) => sum + posts, 0);
}

/** Puts hours together that lie in the same block of `span` hours, by the hour at which it begins. */
function inBlocks(hours: readonly HourOfPosts[], span: number): HourOfPosts[] {
  const blocks = new Map<string, HourOfPosts>();
  for (const { weekday, hour, posts, sum, squares } of hours) {
    const begins = hour - (hour % span);
    const key = `${weekday} ${begins}`;
    const known = blocks.get(key) ?? { weekday, hour: begins, posts: 0, sum: 0, squares: 0 };
    blocks.set(key, {
      ...known,
      ...{ posts: known.posts + posts, sum: known.sum + sum, squares: known.squares + squares },
    });
  }
  return [...blocks.values()];
}

/** What all posts have in common. */
interface Whole {
  readonly mean: number;
  readonly deviation: number;
  /** How many times of the week are compared with each other. */
  readonly compared: number;
}

function wholeOf(groups: readonly HourOfPosts[]): Whole {
  const posts = postsIn(groups);
  const mean = groups.reduce((total, { sum }) => total + sum, 0) / posts;
  const squares = groups.reduce((total, group) => total + group.squares, 0);
  const variance = Math.max(0, squares - posts * mean ** 2) / (posts - 1);
  return { mean, deviation: Math.sqrt(variance), compared: groups.filter(saysSomething).length };
}

function timeOf({ weekday, hour, posts, sum }: HourOfPosts, whole: Whole): PostingTime {
  const weight = posts + AVERAGE_POSTS;
  const above = (sum - posts * whole.mean) / weight;
  const deviation = whole.deviation / Math.sqrt(weight);
  const within = deviationsAbove(BEYOND) * deviation;
  return {
    ...{ weekday, hour, posts },
    ...{ factor: Math.exp(above), from: Math.exp(above - within), to: Math.exp(above + within) },
    sureness: saysSomething({ posts }) ? surenessOf(above, deviation, whole) : null,
  };
}

/**
 * The best of many times looks better than it is, since it was chosen for that. So what is beyond the interval is shared among all that are
 * compared (Bonferroni's correction).
 */
function surenessOf(above: number, deviation: number, { compared }: Whole): Sureness | null {
  if (above > deviationsAbove(BEYOND / compared) * deviation) return 'quite sure';
  return above > deviationsAbove(BEYOND) * deviation ? 'a hint' : null;
}

/** Those whose interval begins highest: what is sure comes before what may be more. */
function bestOf(times: readonly PostingTime[]): PostingTime[] {
  return times
    .filter(({ sureness, factor }) => sureness !== null && factor >= WORTH_SAYING)
    .sort((one, other) => other.from - one.from || byTimeOfWeek(one, other))
    .slice(0, MOST_NAMED);
}
