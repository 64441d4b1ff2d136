/** Reports on what became of posts, made up. */

import { addDays, toDay } from '../../domain/calendar.ts';
import { NO_FIGURES } from '../../domain/engagement.ts';
import {
  type EngagementReport,
  type PlatformTally,
  type SpanTally,
  type Tally,
  toEngagementReport,
} from '../../domain/engagement-report.ts';
import type { Platform } from '../../domain/platforms.ts';
import { toPostId } from '../../domain/posts.ts';

const FIRST = toDay('2026-11-16');

const NOTHING: Tally = {
  ...{ posts: 0, reach: null, impressions: null, interactions: null, rate: null },
  ...{ unread: 0, gone: 0, missed: 0 },
};

/** What became of the posts of all platforms. */
const tally = (changes: Partial<Tally> = {}): Tally => ({ ...NOTHING, ...changes });

/** What became of a post on a platform. */
export const tallyOn = (platform: Platform, changes: Partial<PlatformTally> = {}): PlatformTally => ({
  ...{ ...NOTHING, platform, posts: 1, median: null, ...changes },
});

/** The week that began so many weeks before the report's, which is that from 16 to 22 November 2026, in UTC. */
export function weekOf(
  back: number,
  all: Partial<Tally> = {},
  platforms: readonly PlatformTally[] = [],
): SpanTally {
  const from = addDays(FIRST, -7 * back);
  return {
    ...{ from, to: addDays(from, 6), startsAt: Date.parse(from), endsAt: Date.parse(addDays(from, 7)) },
    ...{ all: tally(all), platforms },
  };
}

/** A report on that week, made the next morning, with the weeks before it as they are listed. */
export function reportOn(
  now: SpanTally,
  before: readonly SpanTally[] = [],
  top: EngagementReport['top'] = [],
): EngagementReport {
  return toEngagementReport({ asOf: Date.parse('2026-11-23T08:00:00Z'), now, before, top });
}

/** One on all platforms, with eight weeks before it, some of them without posts on some platforms. */
export function fullReport(title = 'Particles that follow a curve'): EngagementReport {
  const weeks = Array.from({ length: 9 }, (_, back) => {
    const factor = 1 + ((back * 5) % 7) / 4;
    const platforms = [
      tallyOn('discord', { posts: 3, interactions: Math.round(40 * factor), median: 12 }),
      tallyOn('x', {
        posts: 3,
        impressions: Math.round(4_000 * factor),
        interactions: 90 + back * 7,
        median: 28,
      }),
      tallyOn('linkedin', {
        posts: 2,
        reach: 900,
        interactions: Math.round(25 * factor),
        rate: 0.03,
        median: 11,
      }),
      ...(back % 3 === 0 ? [tallyOn('youtube', { impressions: 2_600, interactions: 140, rate: 0.05 })] : []),
      tallyOn('github', { posts: 1, interactions: back === 2 ? null : 14, median: 14 }),
    ];
    return weekOf(
      back,
      { posts: 3, reach: 900, impressions: 4_000 + back * 300, interactions: 300 + back * 20, rate: 0.041 },
      platforms,
    );
  });
  const [now = weekOf(0), ...before] = weeks;
  const top = Array.from({ length: 5 }, (_, index) => ({
    ...{
      postId: toPostId(`${index}`),
      title,
      platform: 'x' as const,
      url: `https://x.com/tixl/status/${index}`,
    },
    ...{ figures: { ...NO_FIGURES, impressions: 4_321, likes: 90 - index, shares: 12, comments: 7 } },
    ...{ score: index === 4 ? null : 0.9 - index / 10, isGone: index === 3 },
  }));
  return reportOn(now, before, top);
}
