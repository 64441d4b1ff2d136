/** Members: joining, leaving, nicknames, roles, timeouts, bans. */

import { AuditLogEvent, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import { formError } from '../rules/form.ts';
import {
  ensureAboveMember,
  ensureAboveRole,
  ensureGuildPermissions,
  guildPermissions,
} from '../rules/permissions.ts';
import { newMember, newUser, usernameFor } from '../state/new-records.ts';
import type { MemberRecord, UserRecord } from '../state/records.ts';
import { snowflakeTime } from '../state/snowflake.ts';
import { toDiscordTime, type World } from '../state/world.ts';
import { viewMember, viewUser } from '../views/users.ts';
import { type AuditDetails, writeAuditLog } from './audit-log.ts';
import { removeMessage } from './message-history.ts';
import { leaveVoice } from './voice.ts';

/** Who does something in the guild's administration, and why. */
export interface Actor {
  userId: Snowflake;
  reason: string | null;
}

/** A new user account with a free name. */
export function createUser(
  world: World,
  name: string,
  with_: { bot?: boolean; dmsOpen?: boolean } = {},
): UserRecord {
  const shown = name.trim().slice(0, 32);
  return world.setUser(newUser(world.newId(), usernameFor(world, shown), shown, { ...with_, name: shown }));
}

/**
 * Lets a user into the guild.
 * @throws DiscordError 40007 when they are banned, 60005 while invites are paused
 */
export function joinGuild(
  world: World,
  user: UserRecord,
  with_: { pending?: boolean; inviteCode?: string | null; roles?: Snowflake[] } = {},
): MemberRecord {
  ensure(!world.bans.has(user.id), 'userBanned');
  ensure(!isPaused(world, world.guild.incidents.invitesDisabledUntil), 'invitesPaused');
  const known = world.members.get(user.id);
  if (known !== undefined) return known;
  const member: MemberRecord = {
    ...newMember(user.id, world.isoNow()),
    pending: with_.pending ?? false,
    inviteCode: with_.inviteCode ?? null,
    roles: with_.roles ?? [],
    // DID_REJOIN, when there is a trace of an earlier membership.
    flags: world.formerMembers.has(user.id) ? 1 : 0,
  };
  world.members.set(user.id, member);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.GuildMemberAdd,
      d: { ...viewMember(world, member), guild_id: world.guild.id },
    },
    { guildId: world.guild.id },
  );
  return member;
}

function isPaused(world: World, until: string | null): boolean {
  return until !== null && Date.parse(until) > world.now();
}

/** Takes a member out of the guild, whatever the cause. */
export function removeFromGuild(world: World, userId: Snowflake): void {
  ensure(world.members.has(userId), 'unknownMember');
  leaveVoice(world, userId);
  world.members.delete(userId);
  world.formerMembers.set(userId, { at: world.now() });
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.GuildMemberRemove,
      d: { user: viewUser(world, userId), guild_id: world.guild.id },
    },
    { guildId: world.guild.id },
  );
}

/** @throws DiscordError 10007, or 50013 without Kick Members or when the member stands as high */
export function kick(world: World, actor: Actor, userId: Snowflake): void {
  ensureGuildPermissions(world, actor.userId, ['KickMembers']);
  ensure(world.members.has(userId), 'unknownMember');
  ensureAboveMember(world, actor.userId, userId);
  removeFromGuild(world, userId);
  writeAuditLog(world, actor, AuditLogEvent.MemberKick, userId);
}

/** Bans a user, member or not; deletes their messages of the last seconds. */
export function ban(world: World, actor: Actor, userId: Snowflake, deleteMessageSeconds = 0): void {
  ensureGuildPermissions(world, actor.userId, ['BanMembers']);
  ensure(world.users.has(userId), 'unknownUser');
  if (world.members.has(userId)) {
    ensureAboveMember(world, actor.userId, userId);
    removeFromGuild(world, userId);
  }
  world.bans.set(userId, { id: userId, reason: actor.reason });
  const since = world.now() - deleteMessageSeconds * 1000;
  if (deleteMessageSeconds > 0) removeMessagesSince(world, userId, since);
  tellBan(world, GatewayDispatchEvents.GuildBanAdd, userId);
  writeAuditLog(world, actor, AuditLogEvent.MemberBanAdd, userId);
}

