/** How many members complete their onboarding, by week and by variant. */

import type { GuildId } from './ids.ts';
import type { OnboardingOutcome } from './onboarding.ts';

/** How many weeks a report may cover, and covers if nobody says otherwise. */
export const MAX_WEEKS = 26;
export const DEFAULT_WEEKS = 8;

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1 January 1970 was a Thursday: the first Monday after it came four days later. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** How the onboarding of a visit can end. `already run` ends a workflow, not an onboarding. */
const ENDINGS = ['completed', 'left', 'stopped', 'timed out'] as const satisfies readonly OnboardingOutcome[];

/** Where the onboarding of a visit stands. */
export type VisitState = (typeof ENDINGS)[number] | 'open';

/** How many visits began in a week with a variant and stand at `state`. `week` is its Monday, in ms since 1970. */
export interface VisitCount {
  readonly week: number;
  readonly variant: string;
  readonly state: VisitState;
  readonly visits: number;
}

/** How many onboardings stand where. */
export type Tally = Readonly<Record<VisitState, number>>;

/** A report over `weeks` weeks. Weeks, from the newest on, and variants in which nobody joined are left out. */
export interface OnboardingReport {
  readonly weeks: number;
  readonly total: Tally;
  readonly byWeek: readonly { readonly week: number; readonly tally: Tally }[];
  readonly byVariant: readonly { readonly variant: string; readonly tally: Tally }[];
}

const NOBODY: Tally = { completed: 0, left: 0, stopped: 0, 'timed out': 0, open: 0 };

/** The id of the workflow that makes the report for an interaction (design: "Identity"). */
export function onboardingReportId(guildId: GuildId, interactionId: string): string {
  return `onboarding-report/${guildId}/${interactionId}`;
}

/** The Monday, 00:00 UTC, of the week in which `time` lies. Both in ms since 1970. */
export function mondayOf(time: number): number {
  return FIRST_MONDAY_MS + Math.floor((time - FIRST_MONDAY_MS) / WEEK_MS) * WEEK_MS;
}

/** When the first of the last `weeks` weeks began, of which the one around `now` is the last. In ms since 1970. */
export function reportSince(now: number, weeks: number): number {
  return mondayOf(now) - (weeks - 1) * WEEK_MS;
}

/** The report over the last `weeks` weeks that `counts` are of. */
export function summarise(counts: readonly VisitCount[], weeks: number): OnboardingReport {
  return {
    weeks,
    total: tally(counts),
    byWeek: groupBy(counts, ({ week }) => week)
      .sort(([one], [other]) => other - one)
      .map(([week, ofWeek]) => ({ week, tally: tally(ofWeek) })),
    byVariant: groupBy(counts, ({ variant }) => variant)
      .sort(([one], [other]) => one.localeCompare(other, 'en'))
      .map(([variant, ofVariant]) => ({ variant, tally: tally(ofVariant) })),
  };
}

/** How many have joined. */
export function joined(tally: Tally): number {
  return ended(tally) + tally.open;
}

/** How many onboardings have come to an end, whichever. */
export function ended(tally: Tally): number {
  return ENDINGS.reduce((sum, ending) => sum + tally[ending], 0);
}

/** How many of a hundred onboardings that have ended were completed, or undefined if none has ended. */
export function completionPercent(tally: Tally): number | undefined {
  const all = ended(tally);
  return all === 0 ? undefined : (tally.completed / all) * 100;
}

function tally(counts: readonly VisitCount[]): Tally {
  const sum = { ...NOBODY };
  for (const { state, visits } of counts) sum[state] += visits;
  return sum;
}

function groupBy<Key>(
  counts: readonly VisitCount[],
  keyOf: (count: VisitCount) => Key,
): [Key, readonly VisitCount[]][] {
  return [...Map.groupBy(counts, keyOf)];
}
