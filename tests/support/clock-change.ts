/** When clocks are changed, so that tests can go there whatever day it is. */

const DAY_MS = 86_400_000;

/** Minutes by which clocks in `timeZone` are ahead of UTC at `at` (ms since 1970). */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign = '+', hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The first day, in steps of whole days from `from` on, after which clocks in `timeZone` have been changed: ms since 1970. */
export function nextClockChange(from: number, timeZone: string): number {
  const before = offsetAt(from, timeZone);
  let at = from;
  while (offsetAt(at, timeZone) === before) at += DAY_MS;
  return at;
}