function removeMessagesSince(world: World, authorId: Snowflake, since: number): void {
  for (const channel of world.channels.values()) {
    for (const message of [...world.messages.newestFirst(channel.id)]) {
      if (snowflakeTime(message.id) < since) break;
      if (message.authorId === authorId && channel.kind !== 'dm') removeMessage(world, message);
    }
  }
}

/** @throws DiscordError 10026 when there is no ban */
export function unban(world: World, actor: Actor, userId: Snowflake): void {
  ensureGuildPermissions(world, actor.userId, ['BanMembers']);
  ensure(world.bans.delete(userId), 'unknownBan');
  tellBan(world, GatewayDispatchEvents.GuildBanRemove, userId);
  writeAuditLog(world, actor, AuditLogEvent.MemberBanRemove, userId);
}

function tellBan(
  world: World,
  t: GatewayDispatchEvents.GuildBanAdd | GatewayDispatchEvents.GuildBanRemove,
  userId: Snowflake,
): void {
  const d = { guild_id: world.guild.id, user: viewUser(world, userId) };
  world.events.dispatch({ t, d }, { guildId: world.guild.id });
}

/** What of a member can be changed; fields that are absent stay. */
export interface MemberChanges {
  nick?: string | null | undefined;
  roles?: Snowflake[] | null | undefined;
  mute?: boolean | null | undefined;
  deaf?: boolean | null | undefined;
  communication_disabled_until?: string | null | undefined;
  flags?: number | null | undefined;
}

/** A timeout is at most this long. */
const maximumTimeoutMs = 28 * 24 * 60 * 60 * 1000;
/** BYPASSES_VERIFICATION is the one flag of members that can be set. */
const settableMemberFlags = 4;

/**
 * Changes a member as staff do: every field has its permission, and one must stand above the member.
 * @throws DiscordError 10007, 10011, 50013, 50035
 */
export function changeMember(
  world: World,
  actor: Actor,
  userId: Snowflake,
  changes: MemberChanges,
): MemberRecord {
  const member = found(world.members.get(userId), 'unknownMember');
  const next: MemberRecord = { ...member };
  if (changes.nick !== undefined) next.nick = checkedNick(world, actor, userId, changes.nick);
  if (changes.roles !== undefined) next.roles = checkedRoles(world, actor, member, changes.roles ?? []);
  if (changes.mute !== undefined && changes.mute !== null) {
    ensureGuildPermissions(world, actor.userId, ['MuteMembers']);
    next.mute = changes.mute;
  }
  if (changes.deaf !== undefined && changes.deaf !== null) {
    ensureGuildPermissions(world, actor.userId, ['DeafenMembers']);
    next.deaf = changes.deaf;
  }
  if (changes.communication_disabled_until !== undefined)
    next.timeoutUntil = checkedTimeout(world, actor, userId, changes.communication_disabled_until);
  if (changes.flags !== undefined && changes.flags !== null) {
    ensureGuildPermissions(world, actor.userId, ['ModerateMembers']);
    next.flags = (member.flags & ~settableMemberFlags) | (changes.flags & settableMemberFlags);
  }
  return replaceMember(world, actor, member, next);
}

function checkedNick(world: World, actor: Actor, userId: Snowflake, nick: string | null): string | null {
  if (actor.userId === userId) ensureGuildPermissions(world, actor.userId, ['ChangeNickname']);
  else {
    ensureGuildPermissions(world, actor.userId, ['ManageNicknames']);
    ensureAboveMember(world, actor.userId, userId);
  }
  return nick === null || nick === '' ? null : nick;
}

function checkedRoles(world: World, actor: Actor, member: MemberRecord, wanted: Snowflake[]): Snowflake[] {
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  const roles = [...new Set(wanted)];
  const unknown = roles.findIndex((id) => !world.roles.has(id));
  if (unknown !== -1) throw formError(['roles', unknown], 'ROLE_UNKNOWN', 'Unknown Role');
  const changed = [
    ...roles.filter((id) => !member.roles.includes(id)),
    ...member.roles.filter((id) => !roles.includes(id)),
  ];
  for (const id of changed) ensureMayHandleRole(world, actor.userId, id);
  return roles;
}

function ensureMayHandleRole(world: World, actorId: Snowflake, roleId: Snowflake): void {
  const role = found(world.roles.get(roleId), 'unknownRole');
  ensureAboveRole(world, actorId, roleId);
  if (role.managed || roleId === world.guild.id) throw new DiscordError('invalidRole');
}

