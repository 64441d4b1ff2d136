// What a member may do: Discord's permission bits.
import { PermissionFlagsBits, type Snowflake } from 'discord-api-types/v10';
import type { Guild, Viewer } from '../store/state.ts';

/** The names of the permissions. */
export type Permission = keyof typeof PermissionFlagsBits;

/**
 * Looks a permission up.
 * @param permissions Discord's decimal string
 * @param permission which
 * @returns whether it is given, by itself or by Administrator
 */
function allows(permissions: string | undefined, permission: Permission): boolean {
  const bits = BigInt(permissions ?? '0');
  const wanted = PermissionFlagsBits[permission];
  return (bits & PermissionFlagsBits.Administrator) !== 0n || (bits & wanted) === wanted;
}

/**
 * Tells whether a member may do something anywhere in the guild.
 * @param guild the guild
 * @param memberId who
 * @param permission what
 * @returns whether
 */
export function mayInGuild(guild: Guild, memberId: Snowflake, permission: Permission): boolean {
  return guild.guild.owner_id === memberId || allows(guild.members.get(memberId)?.permissions, permission);
}

/**
 * Tells whether a viewer may do something in a channel.
 * @param viewer who
 * @param channelId where; a thread counts as itself
 * @param permission what
 * @returns whether; false where they do not see the channel
 */
export function mayIn(viewer: Viewer | undefined, channelId: Snowflake, permission: Permission): boolean {
  return allows(viewer?.channels?.get(channelId)?.permissions, permission);
}

/**
 * Tells whether a command is offered to a member: by default those with its permissions see it.
 * @param guild the guild
 * @param memberId who
 * @param required the command's `default_member_permissions`
 * @returns whether
 */
export function mayUse(guild: Guild, memberId: Snowflake, required: string | null | undefined): boolean {
  if (required === null || required === undefined || guild.guild.owner_id === memberId) return true;
  if (mayInGuild(guild, memberId, 'Administrator')) return true;
  const wanted = BigInt(required);
  const held = BigInt(guild.members.get(memberId)?.permissions ?? '0');
  return wanted !== 0n && (held & wanted) === wanted;
}
