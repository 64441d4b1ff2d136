/** Making, changing and deleting channels, and their permission overwrites. */

import {
  type APIGuildForumDefaultReactionEmoji,
  type APIOverwrite,
  AuditLogEvent,
  ChannelType,
  GatewayDispatchEvents,
  OverwriteType,
  type Snowflake,
} from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import { formError } from '../rules/form.ts';
import {
  channelPermissions,
  ensureChannelPermissions,
  ensureGuildPermissions,
  guildPermissions,
} from '../rules/permissions.ts';
import { newGuildChannel } from '../state/new-records.ts';
import type { ChannelRecord, GuildChannelRecord, GuildChannelType, ThreadRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewGuildChannel } from '../views/channels.ts';
import { writeAuditLog } from './audit-log.ts';
import type { Actor } from './members.ts';
import { leaveVoice } from './voice.ts';

export interface ChannelForm {
  name?: string | undefined;
  type?: GuildChannelType | undefined;
  topic?: string | null | undefined;
  position?: number | undefined;
  parent_id?: Snowflake | null | undefined;
  nsfw?: boolean | undefined;
  rate_limit_per_user?: number | undefined;
  bitrate?: number | undefined;
  user_limit?: number | undefined;
  permission_overwrites?: OverwriteForm[] | undefined;
  available_tags?: TagForm[] | undefined;
  default_reaction_emoji?: APIGuildForumDefaultReactionEmoji | null | undefined;
  default_auto_archive_duration?: number | undefined;
}

export interface OverwriteForm {
  id: Snowflake;
  type?: OverwriteType | undefined;
  allow?: string | undefined;
  deny?: string | undefined;
}

export interface TagForm {
  id?: Snowflake | undefined;
  name: string;
  moderated?: boolean | undefined;
  emoji_id?: Snowflake | null | undefined;
  emoji_name?: string | null | undefined;
}

const maximumChannels = 500;
const manageRoles = 1n << 28n;
const textTypes: readonly ChannelType[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
];

/** Text channels are called `like-this`, whatever one types. */
function channelName(name: string, type: GuildChannelType): string {
  return textTypes.includes(type) ? name.trim().toLowerCase().replaceAll(/\s+/g, '-') : name.trim();
}

/** @throws DiscordError 50013, 30013, 50035 for a parent that is no category */
export function createChannel(
  world: World,
  actor: Actor,
  form: ChannelForm & { name: string },
): GuildChannelRecord {
  ensureGuildPermissions(world, actor.userId, ['ManageChannels']);
  ensure(
    world.channels.size < maximumChannels * 10 && guildChannels(world).length < maximumChannels,
    'maximumChannels',
  );
  const type = form.type ?? ChannelType.GuildText;
  const parent = form.parent_id ? world.channels.get(form.parent_id) : undefined;
  if (form.parent_id) checkParent(parent);
  const inherited = parent?.kind === 'guild' ? parent.overwrites.map((overwrite) => ({ ...overwrite })) : [];
  const channel = newGuildChannel(
    world.newId(),
    type,
    channelName(form.name, type),
    guildChannels(world).length,
    {
      ...fieldsOf(world, form),
      overwrites:
        form.permission_overwrites === undefined
          ? inherited
          : checkOverwrites(world, actor, form.permission_overwrites, guildPermissions(world, actor.userId)),
    },
  );
  world.channels.set(channel.id, channel);
  tellChannel(world, GatewayDispatchEvents.ChannelCreate, channel);
  writeAuditLog(world, actor, AuditLogEvent.ChannelCreate, channel.id, {
    changes: [{ key: 'name', new_value: channel.name }],
  });
  return channel;
}

function guildChannels(world: World): GuildChannelRecord[] {
  return [...world.channels.values()].filter((channel) => channel.kind === 'guild');
}

function checkParent(parent: ChannelRecord | undefined): void {
  if (parent?.type !== ChannelType.GuildCategory)
    throw formError(['parent_id'], 'CHANNEL_PARENT_INVALID', 'Category does not exist');
}

