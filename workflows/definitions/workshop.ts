import {
  type CalendarSpec,
  type ScheduleHandle,
  type ScheduleOptions,
  ScheduleOverlapPolicy,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { type Day, type TimeOfDay, type Weekday, weekdayBefore } from '../../domain/calendar.ts';
import type { GuildId, InteractionId } from '../../domain/ids.ts';
import {
  type WorkshopOutcome,
  type WorkshopRef,
  type WorkshopSettings,
  type WorkshopSlot,
  workshopRequestId,
  workshopScheduleId,
} from '../../domain/workshops.ts';
import { calendarAt, startBySchedule } from './schedule.ts';
import { once } from './start.ts';

/** The workflow's type, as Temporal knows it. */
export const WORKSHOP = 'workshop';

/** Of which slot an event is opened: that of a day, or the one that is due at the time of the schedule by the rules it had. */
export type WorkshopInput = { readonly guildId: GuildId; readonly slot: string } & (
  | { readonly day: Day }
  | Pick<WorkshopSettings, 'timeZone' | 'openAhead'>
);

/** What came of it. */
export interface WorkshopResult {
  readonly day: Day | null;
  /** In ms since 1970. */
  readonly startsAt: number | null;
  readonly outcome: WorkshopOutcome;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Clocks are put forward at night. Before this hour a time of day may not exist on some day. */
const FIRST_SAFE_HOUR = 4;

/**
 * The time of day, and at night an hour later once more: Temporal leaves out a time that does not exist since clocks are put forward over it.
 * The second time finds everything done.
 */
function openingTimes(at: TimeOfDay, weekday: Weekday): CalendarSpec[] {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const times = [at];
  if (hour < FIRST_SAFE_HOUR) times.push(`${hour + 1}:${minute}`);
  return times.map((time) => calendarAt(time, { weekday }));
}

/** How the event of a workshop is opened because staff have asked for it: once for each time that they ask. */
export function startWorkshop(
  workshop: WorkshopRef,
  requestId: InteractionId,
): WorkflowStartOptions & { args: [WorkshopInput] } {
  const { guildId, slot, day } = workshop;
  return {
    ...startBySchedule(guildId, WORKSHOP, workshopScheduleId(guildId, slot)),
    ...once(workshopRequestId(workshop, requestId)),
    args: [{ guildId, slot, day }],
    staticSummary: `Workshop ${slot} on ${day}`,
  };
}

/**
 * The schedule of a slot: every week at its time of day, so many days before its day. What it missed while Temporal was away is made up for
 * as long as the workshop can still be ahead.
 */
export function workshopSchedule(
  guildId: GuildId,
  { name: slot, weekday, at }: Pick<WorkshopSlot, 'name' | 'weekday' | 'at'>,
  { timeZone, openAhead }: Pick<WorkshopSettings, 'timeZone' | 'openAhead'>,
): ScheduleOptions {
  const scheduleId = workshopScheduleId(guildId, slot);
  const input: WorkshopInput = { guildId, slot, timeZone, openAhead };
  return {
    scheduleId,
    spec: { calendars: openingTimes(at, weekdayBefore(weekday, openAhead)), timezone: timeZone },
    action: {
      type: 'startWorkflow',
      workflowType: WORKSHOP,
      ...startBySchedule(guildId, WORKSHOP, scheduleId),
      args: [input],
      staticSummary: `Opens the next workshop ${slot}`,
    },
    // Each is about another day, or finds everything done: none has to wait for another.
    policies: { overlap: ScheduleOverlapPolicy.ALLOW_ALL, catchupWindow: `${openAhead}d` },
  };
}

/**
 * Lets a slot's schedule do what it would have done by `now` (ms since 1970) for workshops that are still ahead. What is open already stays
 * as it is: this is for events that should be open by a configuration that is new, or that were held back while it was paused.
 */
export async function openDueWorkshops(
  schedule: ScheduleHandle,
  { openAhead }: Pick<WorkshopSettings, 'openAhead'>,
  now: number,
): Promise<void> {
  // An hour more: a day on which clocks are put back is longer.
  const start = new Date(now - openAhead * DAY_MS - HOUR_MS);
  await schedule.backfill({ start, end: new Date(now), overlap: ScheduleOverlapPolicy.ALLOW_ALL });
}
