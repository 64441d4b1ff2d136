/** Catching up: what happened in the guild while nobody was listening. */

import type { GuildId, MemberId } from './ids.ts';

/** A member as Discord has it now. Time in ms since 1970. */
export interface PresentMember {
  readonly memberId: MemberId;
  readonly joinedAt: number;
  readonly isBot: boolean;
  /** The guild has a screening (rules to agree to), and the member has not passed it yet. */
  readonly awaitsScreening: boolean;
}

/** A stay that the database holds and that has not ended yet. */
export interface KnownStay {
  readonly memberId: MemberId;
  readonly joinedAt: number;
  readonly onboarding: 'none' | 'begun';
  /** Had not passed the screening when we last looked. */
  readonly awaitsScreening: boolean;
}

/** What the comparison found. */
export interface Differences {
  /** Joined, or passed the screening, after we began to watch, and nobody has welcomed them. */
  readonly toWelcome: readonly PresentMember[];
  /** Present, not in the database, and not to be greeted: here since before we began to watch, or not screened yet. */
  readonly toRecord: readonly PresentMember[];
  /** In the database as present, but that stay is over. */
  readonly toEnd: readonly KnownStay[];
}

/** The id of the one workflow that keeps the database in step with the guild. */
export function catchUpId(guildId: GuildId): string {
  return `catch-up/${guildId}`;
}

/**
 * Compares who is in the guild with who we think is.
 *
 * @param present who is in the guild now, or those of some members who are
 * @param known the stays that we hold as not ended; of the same members, if it is about some
 * @param watchedSince when this guild was watched for the first time, in ms since 1970: nobody who was there
 *   before is greeted
 */
export function compareMembers(
  present: readonly PresentMember[],
  known: readonly KnownStay[],
  watchedSince: number,
): Differences {
  const knownStays = new Map(known.map((stay) => [stayKey(stay), stay]));
  const presentStays = new Set(present.map(stayKey));
  const unwelcomed = (member: PresentMember) =>
    (knownStays.get(stayKey(member))?.onboarding ?? 'none') === 'none';
  const isNew = (member: PresentMember) =>
    member.joinedAt >= watchedSince || knownStays.get(stayKey(member))?.awaitsScreening === true;
  const welcomable = (member: PresentMember) => !member.isBot && !member.awaitsScreening && isNew(member);

  return {
    toWelcome: present.filter((member) => welcomable(member) && unwelcomed(member)),
    toRecord: present.filter((member) => !welcomable(member) && !knownStays.has(stayKey(member))),
    toEnd: known.filter((stay) => !presentStays.has(stayKey(stay))),
  };
}

function stayKey({ memberId, joinedAt }: { memberId: MemberId; joinedAt: number }): string {
  return `${memberId}/${joinedAt}`;
}
