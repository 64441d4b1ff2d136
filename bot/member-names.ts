import type { Guild } from 'discord.js';
import { type MemberId, toMemberId } from '../domain/ids.ts';

/** Names come by the gateway within moments, or one does without them. */
const WITHIN_MS = 1_500;

/**
 * How members are called in the guild: one request by the gateway, none by REST. Undefined if there is nobody to be named, or the
 * gateway does not answer in time.
 */
export async function memberNames(
  guild: Guild | null,
  memberIds: readonly MemberId[],
): Promise<ReadonlyMap<MemberId, string> | undefined> {
  if (guild === null || memberIds.length === 0) return undefined;
  try {
    const found = await guild.members.fetch({ user: [...new Set(memberIds)], time: WITHIN_MS });
    return new Map(found.map(({ id, displayName }) => [toMemberId(id), displayName]));
  } catch {
    return undefined;
  }
}
