/** Readings of posts, as they stand in the statistics. */

import { type Figures, NO_FIGURES } from '../../domain/engagement.ts';
import { toGuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PlatformStats, PostStats, StatsReading } from '../../domain/post-stats.ts';
import { toPostId } from '../../domain/posts.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;
/** When the posts were published. */
export const PUBLISHED_AT = Date.parse('2026-11-23T12:00:00Z');

/** A reading that was taken at this age of the post. What is not named, the platform does not give. */
export function taken(
  ageMs: number,
  figures: Partial<Figures>,
  changes: Partial<StatsReading> = {},
): StatsReading {
  const at = PUBLISHED_AT + ageMs;
  return {
    ...{ ageMs, dueAt: at, state: 'taken', takenAt: at, figures: { ...NO_FIGURES, ...figures } },
    ...{ score: null, isWeighed: true },
    ...changes,
  };
}

/** A reading without figures. */
export function notTaken(ageMs: number, state: Exclude<StatsReading['state'], 'taken'>): StatsReading {
  return taken(ageMs, {}, { state, takenAt: null, isWeighed: false });
}

export function platformStats(
  platform: Platform,
  readings: readonly StatsReading[],
  changes: Partial<PlatformStats> = {},
): PlatformStats {
  const url = `https://${platform}.example/1`;
  return { ...{ platform, url, publishedAt: PUBLISHED_AT, needsAccount: false, readings }, ...changes };
}

export function statsOf(...platforms: readonly PlatformStats[]): PostStats {
  const ref = { guildId: toGuildId('1180000000000000000'), postId: toPostId('1400000000000000001') };
  return { ...ref, title: 'TiXL 4 is *out*', state: 'settled', platforms };
}
