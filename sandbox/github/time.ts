/** A time in ms since 1970 as GitHub writes it: ISO 8601 without fractions of a second. */
export function toTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
