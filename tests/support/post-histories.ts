/** Made histories of posts, whose answer is known. */

import { WEEKDAYS } from '../../domain/calendar.ts';
import type { HourOfPosts, PostHistory } from '../../domain/post-insights.ts';
import { isSameHour, type WeekHour } from '../../domain/week-hours.ts';

/** A post that was published in an hour of the week, and what it is worth. */
export interface ValuedPost extends WeekHour {
  readonly value: number;
}

/** The history of these posts. */
export function historyOf(posts: readonly ValuedPost[]): PostHistory {
  const hours: HourOfPosts[] = [];
  for (const post of posts) {
    const index = hours.findIndex((hour) => isSameHour(hour, post));
    const { sum, squares, posts: count } = hours[index] ?? { sum: 0, squares: 0, posts: 0 };
    const { weekday, hour, value } = post;
    const next = { weekday, hour, posts: count + 1, sum: sum + value, squares: squares + value ** 2 };
    if (index === -1) hours.push(next);
    else hours[index] = next;
  }
  return { hours, posts: posts.length, since: posts.length === 0 ? null : 0 };
}

/** Numbers between 0 and 1 that look like chance and are the same for the same seed (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number of the normal distribution with mean 0 and deviation 1 (Box and Muller). */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** What there is in a history that is made by chance. */
export interface MadeHistory {
  readonly seed: number;
  readonly posts: number;
  /** So many different hours of the week have posts. */
  readonly hours: number;
  /** Of the values, which are normally distributed. */
  readonly deviation: number;
  /** What posts at the hour with this number are worth more. Left out: nothing. */
  readonly more?: (hour: number) => number;
}

/** The hour of the week with this number: all days first, then other hours, hours apart from each other. */
export function hourNumbered(number: number): WeekHour {
  const weekday = WEEKDAYS[number % WEEKDAYS.length] ?? 'monday';
  return { weekday, hour: (Math.floor(number / WEEKDAYS.length) * 5 + 9) % 24 };
}

/** So many numbers that are normally distributed, the same for the same seed. */
export function normalNumbers(seed: number, count: number): number[] {
  const next = chance(seed);
  return Array.from({ length: count }, () => normal(next));
}

/** A history of posts at hours by chance, with values by chance. */
export function madeHistory({ seed, posts, hours, deviation, more }: MadeHistory): PostHistory {
  const next = chance(seed);
  return historyOf(
    Array.from({ length: posts }, () => {
      const number = Math.floor(next() * hours);
      const value = normal(next) * deviation + (more?.(number) ?? 0);
      return { ...hourNumbered(number), value };
    }),
  );
}
