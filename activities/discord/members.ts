import { type APIGuildMember, Routes } from 'discord-api-types/v10';
import type { GuildId, MemberId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask, saysGone } from './errors.ts';

/**
 * A member as Discord has them now, or undefined for who is not in the guild.
 *
 * @throws Error if Discord does not tell
 */
export async function findMember(
  { rest }: Pick<DiscordContext, 'rest'>,
  guildId: GuildId,
  memberId: MemberId,
): Promise<APIGuildMember | undefined> {
  const found = await ask(() => rest.get(Routes.guildMember(guildId, memberId)) as Promise<APIGuildMember>);
  if ('answer' in found) return found.answer;
  if (saysGone(found.refusal)) return undefined;
  throw new Error(`member ${memberId} cannot be looked up: ${found.refusal.reason}`);
}
