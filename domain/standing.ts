/** Where a member stands: points with their places, badges, achievements. And what they have got points for. */

import { type ChannelId, type GuildId, type MemberId, type MessageId, toMemberId } from './ids.ts';
import { type Action, type Badge, badgeAt, badgesByPoints, type RecognitionSettings } from './recognition.ts';

/** A member's points in a period, in tenths, and their place there. Who is not shown on leaderboards has none. */
export interface PointsInPeriod {
  readonly tenths: number;
  readonly place?: { readonly place: number; readonly of: number };
}

/** Something that a member has since `at` (ms since 1970), by its name in the configuration. */
export interface Held {
  readonly name: string;
  readonly at: number;
}

/** Where a member stands. */
export interface MemberStanding {
  readonly memberId: MemberId;
  readonly points: Readonly<Record<'all' | 'month' | 'week', PointsInPeriod>>;
  readonly badges: readonly Held[];
  readonly achievements: readonly Held[];
}

/** An entry of the ledger, as its member may see it: without what staff wrote about it. */
export interface HistoryEntry {
  readonly id: string;
  readonly action: Action;
  readonly cause: string;
  readonly tenths: number;
  /** When it was written, in ms since 1970. */
  readonly at: number;
  readonly byStaff: boolean;
  /** The message that it is for, as long as it is known in which channel that is. */
  readonly messageId: MessageId | null;
  readonly channelId: ChannelId | null;
  /** The entry that it takes back, and whether it was taken back itself. */
  readonly reverses: string | null;
  readonly reversed: boolean;
}

/** A page of what a member has got points for, the newest first. Pages count from 1. */
export interface HistoryPage {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly page: number;
  readonly pages: number;
  readonly entries: readonly HistoryEntry[];
}

/** Whether leaderboards show a member: the names of the settings. */
export const VISIBILITIES = ['shown', 'hidden'] as const;

/** How many entries a page has. */
export const ENTRIES_PER_PAGE = 10;

/** How far a member is on the way to the next badge, from 0 to 1, and how many tenths of a point are missing. */
export interface Progress {
  readonly next: Badge & { readonly points: number };
  readonly share: number;
  readonly missingTenths: number;
}

/** The id of the workflow that reads a standing for an interaction (design: "Identity"). */
export function standingId(guildId: GuildId, interactionId: string): string {
  return `standing/${guildId}/${interactionId}`;
}

/** The id of the workflow that reads a page of a history for an interaction. */
export function pointsHistoryId(guildId: GuildId, interactionId: string): string {
  return `points-history/${guildId}/${interactionId}`;
}

/** The highest badge that comes with points and that the member has. */
export function highestBadge(
  { badges }: Pick<MemberStanding, 'badges'>,
  settings: RecognitionSettings,
): Badge | undefined {
  const held = new Set(badges.map(({ name }) => name));
  return badgesByPoints(settings).findLast(({ name }) => held.has(name));
}

/** The way to the next badge, or undefined for who has points for the highest one. */
export function progressOf(
  { points }: Pick<MemberStanding, 'points'>,
  settings: RecognitionSettings,
): Progress | undefined {
  const { tenths } = points.all;
  const { badge, next } = badgeAt(tenths, settings);
  if (next === undefined) return undefined;
  const from = (badge?.points ?? 0) * 10;
  const to = next.points * 10;
  const share = to === from ? 0 : Math.max(0, (tenths - from) / (to - from));
  return { next, share, missingTenths: to - tenths };
}

const PAGE_BUTTON = /^points-history\/(\d{15,20})\/(\d{1,6})$/;

/** The `custom_id` of a button that shows a page of a member's history. */
export function historyButtonId(memberId: MemberId, page: number): string {
  return `points-history/${memberId}/${page}`;
}

/** What such a button shows, or undefined if it is none. */
export function parseHistoryButtonId(customId: string): { memberId: MemberId; page: number } | undefined {
  const [, memberId, page] = PAGE_BUTTON.exec(customId) ?? [];
  return memberId === undefined ? undefined : { memberId: toMemberId(memberId), page: Number(page) };
}
