import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import type { GuildId, MemberId, RoleId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask } from './errors.ts';

/**
 * Gives a member a role, or takes it away. Doing it again changes nothing. Where the role was deleted and made again, it is
 * the new one of that name.
 */
export async function changeRole(
  { rest, directory }: Pick<DiscordContext, 'rest' | 'directory'>,
  what: 'give' | 'take',
  { guildId, memberId }: { readonly guildId: GuildId; readonly memberId: MemberId },
  roleId: RoleId,
): ReturnType<typeof ask<unknown>> {
  const change = (id: RoleId) => {
    const route = Routes.guildMemberRole(guildId, memberId, id);
    return ask(() => (what === 'give' ? rest.put(route) : rest.delete(route)));
  };
  const result = await change(roleId);
  if (!('refusal' in result) || result.refusal.code !== RESTJSONErrorCodes.UnknownRole) return result;
  const successor = await directory.successorOfRole(roleId);
  return successor === undefined ? result : change(successor);
}
