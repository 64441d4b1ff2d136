/** Who may do what (Discord docs, "Permissions"): roles, overwrites, role order, timeouts. */

import { ChannelType, OverwriteType, PermissionFlagsBits, type Snowflake } from 'discord-api-types/v10';
import type { ChannelRecord, GuildChannelRecord, MemberRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { DiscordError, ensure } from './errors.ts';

/** The name of a permission, as in discord-api-types. */
export type PermissionName = keyof typeof PermissionFlagsBits;

const allPermissions = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

/** What somebody who is timed out still may. */
const permissionsInTimeout = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** What both may do in their direct messages. */
const permissionsInDms = bitsOf([
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'AddReactions',
  'EmbedLinks',
  'AttachFiles',
  'UseExternalEmojis',
  'UseApplicationCommands',
  'PinMessages',
  'SendPolls',
]);

/** Permissions that mean nothing for who may not write. */
const permissionsOfWriters = bitsOf(['MentionEveryone', 'SendTTSMessages', 'AttachFiles', 'EmbedLinks']);

/** The permissions together. */
export function bitsOf(names: readonly PermissionName[]): bigint {
  return names.reduce((bits, name) => bits | PermissionFlagsBits[name], 0n);
}

/** What a member may do in the guild as a whole; nothing for somebody who is not a member. */
export function guildPermissions(world: World, userId: Snowflake): bigint {
  const member = world.members.get(userId);
  if (member === undefined) return 0n;
  if (world.guild.ownerId === userId) return allPermissions;
  let bits = BigInt(world.roles.get(world.guild.id)?.permissions ?? 0);
  for (const roleId of member.roles) bits |= BigInt(world.roles.get(roleId)?.permissions ?? 0);
  if ((bits & PermissionFlagsBits.Administrator) !== 0n) return allPermissions;
  return isTimedOut(world, member) ? bits & permissionsInTimeout : bits;
}

/** What a user may do in a channel: 0 when they cannot see it. */
export function channelPermissions(world: World, userId: Snowflake, channel: ChannelRecord): bigint {
  if (channel.kind === 'dm') return dmPermissions(world, userId, channel.userId);
  const guildChannel = guildChannelOf(world, channel);
  const member = world.members.get(userId);
  if (member === undefined || guildChannel === undefined) return 0n;
  const base = guildPermissions(world, userId);
  if ((base & PermissionFlagsBits.Administrator) !== 0n) return base;
  let bits = withOverwrites(base, member, guildChannel, world.guild.id);
  if (isTimedOut(world, member)) bits &= permissionsInTimeout;
  if ((bits & PermissionFlagsBits.ViewChannel) === 0n) return 0n;
  if (channel.kind === 'thread' && !mayEnterThread(bits, userId, channel)) return 0n;
  return (bits & PermissionFlagsBits.SendMessages) === 0n ? bits & ~permissionsOfWriters : bits;
}

function dmPermissions(world: World, userId: Snowflake, recipientId: Snowflake): bigint {
  return userId === recipientId || userId === world.botId ? permissionsInDms : 0n;
}

function withOverwrites(
  base: bigint,
  member: MemberRecord,
  channel: GuildChannelRecord,
  everyoneId: Snowflake,
): bigint {
  let bits = base;
  let allow = 0n;
  let deny = 0n;
  let own: { allow: bigint; deny: bigint } | undefined;
  for (const overwrite of channel.overwrites) {
    const [allows, denies] = [BigInt(overwrite.allow), BigInt(overwrite.deny)];
    if (overwrite.id === everyoneId) bits = (bits & ~denies) | allows;
    else if (overwrite.type === OverwriteType.Member) {
      if (overwrite.id === member.id) own = { allow: allows, deny: denies };
    } else if (member.roles.includes(overwrite.id)) {
      allow |= allows;
      deny |= denies;
    }
  }
  bits = (bits & ~deny) | allow;
  return own === undefined ? bits : (bits & ~own.deny) | own.allow;
}

function mayEnterThread(
  bits: bigint,
  userId: Snowflake,
  thread: ChannelRecord & { kind: 'thread' },
): boolean {
  if (thread.type !== ChannelType.PrivateThread) return true;
  return userId in thread.members || (bits & PermissionFlagsBits.ManageThreads) !== 0n;
}

/** The channel whose overwrites count: a thread's parent. */
function guildChannelOf(world: World, channel: ChannelRecord): GuildChannelRecord | undefined {
  if (channel.kind === 'guild') return channel;
  if (channel.kind === 'dm') return undefined;
  const parent = world.channels.get(channel.parentId);
  return parent?.kind === 'guild' ? parent : undefined;
}

/** Whether the member's timeout is running. */
function isTimedOut(world: World, member: MemberRecord): boolean {
  return member.timeoutUntil !== null && Date.parse(member.timeoutUntil) > world.now();
}

export function maySee(world: World, userId: Snowflake, channel: ChannelRecord): boolean {
  return (channelPermissions(world, userId, channel) & PermissionFlagsBits.ViewChannel) !== 0n;
}

/** @throws DiscordError 50013 unless the member has all of these in the guild. */
export function ensureGuildPermissions(
  world: World,
  userId: Snowflake,
  names: readonly PermissionName[],
): void {
  const needed = bitsOf(names);
  ensure((guildPermissions(world, userId) & needed) === needed, 'missingPermissions');
}

/** @throws DiscordError 50001 when the channel cannot be seen, 50013 when one of these is missing there. */
export function ensureChannelPermissions(
  world: World,
  userId: Snowflake,
  channel: ChannelRecord,
  names: readonly PermissionName[],
): void {
  const bits = channelPermissions(world, userId, channel);
  ensure((bits & PermissionFlagsBits.ViewChannel) !== 0n, 'missingAccess');
  const needed = bitsOf(names);
  ensure((bits & needed) === needed, 'missingPermissions');
}

/** Whether the member has this permission in the channel. */
export function hasInChannel(
  world: World,
  userId: Snowflake,
  channel: ChannelRecord,
  name: PermissionName,
): boolean {
  return (channelPermissions(world, userId, channel) & PermissionFlagsBits[name]) !== 0n;
}

/** The highest position among the member's roles; above everything for the owner. */
function rank(world: World, userId: Snowflake): number {
  if (world.guild.ownerId === userId) return Number.POSITIVE_INFINITY;
  const roles = world.members.get(userId)?.roles ?? [];
  return Math.max(0, ...roles.map((id) => world.roles.get(id)?.position ?? 0));
}

/** @throws DiscordError 50013 unless the role is below the actor's highest. */
export function ensureAboveRole(world: World, actorId: Snowflake, roleId: Snowflake): void {
  ensure(rank(world, actorId) > (world.roles.get(roleId)?.position ?? 0), 'missingPermissions');
}

/** @throws DiscordError 50013 unless the actor stands above the member (one may act on oneself). */
export function ensureAboveMember(world: World, actorId: Snowflake, memberId: Snowflake): void {
  if (actorId === memberId) return;
  ensure(rank(world, actorId) > rank(world, memberId), 'missingPermissions');
}

/** @throws DiscordError 50013 when permissions would be given that the actor does not have. */
export function ensureMayGive(world: World, actorId: Snowflake, permissions: bigint): void {
  const own = guildPermissions(world, actorId);
  if ((permissions & ~own) !== 0n) throw new DiscordError('missingPermissions');
}
