/** The start to which staff move a workshop, as they write it. */

import type { Day } from './calendar.ts';
import { type EventTime, readEventTime } from './event-time.ts';

/** A time of day alone. */
const TIME_OF_DAY = /^(?:\d{1,2}:\d{2}|\d{1,2}(?::\d{2})? ?[ap]m)$/i;

/**
 * Reads when a workshop is to begin: as the start of any event, but a time of day alone is meant on the workshop's own day.
 *
 * @param now in ms since 1970
 */
export function readWorkshopStart(text: string, day: Day, timeZone: string, now: number): EventTime {
  const written = TIME_OF_DAY.test(text.trim()) ? `${day} ${text.trim()}` : text;
  return readEventTime(written, timeZone, now);
}
