/** The start to which staff move a workshop, as they write it. */

import { type Day, isDay, type TimeOfDay } from './calendar.ts';
import { momentOf } from './wall-clock.ts';

const WRITTEN = /^(?:(\d{4}-\d{2}-\d{2})[ T]+)?(\d{1,2}):(\d{2})$/;

/**
 * Reads `20:00`, which is meant on the workshop's own day, or `2026-12-01 20:00`.
 *
 * @returns the moment in ms since 1970, or undefined if it is written otherwise
 */
export function readWorkshopStart(text: string, day: Day, timeZone: string): number | undefined {
  const [, date = day, hour = '', minute = ''] = WRITTEN.exec(text.trim()) ?? [];
  if (!isDay(date) || hour === '' || Number(hour) > 23 || Number(minute) > 59) return undefined;
  const time: TimeOfDay = `${hour.padStart(2, '0')}:${minute}`;
  return momentOf(date, time, timeZone);
}
