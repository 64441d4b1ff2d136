/** What staff do to points, badges and achievements: each with a reason, kept for good. */

import type { GuildId, InteractionId, MemberId } from './ids.ts';
import {
  ACTION,
  type Action,
  badgesByPoints,
  QUALITY,
  type RecognitionSettings,
  tenthsOf,
} from './recognition.ts';

/** What staff want to change. */
export type RecognitionChange =
  | { readonly kind: 'award'; readonly memberId: MemberId; readonly points: number }
  | {
      readonly kind: 'award action';
      readonly memberId: MemberId;
      readonly action: Action;
      /** From 1 to 5. */
      readonly quality?: number;
    }
  | { readonly kind: 'revoke'; readonly memberId: MemberId; readonly points: number }
  /** `entryId` as the history shows it. */
  | { readonly kind: 'reverse'; readonly entryId: string }
  | { readonly kind: 'give badge'; readonly memberId: MemberId; readonly badge: string }
  | { readonly kind: 'give achievement'; readonly memberId: MemberId; readonly achievement: string };

/** Who wants what changed. The reason is somebody's words: it stays in the database. */
export interface ChangeRequest {
  readonly guildId: GuildId;
  readonly interactionId: InteractionId;
  readonly staffId: MemberId;
  readonly change: RecognitionChange;
}

/** Why a change is refused. Nothing has changed then. */
export type ChangeRefusal =
  | 'no reason'
  | 'neither points nor action'
  | 'both points and action'
  | 'not above zero'
  | 'too many decimals'
  | 'too many points'
  | 'quality without action'
  | 'quality out of range'
  | 'unknown action'
  | 'unknown badge'
  | 'badge comes with points'
  | 'unknown achievement'
  | 'themselves'
  | 'a bot'
  | 'not in the guild'
  | 'more than there is'
  | 'has it already'
  | 'no such entry'
  | 'already reversed'
  | 'is a reversal'
  | 'no such request';

/** What became of a change. Points are in tenths. */
export type ChangeOutcome =
  | {
      readonly kind: 'done';
      readonly memberId: MemberId;
      /** What was written into the ledger, if the change is about points. */
      readonly entry?: { readonly id: string; readonly tenths: number };
      /** All points of the member after it. */
      readonly total: number;
    }
  | { readonly kind: 'refused'; readonly why: ChangeRefusal };

/** An entry of the ledger that can be taken back, as staff are offered it. */
export interface ReversibleEntry {
  readonly id: string;
  readonly memberId: MemberId;
  readonly action: Action;
  readonly cause: string;
  readonly tenths: number;
  /** When it was written, in ms since 1970. */
  readonly at: number;
}

/** What Discord says of a member. */
export type Presence = 'member' | 'a bot' | 'not in the guild';

/** What an award is made of, as it was typed. */
export interface TypedAward {
  readonly points: number | null;
  readonly action: string | null;
  readonly quality: number | null;
}

/** How long a reason may be. */
export const REASON_LENGTH = 300;

/** The id of the workflow that carries out a change (design: "Identity"). */
export function recognitionChangeId({
  guildId,
  interactionId,
}: Pick<ChangeRequest, 'guildId' | 'interactionId'>): string {
  return `recognition-change/${guildId}/${interactionId}`;
}

/** The award that was typed: points, or an action with or without a quality. */
export function toAward(
  memberId: MemberId,
  { points, action, quality }: TypedAward,
): RecognitionChange | ChangeRefusal {
  if (points !== null && action !== null) return 'both points and action';
  if (points !== null)
    return quality === null ? { kind: 'award', memberId, points } : 'quality without action';
  if (action === null) return 'neither points nor action';
  return { kind: 'award action', memberId, action, ...(quality !== null && { quality }) };
}

/** The actions that staff can award by name: those that the configuration knows, and those of our own flows. */
export function actionsForStaff({ points }: RecognitionSettings): Action[] {
  const { achievement, byStaff, eventQuality, ...ours } = ACTION;
  const reserved: readonly Action[] = [achievement, byStaff, eventQuality];
  const all = new Set([...Object.keys(points), ...Object.values(ours)]);
  return [...all].filter((action) => !reserved.includes(action)).sort();
}

/** The badges that staff can give: those that do not come with points. */
export function badgesForStaff({ badges }: RecognitionSettings): string[] {
  return badges.filter(({ points }) => points === undefined).map(({ name }) => name);
}

/** Why a change must be refused whatever the ledger says, or undefined. Nobody changes their own points. */
export function problemWith(
  { staffId, change }: Pick<ChangeRequest, 'staffId' | 'change'>,
  reason: string,
  settings: RecognitionSettings,
): ChangeRefusal | undefined {
  if (reason.trim() === '') return 'no reason';
  if ('memberId' in change && change.memberId === staffId) return 'themselves';
  switch (change.kind) {
    case 'award':
    case 'revoke':
      return problemWithPoints(change.points, settings);
    case 'award action':
      return problemWithAction(change, settings);
    case 'give badge':
      return problemWithBadge(change.badge, settings);
    case 'give achievement':
      return settings.achievements.some(({ name }) => name === change.achievement)
        ? undefined
        : 'unknown achievement';
    case 'reverse':
      return undefined;
  }
}

/** Whether a member must be in the guild for it: what was given wrongly can be taken from who has left, too. */
export function givesToMember(change: RecognitionChange): MemberId | undefined {
  return change.kind === 'revoke' || change.kind === 'reverse' ? undefined : change.memberId;
}

function problemWithPoints(points: number, { mostByStaff }: RecognitionSettings): ChangeRefusal | undefined {
  if (!(points > 0)) return 'not above zero';
  if (points > mostByStaff) return 'too many points';
  return Math.abs(points * 10 - Math.round(points * 10)) < 1e-6 ? undefined : 'too many decimals';
}

function problemWithAction(
  change: Extract<RecognitionChange, { kind: 'award action' }>,
  settings: RecognitionSettings,
): ChangeRefusal | undefined {
  const { action, quality } = change;
  if (!actionsForStaff(settings).includes(action)) return 'unknown action';
  if (quality !== undefined && !(quality >= QUALITY.least && quality <= QUALITY.most))
    return 'quality out of range';
  return tenthsOf(change, settings) > settings.mostByStaff * 10 ? 'too many points' : undefined;
}

function problemWithBadge(badge: string, settings: RecognitionSettings): ChangeRefusal | undefined {
  if (badgesForStaff(settings).includes(badge)) return undefined;
  return badgesByPoints(settings).some(({ name }) => name === badge)
    ? 'badge comes with points'
    : 'unknown badge';
}
