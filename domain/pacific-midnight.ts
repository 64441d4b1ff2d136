/** When YouTube counts anew: at midnight in California ("Quota" in the documentation of its Data API). */

const HOUR_MS = 3_600_000;

/** How many hours after midnight UTC a day begins there: with daylight saving time, and without. */
const DAY_BEGINS_AT = [7, 8];

/** `hourCycle`, since otherwise midnight is 24 o'clock in some versions of ICU. */
const CLOCK = new Intl.DateTimeFormat('en-US', {
  ...{ timeZone: 'America/Los_Angeles', hourCycle: 'h23' },
  ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' },
});

/** The first midnight in Los Angeles after `moment`. Both in ms since 1970. */
export function nextPacificMidnight(moment: number): number {
  const today = clockAt(moment);
  const tomorrow = Date.UTC(today.year, today.month - 1, today.day + 1);
  const midnight = DAY_BEGINS_AT.map((hour) => tomorrow + hour * HOUR_MS).find(
    // An hour too early it is 23 o'clock, and an hour too late 1 o'clock. Clocks are not changed at midnight there.
    (candidate) => clockAt(candidate).hour === 0,
  );
  if (midnight === undefined) throw new RangeError(`no midnight follows ${moment} in Los Angeles`);
  return midnight;
}

function clockAt(moment: number): Record<'year' | 'month' | 'day' | 'hour', number> {
  const parts = CLOCK.formatToParts(moment);
  const read = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value);
  return { year: read('year'), month: read('month'), day: read('day'), hour: read('hour') };
}
