import type { CalendarSpec } from '@temporalio/client';
import type { TimeOfDay, Weekday } from '../../domain/calendar.ts';
import type { GuildId } from '../../domain/ids.ts';
import { taskQueues } from '../../domain/task-queues.ts';
import { searchAttributes } from './search-attributes.ts';

/** A time of day, every day or on one day of the week or of the month. */
export function calendarAt(
  at: TimeOfDay,
  { weekday, dayOfMonth }: { weekday?: Weekday; dayOfMonth?: number },
): CalendarSpec {
  const [hour, minute] = at.split(':').map(Number);
  return {
    hour: hour ?? 0,
    minute: minute ?? 0,
    ...(weekday !== undefined && { dayOfWeek: weekday.toUpperCase() as Uppercase<Weekday> }),
    ...(dayOfMonth !== undefined && { dayOfMonth }),
  };
}

/**
 * What all workflows have in common that a schedule starts.
 *
 * @param workflowId how their ids begin: Temporal adds the time for which each was meant
 */
export function startBySchedule(guildId: GuildId, feature: string, workflowId: string) {
  return {
    workflowId,
    taskQueue: taskQueues(guildId).community,
    typedSearchAttributes: searchAttributes(guildId, feature),
  };
}
