/** The versions of LinkedIn's API, each a month (`YYYYMM`): how long one can be relied on. */

/** `over`: LinkedIn may refuse it any day (426), if it does not already. */
export type LinkedinVersionState = 'current' | 'ends soon' | 'over';

/** How long before its end staff are told that a version has to be changed. */
const NOTICE_MS = 60 * 86_400_000;

/**
 * Until when a version lives, in ms since 1970: a year after its month began. Source: "Versioning" in LinkedIn's API docs, which
 * promise a year; those of recent years were refused some two weeks later.
 */
export function linkedinVersionEndsAt(version: string): number {
  return Date.UTC(Number(version.slice(0, 4)) + 1, Number(version.slice(4)) - 1);
}

/** Where a version stands at `now` (ms since 1970). */
export function linkedinVersionState(version: string, now: number): LinkedinVersionState {
  const endsAt = linkedinVersionEndsAt(version);
  if (now >= endsAt) return 'over';
  return now >= endsAt - NOTICE_MS ? 'ends soon' : 'current';
}
