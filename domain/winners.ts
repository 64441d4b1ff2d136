/** Winners: who has most points when a week or a month is over. A role moves on to them. */

import type { TimeOfDay } from './calendar.ts';
import type { GuildId, MemberId } from './ids.ts';

/** What has winners. */
export const WINNERS_PERIODS = ['week', 'month'] as const;
export type WinnersPeriod = (typeof WINNERS_PERIODS)[number];

/** What the winners of a week or a month get, as staff write it. Texts may hold placeholders. */
export interface WinnersSettings {
  readonly period: WinnersPeriod;
  /** When the winners are named, on the day after the period, in the time zone of recognition. */
  readonly at: TimeOfDay;
  /** The name of the role that they have until others win. */
  readonly role: string;
  /** Up to which place one wins. Who shares it wins too. */
  readonly first: number;
  readonly title: string;
  readonly text: string;
}

/** A member who has won. */
export interface Winner {
  readonly memberId: MemberId;
  readonly place: number;
}

/** A week or month that is over. */
export interface ClosedPeriod {
  /** As it is called in the tables: `2026-W47`, `2026-11`. */
  readonly period: string;
  readonly winners: readonly Winner[];
  /** Whose role is to be looked after: those who have won, and those who may have the role from before. */
  readonly roles: readonly MemberId[];
}

/** A member who is back in the guild, and won the last week or month. Leaving has taken their role. */
export interface ReturnedWinner {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly kind: WinnersPeriod;
  /** When the present stay began, in ms since 1970. */
  readonly joinedAt: number;
}

/** The id of the workflow that gives a winner who is back the role again: one for each stay (design: "Identity"). */
export function winnersRoleId({ guildId, memberId, kind, joinedAt }: ReturnedWinner): string {
  return `winners-role/${guildId}/${kind}/${memberId}/${joinedAt}`;
}

/** The id of the schedule that closes weeks or months; those of its workflows begin so. */
export function winnersId(guildId: GuildId, period: WinnersPeriod): string {
  return `winners/${guildId}/${period}`;
}

/** What makes the congratulation of a period, as the tables call it, happen once (design: "Identity"). */
export function congratulationKey(guildId: GuildId, period: string): string {
  return `winners/${guildId}/${period}`;
}
