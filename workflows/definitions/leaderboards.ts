import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { leaderboardsId, type PostTimes } from '../../domain/leaderboards.ts';
import { calendarAt, startBySchedule } from './schedule.ts';

/** The workflow's type, as Temporal knows it. */
export const LEADERBOARDS = 'leaderboards';

/** Whose leaderboards are posted. */
export interface LeaderboardsInput {
  readonly guildId: GuildId;
}

/** What became of the post. */
export interface LeaderboardsResult {
  readonly posted: Delivery | { readonly kind: 'nobody' };
}

/** How leaderboards are posted, by the schedule or by hand. */
export function startLeaderboards(guildId: GuildId) {
  return {
    ...startBySchedule(guildId, 'leaderboards', leaderboardsId(guildId)),
    args: [{ guildId }] as [LeaderboardsInput],
    staticSummary: 'Posts all leaderboards',
  };
}

/** The schedule: one post at a time. Of those that were missed while Temporal was away, the last one is made up for. */
export function leaderboardsSchedule(
  guildId: GuildId,
  { every, at, on }: PostTimes,
  timeZone: string,
): ScheduleOptions {
  return {
    scheduleId: leaderboardsId(guildId),
    spec: { calendars: [calendarAt(at, every === 'week' ? { weekday: on } : {})], timezone: timeZone },
    action: { type: 'startWorkflow', workflowType: LEADERBOARDS, ...startLeaderboards(guildId) },
    // Shorter than the time between two, also where a day has 23 hours.
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: every === 'week' ? '6d' : '22h' },
  };
}
