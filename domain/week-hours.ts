/** Hours of the week, as clocks somewhere show them. */

import { WEEKDAYS, type Weekday, weekdayText } from './calendar.ts';

/** An hour of the week. */
export interface WeekHour {
  readonly weekday: Weekday;
  /** From 0 to 23. */
  readonly hour: number;
}

/** Whether two are the same hour of the week. */
export function isSameHour(one: WeekHour, other: WeekHour): boolean {
  return one.weekday === other.weekday && one.hour === other.hour;
}

/** Compares two by which comes first in a week from Monday on. */
export function byTimeOfWeek(one: WeekHour, other: WeekHour): number {
  return WEEKDAYS.indexOf(one.weekday) - WEEKDAYS.indexOf(other.weekday) || one.hour - other.hour;
}

/** An hour of the day as people read it: `09:00`. */
export function hourText(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

/** An hour of the week as people read it: `Tuesday 19:00`. */
export function weekHourText({ weekday, hour }: WeekHour): string {
  return `${weekdayText(weekday)} ${hourText(hour)}`;
}