function fieldsOf(world: World, form: ChannelForm): Partial<GuildChannelRecord> {
  const fields = {
    topic: form.topic,
    position: form.position,
    parentId: form.parent_id,
    nsfw: form.nsfw,
    rateLimitPerUser: form.rate_limit_per_user,
    bitrate: form.bitrate,
    userLimit: form.user_limit,
    defaultReaction: form.default_reaction_emoji,
    defaultAutoArchive: form.default_auto_archive_duration,
    tags: form.available_tags?.map((tag) => ({
      id: tag.id ?? world.newId(),
      name: tag.name,
      moderated: tag.moderated ?? false,
      emoji_id: tag.emoji_id ?? null,
      emoji_name: tag.emoji_name ?? null,
    })),
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<GuildChannelRecord>;
}

/** One can only set overwrites for what one may do oneself. */
function checkOverwrites(world: World, actor: Actor, forms: OverwriteForm[], own: bigint): APIOverwrite[] {
  return forms.map((form, index) => {
    const type = form.type ?? (world.roles.has(form.id) ? OverwriteType.Role : OverwriteType.Member);
    const exists = type === OverwriteType.Role ? world.roles.has(form.id) : world.users.has(form.id);
    if (!exists)
      throw formError(
        ['permission_overwrites', index, 'id'],
        'UNKNOWN_OVERWRITE_TARGET',
        'Unknown role or member',
      );
    const [allow, deny] = [form.allow ?? '0', form.deny ?? '0'];
    ensure(
      (own & manageRoles) !== 0n ||
        (BigInt(allow) | BigInt(deny)) === 0n ||
        actor.userId === world.guild.ownerId,
      'missingPermissions',
    );
    ensure(((BigInt(allow) | BigInt(deny)) & ~own) === 0n, 'missingPermissions');
    return { id: form.id, type, allow, deny };
  });
}

function tellChannel(
  world: World,
  t:
    | GatewayDispatchEvents.ChannelCreate
    | GatewayDispatchEvents.ChannelUpdate
    | GatewayDispatchEvents.ChannelDelete,
  channel: GuildChannelRecord,
): void {
  world.events.dispatch(
    { t, d: viewGuildChannel(world, channel) as never },
    { guildId: world.guild.id, channelId: channel.id },
  );
}

/** @throws DiscordError 50001, 50013, 50035 */
export function changeChannel(
  world: World,
  actor: Actor,
  channel: GuildChannelRecord,
  form: ChannelForm,
): GuildChannelRecord {
  ensureChannelPermissions(world, actor.userId, channel, ['ManageChannels']);
  if (form.parent_id) checkParent(world.channels.get(form.parent_id));
  const before = channel.name;
  Object.assign(channel, fieldsOf(world, form));
  if (form.name !== undefined) channel.name = channelName(form.name, channel.type);
  if (form.type !== undefined) changeType(channel, form.type);
  if (form.permission_overwrites !== undefined)
    channel.overwrites = checkOverwrites(
      world,
      actor,
      form.permission_overwrites,
      channelPermissions(world, actor.userId, channel),
    );
  world.channels.set(channel.id, channel);
  tellChannel(world, GatewayDispatchEvents.ChannelUpdate, channel);
  writeAuditLog(world, actor, AuditLogEvent.ChannelUpdate, channel.id, {
    changes: before === channel.name ? [] : [{ key: 'name', old_value: before, new_value: channel.name }],
  });
  return channel;
}

/** Only text and announcement channels can become each other. */
function changeType(channel: GuildChannelRecord, type: GuildChannelType): void {
  const convertible: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
  if (type === channel.type) return;
  if (!convertible.includes(type) || !convertible.includes(channel.type))
    throw formError(['type'], 'BASE_TYPE_CHOICES', 'Value must be one of {0, 5}.');
  channel.type = type;
}

/**
 * Deletes a channel with its threads and messages. Channels of a deleted category stay.
 * @throws DiscordError 50001, 50013
 */
export function deleteChannel(world: World, actor: Actor, channel: GuildChannelRecord): void {
  ensureChannelPermissions(world, actor.userId, channel, ['ManageChannels']);
  ensure(channel.id !== world.guild.rulesChannelId, 'communityChannel');
  for (const other of [...world.channels.values()]) {
    if (other.kind === 'thread' && other.parentId === channel.id) removeThread(world, other);
    if (other.kind === 'guild' && other.parentId === channel.id) {
      other.parentId = null;
      world.channels.set(other.id, other);
      tellChannel(world, GatewayDispatchEvents.ChannelUpdate, other);
    }
  }
  for (const state of [...world.voiceStates.values()])
    if (state.channelId === channel.id) leaveVoice(world, state.userId);
  tellChannel(world, GatewayDispatchEvents.ChannelDelete, channel);
  world.channels.delete(channel.id);
  world.messages.removeChannel(channel.id);
  writeAuditLog(world, actor, AuditLogEvent.ChannelDelete, channel.id, {
    changes: [{ key: 'name', old_value: channel.name }],
  });
}

/** @throws DiscordError 50013 */
export function deleteThread(world: World, actor: Actor, thread: ThreadRecord): void {
  ensureChannelPermissions(world, actor.userId, thread, ['ManageThreads']);
  removeThread(world, thread);
  writeAuditLog(world, actor, AuditLogEvent.ThreadDelete, thread.id, {
    changes: [{ key: 'name', old_value: thread.name }],
  });
}

function removeThread(world: World, thread: ThreadRecord): void {
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.ThreadDelete,
      d: { id: thread.id, guild_id: world.guild.id, parent_id: thread.parentId, type: thread.type },
    },
    { guildId: world.guild.id, channelId: thread.id },
  );
  world.channels.delete(thread.id);
  world.messages.removeChannel(thread.id);
}

