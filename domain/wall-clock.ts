/** Days and times of day as moments, and the other way round. Not for workflows: it loads a library for time zones. */

import { Temporal } from 'temporal-polyfill';
import { type Day, type TimeOfDay, toDay } from './calendar.ts';

/**
 * The moment at which clocks in `timeZone` show `time` on `day`, in ms since 1970. Where clocks are put forward over it, it is as much later
 * as they are put forward; where they show it twice, it is the first time ("compatible" in RFC 5545 and ECMAScript's Temporal).
 */
export function momentOf(day: Day, time: TimeOfDay, timeZone: string): number {
  const local = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(time));
  return local.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** Which day it is in `timeZone` at a moment (ms since 1970). */
export function dayAt(milliseconds: number, timeZone: string): Day {
  const instant = Temporal.Instant.fromEpochMilliseconds(milliseconds);
  return toDay(instant.toZonedDateTimeISO(timeZone).toPlainDate().toString());
}

/** The calendar month in `timeZone` in which a moment is: when it begins, and when the next one does. All in ms since 1970. */
export function monthAround(
  milliseconds: number,
  timeZone: string,
): { readonly from: number; readonly until: number } {
  const day = Temporal.PlainDate.from(dayAt(milliseconds, timeZone));
  const first = day.with({ day: 1 });
  const startOf = (date: Temporal.PlainDate) => momentOf(toDay(date.toString()), '00:00', timeZone);
  return { from: startOf(first), until: startOf(first.add({ months: 1 })) };
}
