/** A member's rank: what they have reached, and what comes next. */

import type { MemberId } from './ids.ts';
import type { Achievement, Badge } from './recognition.ts';

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
