/** Leaderboards: who stands where, by points or by how often something was done. */

import type { TimeOfDay, Weekday } from './calendar.ts';
import type { GuildId, MemberId } from './ids.ts';
import { ITEM_NAME } from './item-names.ts';
import { type Measure, pointsText } from './recognition.ts';
import type { WinnersSettings } from './winners.ts';

/** In which time a leaderboard compares what members did. */
export const LEADERBOARD_PERIODS = ['week', 'month', 'all'] as const;
export type LeaderboardPeriod = (typeof LEADERBOARD_PERIODS)[number];

/** A leaderboard as staff write it. */
export interface Leaderboard {
  readonly name: string;
  readonly title: string;
  readonly measure: Measure;
  /** Of actions, only those of all time are counted. */
  readonly period: LeaderboardPeriod;
}

/** When leaderboards are posted, in the time zone of recognition. */
export interface PostTimes {
  readonly every: 'week' | 'day';
  readonly at: TimeOfDay;
  /** The day of the week on which they are posted every week. */
  readonly on: Weekday;
}

/** The configuration's section `recognition.leaderboards`. */
export interface LeaderboardSettings {
  /** Where they are posted, and winners congratulated. */
  readonly channel: string;
  /** The address behind the headline. */
  readonly link: string;
  /** How many members are shown at once. */
  readonly size: number;
  readonly boards: readonly Leaderboard[];
  readonly posts: PostTimes;
  readonly winners: readonly WinnersSettings[];
}

/** How weeks and months are called in the tables: `2026-W47`, `2026-11`. */
export interface PeriodNames {
  readonly week: string;
  readonly month: string;
}

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

/** The standings that a leaderboard shows, of the week or month with these names. */
export function standingsOf(
  guildId: GuildId,
  { measure, period }: Pick<Leaderboard, 'measure' | 'period'>,
  names: PeriodNames,
): Standings {
  return { guildId, measure, period: period === 'all' ? 'all' : names[period] };
}

/** A period of the tables as people read it: `Week 47 of 2026`, `November 2026`, `All time`. */
export function periodText(period: string): string {
  const week = /^(\d+)-W0?(\d+)$/.exec(period);
  if (week !== null) return `Week ${week[2]} of ${week[1]}`;
  const month = /^(\d+)-(\d+)$/.exec(period);
  if (month === null) return 'All time';
  const first = Date.UTC(Number(month[1]), Number(month[2]) - 1);
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(first);
}

/** How much somebody has, as people read it: `1,234.5` points, or `12` times. */
export function amountText(measure: Measure, amount: number): string {
  const number = measure === 'points' ? Number(pointsText(amount)) : amount;
  return new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(number);
}

/** What makes the post of a time (ms since 1970) happen once (design: "Identity"). */
export function leaderboardPostKey(guildId: GuildId, at: number): string {
  return `leaderboards/${guildId}/${at}`;
}

/** The id of the schedule by which leaderboards are posted; those of its workflows begin so. */
export function leaderboardsId(guildId: GuildId): string {
  return `leaderboards/${guildId}`;
}

/** A page of a leaderboard, and where who looks at it stands. Pages count from 1. */
export interface LeaderboardReading {
  /** The leaderboard's name. */
  readonly board: string;
  /** As the tables call it. */
  readonly period: string;
  readonly page: number;
  readonly pages: number;
  readonly top: readonly Standing[];
  readonly own?: OwnPlace;
}

/** The id of the workflow that reads a page of a leaderboard for an interaction. */
export function leaderboardReadingId(guildId: GuildId, interactionId: string): string {
  return `leaderboard/${guildId}/${interactionId}`;
}

const PAGE_BUTTON = new RegExp(`^leaderboard/(${ITEM_NAME})/([1-9]\\d{0,5})$`);

/** The `custom_id` of a button that shows a page of the leaderboard with this name. */
export function leaderboardButtonId(board: string, page: number): string {
  return `leaderboard/${board}/${page}`;
}

/** What such a button shows, or undefined if it is none. */
export function parseLeaderboardButtonId(customId: string): { board: string; page: number } | undefined {
  const [, board, page] = PAGE_BUTTON.exec(customId) ?? [];
  return board === undefined ? undefined : { board, page: Number(page) };
}
