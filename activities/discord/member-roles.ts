import { RESTJSONErrorCodes, Routes } from 'discord-api-types/v10';
import type { RoleChange } from '../../domain/delivery.ts';
import type { GuildId, MemberId, RoleId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { ask, type Refusal, saysGone } from './errors.ts';

/** Whose roles are changed. */
interface RoleHolder {
  readonly guildId: GuildId;
  readonly memberId: MemberId;
}

/**
 * Gives a member the role with this name, or takes it away, as they are to have it or not. Doing it again changes nothing.
 *
 * @param isDue whether they are to have it. It is asked again in the end, since that may have changed meanwhile: whoever ends last
 *   has looked at the latest
 */
export async function fitRole(
  context: DiscordContext,
  { guildId, memberId }: RoleHolder,
  role: string,
  isDue: () => Promise<boolean>,
): Promise<RoleChange> {
  const roleId = await context.directory.role(role);
  if (roleId === undefined) {
    const reason = `the guild has no role "${role}"`;
    context.logger.warn({ memberId }, reason);
    return { kind: 'refused', reason };
  }
  for (;;) {
    const isWanted = await isDue();
    const what = isWanted ? 'give' : 'take';
    const result = await changeRole(context, what, { guildId, memberId }, roleId);
    if ('refusal' in result && !saysGone(result.refusal))
      return { kind: 'refused', reason: reportRefusal(context, memberId, { what, role }, result.refusal) };
    if ((await isDue()) === isWanted) return { kind: 'refusal' in result ? 'gone' : 'done' };
  }
}

/**
 * Gives a member a role, or takes it away. Doing it again changes nothing. Where the role was deleted and made again, it is
 * the new one of that name.
 */
export async function changeRole(
  { rest, directory }: Pick<DiscordContext, 'rest' | 'directory'>,
  what: 'give' | 'take',
  { guildId, memberId }: RoleHolder,
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

/** Notes that Discord refuses to change a role: what we know of the guild may be out of date. Gives what to tell staff. */
export function reportRefusal(
  { directory, logger }: Pick<DiscordContext, 'directory' | 'logger'>,
  memberId: MemberId,
  { what, role }: { readonly what: 'give' | 'take'; readonly role: string },
  { code, reason }: Refusal,
): string {
  const problem = `the role "${role}" could not be ${what === 'give' ? 'given' : 'taken away'}: ${reason}`;
  directory.forget();
  logger.warn({ memberId, code }, problem);
  return problem;
}
