import { type ScheduleOptions, ScheduleOverlapPolicy, type WorkflowStartOptions } from '@temporalio/client';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import {
  type LeaderboardReading,
  leaderboardReadingId,
  leaderboardsId,
  type PostTimes,
} from '../../domain/leaderboards.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { calendarAt, startBySchedule } from './schedule.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflows' types, as Temporal knows them. */
export const LEADERBOARDS = 'leaderboards';
export const LEADERBOARD_PAGE = 'leaderboardPage';

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

/** Which page of a leaderboard is read, and for whom. Pages count from 1. */
export interface LeaderboardPageInput {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  /** The leaderboard's name. */
  readonly board: string;
  readonly page: number;
}

/** Gives null if there is no such leaderboard (any more). */
export type LeaderboardPageWorkflow = (input: LeaderboardPageInput) => Promise<LeaderboardReading | null>;

/** How a page is read: once for each interaction that asks for it, however often that is handed over. */
export function startLeaderboardPage(input: LeaderboardPageInput, interactionId: string) {
  const { guildId, memberId, board, page } = input;
  return {
    ...once(leaderboardReadingId(guildId, interactionId)),
    taskQueue: taskQueues(guildId).community,
    args: [input] as [LeaderboardPageInput],
    // Nobody waits for it longer than that.
    workflowExecutionTimeout: '1m',
    staticSummary: `Page ${page} of ${board}`,
    typedSearchAttributes: searchAttributes(guildId, 'leaderboards', { member: memberId }),
  } satisfies WorkflowStartOptions<LeaderboardPageWorkflow>;
}