/** Gives channels new places or parents. */
export function moveChannels(
  world: World,
  actor: Actor,
  moves: { id: Snowflake; position?: number | null | undefined; parent_id?: Snowflake | null | undefined }[],
): void {
  ensureGuildPermissions(world, actor.userId, ['ManageChannels']);
  for (const move of moves) {
    const channel = found(world.channels.get(move.id), 'unknownChannel');
    ensure(channel.kind === 'guild', 'wrongChannelType');
    if (move.parent_id) checkParent(world.channels.get(move.parent_id));
    channel.position = move.position ?? channel.position;
    if (move.parent_id !== undefined) channel.parentId = move.parent_id;
    world.channels.set(channel.id, channel);
    tellChannel(world, GatewayDispatchEvents.ChannelUpdate, channel);
  }
}

/** @throws DiscordError 10009, 50013, 50024 */
export function setOverwrite(world: World, actor: Actor, channel: ChannelRecord, form: OverwriteForm): void {
  ensure(channel.kind === 'guild', 'wrongChannelType');
  ensureMayOverwrite(world, actor, channel);
  const own = channelPermissions(world, actor.userId, channel);
  const [overwrite] = checkOverwrites(world, actor, [form], own);
  if (overwrite === undefined) return;
  const before = channel.overwrites.find(({ id }) => id === form.id);
  channel.overwrites = [...channel.overwrites.filter(({ id }) => id !== form.id), overwrite];
  world.channels.set(channel.id, channel);
  tellChannel(world, GatewayDispatchEvents.ChannelUpdate, channel);
  const action =
    before === undefined ? AuditLogEvent.ChannelOverwriteCreate : AuditLogEvent.ChannelOverwriteUpdate;
  writeAuditLog(world, actor, action, channel.id, {
    changes: [
      { key: 'allow', old_value: before?.allow ?? '0', new_value: overwrite.allow },
      { key: 'deny', old_value: before?.deny ?? '0', new_value: overwrite.deny },
    ],
  });
}

/** @throws DiscordError 10009, 50013 */
export function removeOverwrite(
  world: World,
  actor: Actor,
  channel: ChannelRecord,
  targetId: Snowflake,
): void {
  ensure(channel.kind === 'guild', 'wrongChannelType');
  ensureMayOverwrite(world, actor, channel);
  ensure(
    channel.overwrites.some(({ id }) => id === targetId),
    'unknownOverwrite',
  );
  channel.overwrites = channel.overwrites.filter(({ id }) => id !== targetId);
  world.channels.set(channel.id, channel);
  tellChannel(world, GatewayDispatchEvents.ChannelUpdate, channel);
  writeAuditLog(world, actor, AuditLogEvent.ChannelOverwriteDelete, channel.id);
}

function ensureMayOverwrite(world: World, actor: Actor, channel: GuildChannelRecord): void {
  ensureChannelPermissions(world, actor.userId, channel, ['ManageRoles']);
}