function checkedTimeout(world: World, actor: Actor, userId: Snowflake, until: string | null): string | null {
  ensureGuildPermissions(world, actor.userId, ['ModerateMembers']);
  ensureAboveMember(world, actor.userId, userId);
  ensure(actor.userId !== userId, 'missingPermissions');
  if (until === null) return null;
  const isAdministrator = (guildPermissions(world, userId) & 8n) !== 0n;
  ensure(!isAdministrator, 'missingPermissions');
  if (Date.parse(until) > world.now() + maximumTimeoutMs + 60_000)
    throw formError(
      ['communication_disabled_until'],
      'INVALID_COMMUNICATION_DISABLED_TIMESTAMP',
      'Member cannot be timed out for more than 28 days.',
    );
  return toDiscordTime(Date.parse(until));
}

/** Gives one role; nothing happens when the member has it. */
export function addRole(world: World, actor: Actor, userId: Snowflake, roleId: Snowflake): MemberRecord {
  const member = ensureRoleChange(world, actor, userId, roleId);
  if (member.roles.includes(roleId)) return member;
  return replaceMember(world, actor, member, { ...member, roles: [...member.roles, roleId] });
}

/** Takes one role; nothing happens when the member does not have it. */
export function removeRole(world: World, actor: Actor, userId: Snowflake, roleId: Snowflake): MemberRecord {
  const member = ensureRoleChange(world, actor, userId, roleId);
  if (!member.roles.includes(roleId)) return member;
  return replaceMember(world, actor, member, {
    ...member,
    roles: member.roles.filter((id) => id !== roleId),
  });
}

function ensureRoleChange(world: World, actor: Actor, userId: Snowflake, roleId: Snowflake): MemberRecord {
  ensure(world.roles.has(roleId), 'unknownRole');
  const member = found(world.members.get(userId), 'unknownMember');
  ensureGuildPermissions(world, actor.userId, ['ManageRoles']);
  ensureMayHandleRole(world, actor.userId, roleId);
  return member;
}

function replaceMember(world: World, actor: Actor, before: MemberRecord, after: MemberRecord): MemberRecord {
  world.members.set(after.id, after);
  tellMember(world, after);
  const roles = rolesChange(world, before, after);
  if (roles.changes.length > 0) writeAuditLog(world, actor, AuditLogEvent.MemberRoleUpdate, after.id, roles);
  const others = fieldsChange(before, after);
  if (others.changes.length > 0) writeAuditLog(world, actor, AuditLogEvent.MemberUpdate, after.id, others);
  return after;
}

function rolesChange(world: World, before: MemberRecord, after: MemberRecord): AuditDetails {
  const named = (ids: Snowflake[]) => ids.map((id) => ({ id, name: world.roles.get(id)?.name ?? '' }));
  const added = named(after.roles.filter((id) => !before.roles.includes(id)));
  const removed = named(before.roles.filter((id) => !after.roles.includes(id)));
  return {
    changes: [
      ...(added.length > 0 ? [{ key: '$add', new_value: added }] : []),
      ...(removed.length > 0 ? [{ key: '$remove', new_value: removed }] : []),
    ],
  };
}

function fieldsChange(before: MemberRecord, after: MemberRecord): AuditDetails {
  const fields = [
    ['nick', before.nick, after.nick],
    ['communication_disabled_until', before.timeoutUntil, after.timeoutUntil],
    ['mute', before.mute, after.mute],
    ['deaf', before.deaf, after.deaf],
  ] as const;
  return {
    changes: fields
      .filter(([, old, now]) => old !== now)
      .map(([key, old, now]) => ({
        key,
        ...(old === null ? {} : { old_value: old }),
        ...(now === null ? {} : { new_value: now }),
      })),
  };
}

/** Tells that a member is not as before. */
export function tellMember(world: World, member: MemberRecord): void {
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.GuildMemberUpdate,
      d: {
        ...viewMember(world, member),
        avatar: null,
        banner: null,
        joined_at: member.joinedAt,
        guild_id: world.guild.id,
        mute: member.mute,
        deaf: member.deaf,
      },
    },
    { guildId: world.guild.id },
  );
}

/** Ends a newcomer's screening. */
export function passScreening(world: World, userId: Snowflake): MemberRecord {
  const member = found(world.members.get(userId), 'unknownMember');
  if (!member.pending) return member;
  const next = world.members.set(userId, { ...member, pending: false, flags: member.flags | 2 });
  tellMember(world, next);
  return next;
}
