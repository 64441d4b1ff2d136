/** The daily check: whether totals are what the ledger says, and leaderboards what totals say; and whether everybody has the badges that they have points for. */

import type { GuildId, MemberId } from './ids.ts';
import type { Measure } from './recognition.ts';

/** The total of a member that is not what the ledger says; null where it is missing altogether. Points are in tenths. */
export interface TotalDifference {
  readonly memberId: MemberId;
  readonly measure: Measure;
  readonly period: string;
  readonly total: number | null;
  readonly ledger: number | null;
}

/** How many differences are told of. */
export const DIFFERENCES_SHOWN = 10;

/** What the check has found. */
export interface PointsCheck {
  /** The first differences, at most as many as are told of. */
  readonly wrongTotals: readonly TotalDifference[];
  /** Whether there are more. */
  readonly hasMore: boolean;
  /** On how many steps of leaderboards, by which places are told, there are not as many members as totals say. */
  readonly wrongSteps?: number;
  /** How many badges were given for which members had points already, after a change of the configuration for example. */
  readonly badgesGiven: number;
}

/** Whether there is nothing to tell staff of. Checks of earlier versions say nothing of steps. */
export function isAllRight({ wrongTotals, wrongSteps = 0 }: PointsCheck): boolean {
  return wrongTotals.length === 0 && wrongSteps === 0;
}

/** What is said of steps that are wrong: nothing if none is. */
export function wrongStepsLines({ wrongSteps = 0 }: Pick<PointsCheck, 'wrongSteps'>): readonly string[] {
  return wrongSteps === 0
    ? []
    : [`${wrongSteps} steps of leaderboards do not have as many members as totals say`];
}

/** The id of the schedule of the daily check; those of its workflows begin so. */
export function pointsCheckId(guildId: GuildId): string {
  return `points-check/${guildId}`;
}

/** What makes the report on the check of a time (ms since 1970) happen once (design: "Identity"). */
export function pointsCheckKey(guildId: GuildId, at: number): string {
  return `points-check/${guildId}/${at}`;
}

/** A difference in words, with numbers and ids only. */
export function differenceText({ memberId, measure, period, total, ledger }: TotalDifference): string {
  return `${memberId}, ${measure}, ${period}: total ${total ?? 'missing'}, ledger ${ledger ?? 'nothing'}`;
}
