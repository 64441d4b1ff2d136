import { type ScheduleOptions, ScheduleOverlapPolicy, type WorkflowStartOptions } from '@temporalio/client';
import type { Delivery, RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import {
  type ReturnedWinner,
  type WinnersPeriod,
  type WinnersSettings,
  winnersId,
  winnersRoleId,
} from '../../domain/winners.ts';
import { calendarAt, startBySchedule } from './schedule.ts';
import { searchAttributes } from './search-attributes.ts';
import { once } from './start.ts';

/** The workflows' types, as Temporal knows them. */
export const WINNERS = 'winners';
export const WINNERS_ROLE = 'winnersRole';

/** What is closed: the period of this kind that was over on the day before. */
export interface WinnersInput {
  readonly guildId: GuildId;
  readonly kind: WinnersPeriod;
  /** Up to which place one wins. */
  readonly first: number;
}

/** What came of it. */
export interface WinnersResult {
  /** As the tables call it: `2026-W47`, `2026-11`. */
  readonly period: string;
  readonly winners: number;
  readonly roles: readonly { readonly memberId: MemberId; readonly change: RoleChange }[];
  readonly told?: Delivery | { readonly kind: 'not configured' };
}

/** How a period is closed, by the schedule or by hand. */
export function startWinners({ guildId, kind, first }: WinnersInput) {
  return {
    ...startBySchedule(guildId, 'winners', winnersId(guildId, kind)),
    args: [{ guildId, kind, first }] as [WinnersInput],
    staticSummary: `Winners of the ${kind}`,
  };
}

/** The schedule: every period is closed, one after the other, also those that were over while Temporal was away. */
export function winnersSchedule(
  guildId: GuildId,
  { period, at, first }: Pick<WinnersSettings, 'period' | 'at' | 'first'>,
  timeZone: string,
): ScheduleOptions {
  const firstDay = period === 'week' ? { weekday: 'monday' as const } : { dayOfMonth: 1 };
  return {
    scheduleId: winnersId(guildId, period),
    spec: { calendars: [calendarAt(at, firstDay)], timezone: timeZone },
    action: {
      type: 'startWorkflow',
      workflowType: WINNERS,
      ...startWinners({ guildId, kind: period, first }),
    },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ALL, catchupWindow: '365d' },
  };
}

/** How a winner who is back has the role given again: once for a stay, however often it is ordered. */
export function startWinnersRole(
  returned: ReturnedWinner,
): WorkflowStartOptions & { args: [ReturnedWinner] } {
  const { guildId, memberId, kind } = returned;
  return {
    ...once(winnersRoleId(returned)),
    taskQueue: taskQueues(guildId).community,
    args: [returned],
    staticSummary: `Role of the ${kind} for member ${memberId}, who is back`,
    typedSearchAttributes: searchAttributes(guildId, 'winners', { member: memberId }),
  };
}
