/** Leaderboards: who stands where, by points or by how often something was done. */

import type { GuildId, MemberId } from './ids.ts';
import type { Measure } from './recognition.ts';

/** What is compared: the totals of a measure in a period, as it is called in the tables (`all`, `2026-W47`, `2026-11`). */
export interface Standings {
  readonly guildId: GuildId;
  readonly measure: Measure;
  readonly period: string;
}

/** Where a member stands. Members who have the same amount share a place, and the next place is left out: 1, 1, 3. */
export interface Standing {
  readonly memberId: MemberId;
  readonly place: number;
  /** Of points, tenths; else how often. */
  readonly amount: number;
}

/** A member's own place, among how many. */
export interface OwnPlace {
  readonly place: number;
  /** Of points, tenths; else how often. */
  readonly amount: number;
  readonly of: number;
}
