// Times in the zone and language of whoever looks.

const DAY_MS = 86_400_000;

const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(undefined, options);
const TIME = format({ hour: 'numeric', minute: '2-digit' });
const DATE = format({ year: 'numeric', month: '2-digit', day: '2-digit' });
const LONG_DATE = format({ year: 'numeric', month: 'long', day: 'numeric' });
const FULL = format({
  weekday: 'long',
  year: 'numeric',
  month: 'long',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const SECONDS = format({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

/** Discord's styles of timestamps (documentation, "Message Formatting"). */
const STYLES: Record<string, (date: Date) => string> = {
  t: (date) => TIME.format(date),
  T: (date) => SECONDS.format(date),
  d: (date) => DATE.format(date),
  D: (date) => LONG_DATE.format(date),
  f: (date) => `${LONG_DATE.format(date)} ${TIME.format(date)}`,
  F: (date) => FULL.format(date),
};

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY_MS],
  ['month', 30 * DAY_MS],
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/**
 * Writes a timestamp of a message's text.
 * @param seconds since 1970
 * @param style one of Discord's styles; `f` when absent or unknown
 * @param now ms since 1970, for the relative style `R`
 * @returns the text
 */
export function timestampText(seconds: number, style: string | undefined, now: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'Invalid date';
  if (style === 'R') return relativeTime(date.getTime(), now);
  return (STYLES[style ?? 'f'] ?? STYLES.f)?.(date) ?? '';
}

/**
 * Says how far a time is from now.
 * @param time ms since 1970
 * @param now ms since 1970
 * @returns for instance "in 5 minutes"
 */
export function relativeTime(time: number, now: number): string {
  const difference = time - now;
  const step = STEPS.find(([, ms]) => Math.abs(difference) >= ms) ?? (['second', 1_000] as const);
  return RELATIVE.format(Math.round(difference / step[1]), step[0]);
}

/**
 * Writes the time beside a message's author as Discord does.
 * @param iso the message's time
 * @param now ms since 1970
 * @returns "Today at 14:05", "Yesterday at 14:05" or the date with the time
 */
export function messageTime(iso: string, now: number): string {
  const date = new Date(iso);
  const time = TIME.format(date);
  const days = dayNumber(new Date(now)) - dayNumber(date);
  if (days === 0) return `Today at ${time}`;
  return days === 1 ? `Yesterday at ${time}` : `${DATE.format(date)} ${time}`;
}

/**
 * Writes the time of day.
 * @param iso a time
 * @returns hours and minutes
 */
export function timeOfDay(iso: string): string {
  return TIME.format(new Date(iso));
}

/**
 * Writes the time of day to the second.
 * @param iso a time
 * @returns hours, minutes and seconds
 */
export function timeOfDayInSeconds(iso: string): string {
  return SECONDS.format(new Date(iso));
}

/**
 * Writes a date in full.
 * @param iso a time
 * @returns for instance "August 3, 2026"
 */
export function longDate(iso: string): string {
  return LONG_DATE.format(new Date(iso));
}

/**
 * Writes a date with weekday and time.
 * @param iso a time
 * @returns the text
 */
export function fullDate(iso: string): string {
  return FULL.format(new Date(iso));
}

/**
 * Numbers the days of the viewer's calendar.
 * @param date a time
 * @returns days since 1970 in the viewer's zone
 */
export function dayNumber(date: Date): number {
  return Math.floor((date.getTime() - date.getTimezoneOffset() * 60_000) / DAY_MS);
}
