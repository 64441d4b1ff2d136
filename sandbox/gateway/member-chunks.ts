/** Answers to "Request Guild Members" (op 8). */

import { GatewayIntentBits, type Snowflake } from 'discord-api-types/v10';
import { z } from 'zod';
import { snowflake } from '../rules/scalars.ts';
import type { MemberRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewMember } from '../views/users.ts';
import type { Session } from './session.ts';

const chunkSize = 1000;

export const memberRequest = z.object({
  guild_id: z.union([snowflake, z.array(snowflake).length(1)]),
  query: z.string().optional(),
  limit: z.int().min(0).optional(),
  presences: z.boolean().optional(),
  user_ids: z.union([snowflake, z.array(snowflake).max(100)]).optional(),
  nonce: z.string().optional(),
});
export type MemberRequest = z.infer<typeof memberRequest>;

/** Whether all members are asked for: this is what Discord limits, and what needs the members intent. */
export function asksForEveryone(request: MemberRequest): boolean {
  return request.user_ids === undefined && request.query === '' && (request.limit ?? 0) === 0;
}

/** Whether the session may ask so. */
export function mayAsk(session: Session, request: MemberRequest): boolean {
  return !asksForEveryone(request) || (session.intents & GatewayIntentBits.GuildMembers) !== 0;
}

/** Sends the members in chunks of 1,000, at least one. */
export function sendMemberChunks(world: World, session: Session, request: MemberRequest): void {
  const ids = request.user_ids === undefined ? undefined : [request.user_ids].flat();
  const members =
    ids === undefined ? search(world, request) : ids.flatMap((id) => world.members.get(id) ?? []);
  const notFound = ids?.filter((id) => !world.members.has(id)) ?? [];
  const chunkCount = Math.max(1, Math.ceil(members.length / chunkSize));
  for (let index = 0; index < chunkCount; index++) {
    const part = members.slice(index * chunkSize, (index + 1) * chunkSize);
    const chunk = {
      guild_id: world.guild.id,
      members: part.map((member) => viewMember(world, member)),
      chunk_index: index,
      chunk_count: chunkCount,
      ...(notFound.length > 0 ? { not_found: notFound } : {}),
      ...(request.presences ? { presences: [] } : {}),
      // Discord drops a nonce of more than 32 bytes.
      ...(request.nonce !== undefined && Buffer.byteLength(request.nonce) <= 32
        ? { nonce: request.nonce }
        : {}),
    };
    session.dispatch('GUILD_MEMBERS_CHUNK', JSON.stringify(chunk));
  }
}

function search(world: World, request: MemberRequest): MemberRecord[] {
  const query = (request.query ?? '').toLowerCase();
  const limit =
    query === '' ? request.limit || Number.POSITIVE_INFINITY : Math.min(request.limit || 100, 100);
  const found: MemberRecord[] = [];
  for (const member of world.members.values()) {
    if (found.length >= limit) break;
    if (query === '' || nameStartsWith(world, member.id, query)) found.push(member);
  }
  return found;
}

/** Whether a user's name, display name or nickname begins so. */
export function nameStartsWith(world: World, userId: Snowflake, lowerCaseQuery: string): boolean {
  const user = world.users.get(userId);
  const names = [user?.username, user?.globalName, world.members.get(userId)?.nick];
  return names.some((name) => name?.toLowerCase().startsWith(lowerCaseQuery) ?? false);
}
