import { type ScheduleOptions, ScheduleOverlapPolicy, type WorkflowStartOptions } from '@temporalio/client';
import type { Delivery } from '../../domain/delivery.ts';
import type { EngagementSettings } from '../../domain/engagement.ts';
import { engagementReportId, engagementReportsId } from '../../domain/engagement-report.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Period } from '../../domain/reports.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { calendarAt, startBySchedule } from './schedule.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const ENGAGEMENT_REPORT = 'engagementReport';

/** Which report is made. */
export interface EngagementReportInput {
  readonly guildId: GuildId;
  /** Left out: the seven days that were over on the day for which the schedule meant it. */
  readonly period?: Period;
  /** Whether staff read it in their channel, or whoever asked for it shows it. */
  readonly isPosted: boolean;
}

/** What came of it. */
export interface EngagementReportResult {
  readonly period: Period;
  /** How many posts it is about. */
  readonly posts: number;
  readonly posted?: Delivery;
}

/** How the weekly report is made, by the schedule or by hand. */
export function startWeeklyEngagementReport(guildId: GuildId) {
  return {
    ...startBySchedule(guildId, 'engagement-report', engagementReportsId(guildId)),
    args: [{ guildId, isPosted: true }] as [EngagementReportInput],
    staticSummary: 'What became of the posts of the week',
  };
}

/** The schedule: every week, also those that were over while Temporal was away. */
export function engagementReportSchedule(
  guildId: GuildId,
  { report: { weekday, at }, timeZone }: Pick<EngagementSettings, 'report' | 'timeZone'>,
): ScheduleOptions {
  return {
    scheduleId: engagementReportsId(guildId),
    spec: { calendars: [calendarAt(at, { weekday })], timezone: timeZone },
    action: {
      type: 'startWorkflow',
      workflowType: ENGAGEMENT_REPORT,
      ...startWeeklyEngagementReport(guildId),
    },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: '365d' },
  };
}

/** How somebody has a report made: once for each request, however often that is handed over. */
export function startEngagementReport(
  input: EngagementReportInput & { readonly period: Period },
  requestId: string,
): WorkflowStartOptions & { args: [EngagementReportInput] } {
  return {
    ...once(engagementReportId(input.guildId, requestId)),
    taskQueue: taskQueues(input.guildId).community,
    args: [input],
    staticSummary: 'What became of the posts of a time',
    typedSearchAttributes: searchAttributes(input.guildId, 'engagement-report'),
  };
}
