/** Time zones by their names in the IANA database. */

/** Whether the runtime knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The names of time zones with `typed` in them, at most `most`. Spaces and case make no difference. */
export function timeZonesLike(typed: string, most: number): string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(' ', '_');
  return ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')]
    .filter((name) => name.toLowerCase().includes(wanted))
    .slice(0, most);
}
