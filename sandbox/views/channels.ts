/** Channels, threads and direct messages in Discord's shapes. */

import {
  type APIChannel,
  type APIDMChannel,
  type APIThreadChannel,
  type APIThreadMember,
  ChannelType,
  type Snowflake,
  type ThreadMemberFlags,
} from 'discord-api-types/v10';
import type {
  ChannelRecord,
  DmChannelRecord,
  GuildChannelRecord,
  GuildChannelType,
  ThreadRecord,
} from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewUser } from './users.ts';

/** Any channel. */
export function viewChannel(world: World, channel: ChannelRecord): APIChannel {
  if (channel.kind === 'guild') return viewGuildChannel(world, channel);
  return channel.kind === 'dm' ? viewDm(world, channel) : viewThread(world, channel);
}

/** Fields that only some types of channel have. */
const fieldsOfType: Record<GuildChannelType, (channel: GuildChannelRecord) => object> = {
  [ChannelType.GuildCategory]: () => ({}),
  [ChannelType.GuildText]: textFields,
  [ChannelType.GuildAnnouncement]: textFields,
  [ChannelType.GuildVoice]: voiceFields,
  [ChannelType.GuildStageVoice]: (channel) => ({ ...voiceFields(channel), topic: channel.topic }),
  [ChannelType.GuildForum]: (channel) => ({
    ...textFields(channel),
    available_tags: channel.tags,
    default_reaction_emoji: channel.defaultReaction,
    default_sort_order: null,
    default_forum_layout: 0,
  }),
};

function textFields(channel: GuildChannelRecord): object {
  return {
    topic: channel.topic,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: channel.lastPinAt,
    rate_limit_per_user: channel.rateLimitPerUser,
    default_auto_archive_duration: channel.defaultAutoArchive,
  };
}

function voiceFields(channel: GuildChannelRecord): object {
  return {
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: channel.rateLimitPerUser,
    bitrate: channel.bitrate,
    user_limit: channel.userLimit,
    rtc_region: null,
  };
}

/** A channel of the guild that is no thread. */
export function viewGuildChannel(world: World, channel: GuildChannelRecord): APIChannel {
  return {
    id: channel.id,
    type: channel.type,
    guild_id: world.guild.id,
    name: channel.name,
    position: channel.position,
    parent_id: channel.parentId,
    permission_overwrites: channel.overwrites,
    nsfw: channel.nsfw,
    flags: channel.flags,
    ...fieldsOfType[channel.type](channel),
  } as APIChannel;
}

/** A thread; `forUserId` adds that user's membership. */
export function viewThread(world: World, thread: ThreadRecord, forUserId?: Snowflake): APIThreadChannel {
  const joinedAt = forUserId === undefined ? undefined : thread.members[forUserId];
  return {
    id: thread.id,
    type: thread.type,
    guild_id: world.guild.id,
    parent_id: thread.parentId,
    name: thread.name,
    owner_id: thread.ownerId,
    last_message_id: thread.lastMessageId,
    last_pin_timestamp: thread.lastPinAt,
    rate_limit_per_user: thread.rateLimitPerUser,
    thread_metadata: thread.metadata,
    message_count: thread.messageCount,
    member_count: Math.min(50, Object.keys(thread.members).length),
    total_message_sent: thread.totalMessages,
    flags: thread.flags,
    applied_tags: thread.tags,
    ...(joinedAt !== undefined && forUserId !== undefined
      ? { member: viewThreadMember(thread, forUserId, joinedAt) }
      : {}),
  } as APIThreadChannel;
}

/** A membership in a thread. */
export function viewThreadMember(thread: ThreadRecord, userId: Snowflake, joinedAt: string): APIThreadMember {
  return { id: thread.id, user_id: userId, join_timestamp: joinedAt, flags: 0 as ThreadMemberFlags };
}

/** The bot's direct messages with a user, as the bot sees them. */
export function viewDm(world: World, channel: DmChannelRecord): APIDMChannel {
  return {
    id: channel.id,
    type: ChannelType.DM,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: channel.lastPinAt,
    flags: channel.flags,
    recipients: [viewUser(world, channel.userId)],
  } as APIDMChannel;
}
