/** Recognition: what members get points for, and the badges and achievements that follow from it. */

import type { ChannelMessageSettings } from './channel-messages.ts';
import type { GuildId, MemberId } from './ids.ts';
import type { LeaderboardSettings } from './leaderboards.ts';
import type { ThanksSettings } from './thanks.ts';
import type { TutorialSettings } from './tutorials.ts';

/** Something that members get points for, by its name in the configuration: `message`, `helpful-answer`, … */
export type Action = string;

/** The actions that our own flows award. Others are for staff to name. */
export const ACTION = {
  message: 'message',
  helpfulAnswer: 'helpful-answer',
  bugReported: 'bug-reported',
  tutorialCreated: 'tutorial-created',
  eventHosted: 'event-hosted',
  eventAttended: 'event-attended',
  /** What a host gets beside for an event that members rate highly: hosting counts once. */
  eventQuality: 'event-quality',
  codeContribution: 'code-contribution',
  /** Points that come with an achievement. */
  achievement: 'achievement',
  /** A number of points that staff have given or taken. */
  byStaff: 'by-staff',
} as const satisfies Record<string, Action>;

/** What totals are kept of: points, or how often an action was done. */
export type Measure = 'points' | Action;

/** What an action is worth that has no value of its own. */
const STANDARD_POINTS = 1;

/** How good something was that was done, from the least to the best. */
export const QUALITY = { least: 1, most: 5 } as const;

/** A badge as staff write it. Its texts may hold placeholders. */
export interface Badge {
  readonly name: string;
  readonly label: string;
  readonly emoji: string;
  readonly description: string;
  /** From how many points on members have it. Without a number it is given for a cause. */
  readonly points?: number | undefined;
  /** The name of the role that comes with it. */
  readonly role?: string | undefined;
  /** Whether the community is told when somebody gets it. */
  readonly announced: boolean;
}

/** An achievement as staff write it: who has done `action` so many `times` has it. */
export interface Achievement {
  readonly name: string;
  readonly label: string;
  readonly emoji: string;
  readonly description: string;
  readonly when: { readonly action: Action; readonly times: number };
  /** How many points come with it. */
  readonly points: number;
  readonly announced: boolean;
}

/** Where and how the community is told. Texts may hold placeholders. */
export interface AnnouncementSettings {
  readonly channel: string;
  /** The address behind the headline. */
  readonly link: string;
  readonly badge: string;
  readonly achievement: string;
}

/** The configuration's section `recognition`. */
export interface RecognitionSettings {
  /** Where days, weeks and months begin: the name of a time zone. */
  readonly timeZone: string;
  readonly points: Readonly<Record<Action, number>>;
  readonly quality: { readonly above: number; readonly factor: number };
  /** The most that staff can give or take at once. */
  readonly mostByStaff: number;
  readonly messages: ChannelMessageSettings;
  readonly thanks: ThanksSettings;
  readonly badges: readonly Badge[];
  /** What becomes of a badge whose points are no longer there. */
  readonly whenPointsFall: 'keep badge' | 'lose badge';
  readonly achievements: readonly Achievement[];
  readonly announcements: AnnouncementSettings;
  readonly leaderboards: LeaderboardSettings;
  /** What somebody is told who wants to be shown on leaderboards, or not. */
  readonly privacy: { readonly shown: string; readonly hidden: string };
  readonly tutorials: TutorialSettings;
  /** The channel that shows what staff have done. */
  readonly auditChannel: string;
}

/** What caused points: the same cause never pays twice in a guild. */
export interface Award {
  readonly memberId: MemberId;
  readonly action: Action;
  /** What made them, and only that: `message/<id>`, `event/<id>/<member>`. */
  readonly cause: string;
  /** When what caused them happened, in ms since 1970. It says in which week and month they count. */
  readonly at: number;
  /** How many, if not what the action is worth. */
  readonly points?: number;
  /** From 1 to 5. */
  readonly quality?: number;
  readonly byStaff?: StaffReason;
}

/** An entry that takes another back. */
export type Reversal =
  | {
      readonly kind: 'reversed';
      readonly memberId: MemberId;
      /** The new entry. */
      readonly entryId: string;
      readonly tenths: number;
    }
  | { readonly kind: 'no such entry' | 'already reversed' | 'is a reversal' };

/** Who of the staff has done something, why and when (ms since 1970). It is kept for good. */
export interface StaffReason {
  readonly staffId: MemberId;
  readonly reason: string;
  readonly at: number;
}

/** What a member has got or lost, from which something follows: a role, an announcement. */
export interface Recognised {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
  readonly what: 'badge' | 'badge lost' | 'badge again' | 'achievement';
  readonly name: string;
  /** The entry of the ledger that brought it: of several changes of one badge, each has its own. */
  readonly entryId: string;
}

/** The id of the workflow in which follows what has to follow (design: "Identity"). */
export function recognitionId({ guildId, memberId, what, name, entryId }: Recognised): string {
  const place = `recognition/${guildId}/${memberId}`;
  // Getting a badge is told of once, however often it was lost since.
  if (what === 'badge' || what === 'achievement') return `${place}/${what}/${name}`;
  return `${place}/${what === 'badge lost' ? 'lost' : 'again'}/${name}/${entryId}`;
}

/**
 * What `award` is worth in tenths of a point, rounded half up: its own number or what the configuration says, half again
 * (or by whatever factor is configured) for a high quality. An action without a value of its own is worth 1.
 */
export function tenthsOf(
  award: Pick<Award, 'action' | 'points' | 'quality'>,
  settings: RecognitionSettings,
): number {
  const { points, quality } = settings;
  const own = Object.hasOwn(points, award.action) ? points[award.action] : undefined;
  const tenths = Math.round((award.points ?? own ?? STANDARD_POINTS) * 10);
  const isGood = award.quality !== undefined && award.quality > quality.above;
  // In whole numbers: 1.15 times 3 would not be exact.
  return isGood ? Math.round((tenths * Math.round(quality.factor * 100)) / 100) : tenths;
}

/** Tenths of a point as people read them: `12`, `12.5`. */
export function pointsText(tenths: number): string {
  return Number.isInteger(tenths / 10) ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

/** The badges that come with points, from the lowest on. */
export function badgesByPoints({ badges }: RecognitionSettings): (Badge & { readonly points: number })[] {
  return badges
    .flatMap((badge) => (badge.points === undefined ? [] : [{ ...badge, points: badge.points }]))
    .sort((one, other) => one.points - other.points);
}

/** The badge that goes with so many points, and the next one. */
export function badgeAt(tenths: number, settings: RecognitionSettings) {
  const badges = badgesByPoints(settings);
  return {
    badge: badges.findLast(({ points }) => points * 10 <= tenths),
    next: badges.find(({ points }) => points * 10 > tenths),
  };
}

/** The badges whose threshold lies between two totals, in tenths: what was crossed on the way up, or on the way down. */
export function badgesBetween(one: number, other: number, settings: RecognitionSettings): string[] {
  const [low, high] = one < other ? [one, other] : [other, one];
  return badgesByPoints(settings)
    .filter(({ points }) => points * 10 > low && points * 10 <= high)
    .map(({ name }) => name);
}
