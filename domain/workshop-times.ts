/** When weekly workshops are. A workshop begins at the same time by the clock on the wall, in summer and in winter. */

import { addDays, type Day, lastWeekday } from './calendar.ts';
import { toMilliseconds } from './duration.ts';
import type { EventSettings } from './events.ts';
import { dayAt, momentOf } from './wall-clock.ts';
import type { WorkshopSettings, WorkshopSlot, WorkshopTimes } from './workshops.ts';

/** The parts of a configuration that say when workshops are. */
export interface WorkshopRules {
  readonly workshops: WorkshopSettings;
  readonly events: Pick<EventSettings, 'kinds'>;
}

/** When the workshop of a slot is that has its day on `day`. */
export function workshopTimes(slot: WorkshopSlot, day: Day, rules: WorkshopRules): WorkshopTimes {
  const { timeZone, openAhead } = rules.workshops;
  const startsAt = momentOf(day, slot.at, timeZone);
  return {
    startsAt,
    endsAt: startsAt + durationOf(slot, rules),
    opensAt: momentOf(addDays(day, -openAhead), slot.at, timeZone),
  };
}

/**
 * The day of the workshop that opens at a moment (ms since 1970): the slot's last day that is not more than `openAhead` days ahead.
 * So it is right also for a schedule that somebody lets do its work by hand, on any day.
 */
export function dayOpenedAt(
  { weekday }: Pick<WorkshopSlot, 'weekday'>,
  at: number,
  { timeZone, openAhead }: Pick<WorkshopSettings, 'timeZone' | 'openAhead'>,
): Day {
  return lastWeekday(weekday, addDays(dayAt(at, timeZone), openAhead));
}

/** The days of a slot, from the last one that has begun at `now` (ms since 1970) on: so many of them. */
export function daysFrom(slot: WorkshopSlot, now: number, timeZone: string, count: number): Day[] {
  const first = lastWeekday(slot.weekday, dayAt(now, timeZone));
  return Array.from({ length: count }, (_, week) => addDays(first, 7 * week));
}

function durationOf({ duration, kind }: WorkshopSlot, { events }: WorkshopRules): number {
  const ofKind = events.kinds.find(({ name }) => name === kind)?.duration;
  return toMilliseconds(duration ?? ofKind ?? '1h');
}
