/** A member's rank: what they have reached, and what comes next. */

import type { MemberId } from './ids.ts';
import {
  type Achievement,
  type Badge,
  badgeAt,
  pointsText,
  type RecognitionSettings,
} from './recognition.ts';
import { highestBadge, type MemberStanding } from './standing.ts';

/** A badge as it is shown. */
export interface ShownBadge extends Pick<Badge, 'label' | 'emoji'> {
  /** As Discord writes colours: 0xRRGGBB. */
  readonly color: number;
}

/** How far a member is on the way from one badge to the next. */
export interface RankProgress {
  /** The next badge. */
  readonly label: string;
  /** The points at which the way begins: those of the present badge. */
  readonly from: number;
  /** The points at which the next badge is given. */
  readonly to: number;
  /** The points that the member has. */
  readonly points: number;
}

/** An achievement as it is shown. */
export interface ShownAchievement extends Pick<Achievement, 'label' | 'emoji'> {
  readonly earned: boolean;
}

/** What a rank card tells of a member. */
export interface RankCard {
  readonly memberId: MemberId;
  /** The name in the guild, as the member wrote it. */
  readonly name: string;
  /** As they are shown: "1,234.5". */
  readonly points: string;
  readonly place: number;
  /** How many members have a place. */
  readonly members: number;
  /** Left out for who has fewer points than the first badge needs. */
  readonly badge?: ShownBadge;
  /** Left out for who has the last badge. */
  readonly progress?: RankProgress;
  readonly achievements: readonly ShownAchievement[];
}

/** How a member and a badge look in the guild. */
export interface Looks {
  /** The name in the guild, as the member wrote it. */
  readonly name: string;
  /** The colour of what a badge brings, as Discord writes colours. */
  badgeColor(badge: Badge): number;
}

/** The card of a member who has a place, or undefined for who has none. */
export function rankCardOf(
  standing: MemberStanding,
  { name, badgeColor }: Looks,
  settings: RecognitionSettings,
): RankCard | undefined {
  const { memberId, achievements } = standing;
  const { tenths, place } = standing.points.all;
  if (place === undefined) return undefined;
  const badge = highestBadge(standing, settings);
  const progress = wayToNext(tenths, settings);
  return {
    ...{ memberId, name, points: pointsText(tenths), place: place.place, members: place.of },
    ...(badge !== undefined && {
      badge: { label: badge.label, emoji: badge.emoji, color: badgeColor(badge) },
    }),
    ...(progress !== undefined && { progress }),
    achievements: settings.achievements.map(({ label, emoji, name: achievement }) => ({
      ...{ label, emoji },
      earned: achievements.some((one) => one.name === achievement),
    })),
  };
}

function wayToNext(tenths: number, settings: RecognitionSettings): RankProgress | undefined {
  const { badge, next } = badgeAt(tenths, settings);
  if (next === undefined) return undefined;
  return { label: next.label, from: badge?.points ?? 0, to: next.points, points: tenths / 10 };
}
