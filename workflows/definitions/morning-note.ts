import { type ScheduleOptions, ScheduleOverlapPolicy } from '@temporalio/client';
import type { TimeOfDay } from '../../domain/calendar.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { GuildId } from '../../domain/ids.ts';
import { morningNoteId } from '../../domain/morning-note.ts';
import { calendarAt, startBySchedule } from './schedule.ts';

/** The workflow's type, as Temporal knows it. */
export const MORNING_NOTE = 'morningNote';

/** In which guild it is posted. */
export interface MorningNoteInput {
  readonly guildId: GuildId;
}

/** What became of the note. */
export interface MorningNoteResult {
  readonly posted: Delivery | { readonly kind: 'no events' };
}

/** How the note is posted, by the schedule or by hand. */
export function startMorningNote(guildId: GuildId) {
  return {
    ...startBySchedule(guildId, 'morning-note', morningNoteId(guildId)),
    args: [{ guildId }] as [MorningNoteInput],
    staticSummary: 'Lists the events of the day',
  };
}

/** The schedule: every day. A note that was missed is made up for within some hours: later, it is no morning any more. */
export function morningNoteSchedule(guildId: GuildId, at: TimeOfDay, timeZone: string): ScheduleOptions {
  return {
    scheduleId: morningNoteId(guildId),
    spec: { calendars: [calendarAt(at, {})], timezone: timeZone },
    action: { type: 'startWorkflow', workflowType: MORNING_NOTE, ...startMorningNote(guildId) },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '4h' },
  };
}
