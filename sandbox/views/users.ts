/** Users, members and roles in Discord's shapes. */

import type { APIGuildMember, APIUser, GuildMemberFlags, Snowflake, UserFlags } from 'discord-api-types/v10';
import type { MemberRecord, UserRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** A user; one who never was is shown as Discord shows deleted accounts. */
export function viewUser(world: World, userId: Snowflake): APIUser {
  return userView(world.users.get(userId) ?? deletedUser(userId));
}

function deletedUser(id: Snowflake): UserRecord {
  return { id, username: 'deleted_user', globalName: null, bot: false, dmsOpen: false, dmChannelId: null };
}

function userView(user: UserRecord): APIUser {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '0001' : '0',
    global_name: user.globalName,
    avatar: null,
    banner: null,
    accent_color: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0 as UserFlags,
    flags: 0 as UserFlags,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** A member with their user. */
export function viewMember(world: World, member: MemberRecord): APIGuildMember {
  return { ...viewMemberAlone(member), user: viewUser(world, member.id) };
}

/** A member without the user, as messages carry it. */
export function viewMemberAlone(member: MemberRecord): Omit<APIGuildMember, 'user'> {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    avatar_decoration_data: null,
    collectibles: null,
    roles: member.roles,
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: member.deaf,
    mute: member.mute,
    flags: member.flags as GuildMemberFlags,
    pending: member.pending,
    communication_disabled_until: member.timeoutUntil,
  };
}
