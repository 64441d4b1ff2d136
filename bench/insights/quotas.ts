/** How much platforms let one ask of them. */

import type { Platform } from '../../domain/platforms.ts';

/** So many requests in a span of time. */
export interface Quota {
  readonly requests: number;
  readonly windowMs: number;
  /** The window in words. */
  readonly window: string;
}

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;

/** What limits reading figures on each platform, by its docs. null: it does not publish that. */
export const QUOTAS: Readonly<Record<Platform, Quota | null>> = {
  // "Rate Limits", for a bot: of all requests together.
  discord: { requests: 50, windowMs: SECOND_MS, window: 'second' },
  // "Rate limits", GET /2/tweets, for each user.
  x: { requests: 5_000, windowMs: HOUR_MS / 4, window: '15 minutes' },
  // "Rate Limiting": its app's page says how much it is.
  linkedin: null,
  // "Quota calculator": videos.list costs one unit of 10,000.
  youtube: { requests: 10_000, windowMs: 24 * HOUR_MS, window: 'day' },
  // "Rate limits for the GraphQL API": such a query costs one point of 5,000.
  github: { requests: 5_000, windowMs: HOUR_MS, window: 'hour' },
};

/** Requests that were made together. `at`: in ms. */
export interface Made {
  readonly at: number;
  readonly requests: number;
}

/** The most requests in any span of `windowMs`, where what is made is made again every `periodMs`. */
export function mostWithin(made: readonly Made[], windowMs: number, periodMs: number): number {
  const inOnePeriod = made.map(({ at, requests }) => ({ at: at % periodMs, requests }));
  const inTwo = [...inOnePeriod, ...inOnePeriod.map((one) => ({ ...one, at: one.at + periodMs }))];
  const sums = inOnePeriod.map(({ at: from }) =>
    inTwo
      .filter(({ at }) => at >= from && at < from + windowMs)
      .reduce((sum, { requests }) => sum + requests, 0),
  );
  return Math.max(0, ...sums);
}
