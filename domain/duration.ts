/** Spans of time as people write them in the configuration: `30s`, `2m`, `24h`, `7d`. */

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

/** A span of time as text: a whole number and a unit (seconds, minutes, hours or days). */
export type Duration = `${number}${Unit}`;

/** What a duration looks like; the configuration's schema and its JSON Schema use it too. */
export const DURATION_PATTERN = /^\d{1,6}[smhd]$/;

/** Whether `text` is a duration. */
export function isDuration(text: string): text is Duration {
  return DURATION_PATTERN.test(text);
}

/** The length of `duration` in milliseconds. @throws TypeError if it is not a duration. */
export function toMilliseconds(duration: Duration): number {
  if (!isDuration(duration)) {
    throw new TypeError(`"${duration}" is not a duration such as 30s, 2m, 24h or 7d`);
  }
  return Number.parseInt(duration, 10) * UNITS[duration.slice(-1) as Unit];
}

/** `milliseconds` as people read it, in the largest unit that divides it: 90000 is `90s`, 120000 is `2m`. */
export function toDuration(milliseconds: number): Duration {
  const units = Object.entries(UNITS).reverse() as [Unit, number][];
  const [unit, size] = units.find(([, size]) => milliseconds >= size && milliseconds % size === 0) ?? [
    's',
    1_000,
  ];
  return `${Math.round(milliseconds / size)}${unit}`;
}
