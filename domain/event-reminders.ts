/** When the reminders of an event are due. */

import type { EventPlan } from './events.ts';

/** A reminder, and when it is due (ms since 1970). */
export interface DueReminder {
  readonly beforeMs: number;
  readonly startsAt: number;
  readonly at: number;
}

/**
 * The next reminder of an event that starts at `startsAt`, or undefined if none is left. What would have been due before
 * anybody knew of this start never comes.
 *
 * @param knownSince since when the start is known, in ms since 1970
 * @param done the reminders that have come already, or were late: for another start they say nothing
 */
export function nextReminder(
  { remindersMs }: Pick<EventPlan, 'remindersMs'>,
  startsAt: number,
  knownSince: number,
  done: readonly Pick<DueReminder, 'beforeMs' | 'startsAt'>[],
): DueReminder | undefined {
  return remindersMs
    .map((beforeMs) => ({ beforeMs, startsAt, at: startsAt - beforeMs }))
    .filter(({ at }) => at >= knownSince)
    .filter(({ beforeMs }) => !done.some((one) => one.beforeMs === beforeMs && one.startsAt === startsAt))
    .sort((one, other) => one.at - other.at)[0];
}
