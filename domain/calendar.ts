/** Days, weekdays and times of day, without a place on Earth: which moment they are is in `wall-clock.ts`. */

declare const brand: unique symbol;
/** A day: `2026-11-24`. */
export type Day = string & { readonly [brand]: 'day' };

/** A time of day: `09:00`. */
export type TimeOfDay = `${string}:${string}`;

/** From Monday on, as ISO 8601 counts them. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const DAY_MS = 86_400_000;

/** Whether `text` is a day that there is: `2026-02-30` is none. */
export function isDay(text: string): text is Day {
  return DAY.test(text) && toText(Date.parse(`${text}T00:00:00Z`)) === text;
}

/** Checks that `text` is a day. @throws TypeError if it is not */
export function toDay(text: string): Day {
  if (!isDay(text)) throw new TypeError(`"${text}" is not a day such as 2026-11-24`);
  return text;
}

/** The day that is so many days after `day`, or before it if `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return toDay(toText(Date.parse(day) + days * DAY_MS));
}

/** Which day of the week `day` is. */
export function weekdayOf(day: Day): Weekday {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (((Date.parse(day) / DAY_MS + 3) % 7) + 7) % 7;
  return WEEKDAYS[sinceMonday] ?? 'monday';
}

/** The day of the week that is so many days before `weekday`. */
export function weekdayBefore(weekday: Weekday, days: number): Weekday {
  const index = WEEKDAYS.indexOf(weekday) - (days % 7);
  return WEEKDAYS[(index + 7) % 7] ?? weekday;
}

/** The last such weekday that is not after `day`. */
export function lastWeekday(weekday: Weekday, day: Day): Day {
  const back = WEEKDAYS.indexOf(weekdayOf(day)) - WEEKDAYS.indexOf(weekday);
  return addDays(day, -((back + 7) % 7));
}

/** The seven days of the week that has `day` in it, from Monday on. */
export function weekAround(day: Day): Day[] {
  const monday = lastWeekday('monday', day);
  return WEEKDAYS.map((_, index) => addDays(monday, index));
}

/** A weekday as people read it: `Tuesday`. */
export function weekdayText(weekday: Weekday): string {
  return weekday.charAt(0).toUpperCase() + weekday.slice(1);
}

/** A day as people read it: `Tue 24 Nov 2026`. */
export function dayText(day: Day): string {
  const parts = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'UTC' })
    .format(Date.parse(day))
    .replace(',', '');
}

function toText(milliseconds: number): string {
  return Number.isNaN(milliseconds) ? '' : new Date(milliseconds).toISOString().slice(0, 10);
}
