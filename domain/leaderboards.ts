/** Leaderboards: who has most of something in a period. */

import type { MemberId } from './ids.ts';

/** One member's place on a leaderboard. */
export interface LeaderboardRow {
  /** From 1. Those with the same amount share a place. */
  readonly place: number;
  readonly memberId: MemberId;
  /** The name in the guild, as the member wrote it. */
  readonly name: string;
  /** How much the member has, as it is shown: "1,234.5". */
  readonly amount: string;
  /** Whether this is who looks at it. */
  readonly isSelf: boolean;
}

/** A part of a leaderboard as it is shown. */
export interface LeaderboardPage {
  /** What is counted: "Points". */
  readonly title: string;
  /** When, and which page: "This week · page 2 of 5". */
  readonly period: string;
  /** At most ten, in the order of their places. */
  readonly rows: readonly LeaderboardRow[];
  /** Who looks at it, where this page does not have them. */
  readonly ownRow?: LeaderboardRow;
}
