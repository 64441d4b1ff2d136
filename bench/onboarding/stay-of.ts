import type { GuildMember } from 'discord.js';
import { toGuildId, toMemberId } from '../../domain/ids.ts';
import type { Stay } from '../../domain/onboarding.ts';

/** The stay that begins with a join, as the baselines are told of it by discord.js. */
export function stayOf({ guild, id, joinedTimestamp }: GuildMember): Stay {
  if (joinedTimestamp === null) throw new Error(`Discord has not said when ${id} joined`);
  return { guildId: toGuildId(guild.id), memberId: toMemberId(id), joinedAt: joinedTimestamp };
}
