/** What a member may do, from Discord's answers (Discord docs, "Permissions", "Permission Overwrites"). */

import {
  type APIGuildMember,
  type APIOverwrite,
  type APIRole,
  OverwriteType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';

/** A member of a guild, and the roles that count for them: their own and `@everyone`. */
export interface MemberOfGuild {
  readonly userId: string;
  readonly guildId: string;
  readonly roles: readonly APIRole[];
}

/** Puts together who the member with `userId` is in a guild with `roles`. */
export function toMemberOfGuild(
  userId: string,
  guild: { readonly id: string; readonly roles: readonly APIRole[] },
  member: Pick<APIGuildMember, 'roles'>,
): MemberOfGuild {
  // The role `@everyone` has the id of its guild.
  const counts = ({ id }: APIRole) => id === guild.id || member.roles.includes(id);
  return { userId, guildId: guild.id, roles: guild.roles.filter(counts) };
}

/** What the member may do in the guild as a whole, as bits. Administrators may do everything. */
export function guildPermissions({ roles }: MemberOfGuild): bigint {
  const bits = union(roles.map(({ permissions }) => permissions));
  return (bits & PermissionFlagsBits.Administrator) === 0n ? bits : ~0n;
}

/** What the member may do in a channel with `overwrites`, as bits: everyone's count first, then roles', then their own. */
export function channelPermissions(member: MemberOfGuild, overwrites: readonly APIOverwrite[]): bigint {
  const bits = guildPermissions(member);
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return bits;
  const ownRoles = member.roles.map(({ id }) => id).filter((id) => id !== member.guildId);
  const levels = [
    overwrites.filter(({ id }) => id === member.guildId),
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && ownRoles.includes(id)),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === member.userId),
  ];
  return levels.reduce(
    (left, level) => (left & ~union(level.map(({ deny }) => deny))) | union(level.map(({ allow }) => allow)),
    bits,
  );
}

function union(permissions: readonly string[]): bigint {
  return permissions.reduce((bits, permission) => bits | BigInt(permission), 0n);
}
