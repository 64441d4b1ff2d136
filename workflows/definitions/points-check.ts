import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { type PointsCheck, pointsCheckId } from '../../domain/points-check.ts';
import { calendarAt, startBySchedule } from './schedule.ts';

/** The workflow's type, as Temporal knows it. */
export const POINTS_CHECK = 'pointsCheck';

/** When few are there, and no clock is put forward or back. */
const TIME_OF_DAY = '04:30';

/** Whose points are checked. */
export interface PointsCheckInput {
  readonly guildId: GuildId;
}

/** What was found, and whether staff were told, if there was something to tell. */
export interface PointsCheckResult {
  readonly check: PointsCheck;
  readonly told?: Delivery;
}

/** How points are checked, by the schedule or by hand. */
export function startPointsCheck(guildId: GuildId) {
  return {
    ...startBySchedule(guildId, 'points-check', pointsCheckId(guildId)),
    args: [{ guildId }] as [PointsCheckInput],
    staticSummary: 'Totals against the ledger, and badges',
  };
}

/** The schedule: every day, one check at a time. One that was missed is made up for until the next. */
export function pointsCheckSchedule(guildId: GuildId, timeZone: string): ScheduleOptions {
  return {
    scheduleId: pointsCheckId(guildId),
    spec: { calendars: [calendarAt(TIME_OF_DAY, {})], timezone: timeZone },
    action: { type: 'startWorkflow', workflowType: POINTS_CHECK, ...startPointsCheck(guildId) },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '22h' },
  };
}
