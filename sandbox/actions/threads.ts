/** Threads: opening, joining, archiving, and posts of a forum. */

import {
  ChannelType,
  GatewayDispatchEvents,
  MessageReferenceType,
  MessageType,
  type Snowflake,
  ThreadAutoArchiveDuration,
} from 'discord-api-types/v10';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import { ensureChannelPermissions, hasInChannel } from '../rules/permissions.ts';
import { newMessage } from '../state/new-records.ts';
import type { ChannelRecord, GuildChannelRecord, MessageRecord, ThreadRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewThread, viewThreadMember } from '../views/channels.ts';
import { tellCreated } from './tell.ts';

export interface ThreadForm {
  name: string;
  type: ThreadRecord['type'];
  autoArchive?: number | undefined;
  rateLimitPerUser?: number | undefined;
  tags?: Snowflake[] | undefined;
  invitable?: boolean | undefined;
}

const threadParents = new Set([ChannelType.GuildText, ChannelType.GuildAnnouncement]);

/**
 * Opens a thread below a channel; with a message, from that message.
 * @throws DiscordError 50024 where there can be no threads, 160004 when the message has one already
 */
export function openThread(
  world: World,
  actorId: Snowflake,
  parent: ChannelRecord,
  form: ThreadForm,
  message: MessageRecord | null,
): ThreadRecord {
  ensure(parent.kind === 'guild' && threadParents.has(parent.type), 'wrongChannelType');
  ensureChannelPermissions(world, actorId, parent, [
    form.type === ChannelType.PrivateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads',
  ]);
  if (message !== null) ensure(!world.channels.has(message.id), 'threadAlreadyCreated');
  const thread = addThread(world, actorId, parent, form, message?.id ?? world.newId());
  if (form.type !== ChannelType.PrivateThread) tellThreadStarted(world, actorId, parent, thread, message);
  return thread;
}

/**
 * Opens a post in a forum, still without its first message.
 * @throws DiscordError 40067 when the forum wants a tag
 */
export function openForumPost(
  world: World,
  actorId: Snowflake,
  forum: ChannelRecord,
  form: ThreadForm,
): ThreadRecord {
  ensure(forum.kind === 'guild' && forum.type === ChannelType.GuildForum, 'wrongChannelType');
  ensureChannelPermissions(world, actorId, forum, ['SendMessages']);
  const known = new Set(forum.tags.map(({ id }) => id));
  const tags = (form.tags ?? []).filter((id) => known.has(id));
  const id = world.newId();
  forum.lastMessageId = id;
  world.channels.set(forum.id, forum);
  return addThread(world, actorId, forum, { ...form, tags }, id);
}

function addThread(
  world: World,
  ownerId: Snowflake,
  parent: GuildChannelRecord,
  form: ThreadForm,
  id: Snowflake,
): ThreadRecord {
  const now = world.isoNow();
  const thread: ThreadRecord = {
    kind: 'thread',
    id,
    type: form.type,
    name: form.name,
    parentId: parent.id,
    ownerId,
    lastMessageId: null,
    lastPinAt: null,
    flags: 0,
    metadata: {
      archived: false,
      archive_timestamp: now,
      auto_archive_duration: form.autoArchive ?? parent.defaultAutoArchive,
      locked: false,
      create_timestamp: now,
      ...(form.type === ChannelType.PrivateThread ? { invitable: form.invitable ?? true } : {}),
    },
    messageCount: 0,
    totalMessages: 0,
    rateLimitPerUser: form.rateLimitPerUser ?? 0,
    tags: form.tags ?? [],
    members: { [ownerId]: now },
  };
  world.channels.set(id, thread);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.ThreadCreate,
      d: { ...viewThread(world, thread, ownerId), newly_created: true },
    },
    { guildId: world.guild.id, channelId: id },
  );
  return thread;
}

/** The line that Discord writes into the channel, and the copy of the message at the thread's head. */
function tellThreadStarted(
  world: World,
  actorId: Snowflake,
  parent: GuildChannelRecord,
  thread: ThreadRecord,
  message: MessageRecord | null,
): void {
  const reference = { type: MessageReferenceType.Default, guild_id: world.guild.id };
  const line =
    message === null
      ? newMessage(world.newId(), parent.id, actorId, {
          type: MessageType.ThreadCreated,
          content: thread.name,
          reference: { ...reference, channel_id: thread.id },
        })
      : newMessage(world.newId(), thread.id, message.authorId, {
          type: MessageType.ThreadStarterMessage,
          reference: { ...reference, channel_id: parent.id, message_id: message.id },
        });
  world.messages.add(line);
  tellCreated(world, line);
}

/** Whether the duration is one that Discord offers, in minutes. */
export const archiveDurations: readonly number[] = [
  ThreadAutoArchiveDuration.OneHour,
  ThreadAutoArchiveDuration.OneDay,
  ThreadAutoArchiveDuration.ThreeDays,
  ThreadAutoArchiveDuration.OneWeek,
];

/**
 * Opens an archived thread again when somebody writes in it.
 * @throws DiscordError 160005 when it is locked and the writer may not manage threads
 */
export function ensureThreadOpen(world: World, userId: Snowflake, thread: ThreadRecord): void {
  if (thread.metadata.locked) ensure(hasInChannel(world, userId, thread, 'ManageThreads'), 'threadLocked');
  if (!thread.metadata.archived) return;
  changeThread(world, thread, {
    metadata: { ...thread.metadata, archived: false, archive_timestamp: world.isoNow() },
  });
}

/** Changes a thread and tells it. */
export function changeThread(
  world: World,
  thread: ThreadRecord,
  changes: Partial<ThreadRecord>,
): ThreadRecord {
  Object.assign(thread, changes);
  world.channels.set(thread.id, thread);
  world.events.dispatch(
    { t: GatewayDispatchEvents.ThreadUpdate, d: viewThread(world, thread) },
    { guildId: world.guild.id, channelId: thread.id },
  );
  return thread;
}

/** Counts a message, and lets its writer into the thread. */
export function countThreadMessage(world: World, threadId: Snowflake, authorId: Snowflake): void {
  const thread = world.channels.get(threadId);
  if (thread?.kind !== 'thread') return;
  // The first message of a post is the post itself.
  if (thread.lastMessageId !== thread.id) thread.messageCount++;
  thread.totalMessages++;
  world.channels.set(threadId, thread);
  if (!(authorId in thread.members) && world.members.has(authorId)) joinThread(world, thread, authorId);
}

/** Adds somebody to a thread. */
export function joinThread(world: World, thread: ThreadRecord, userId: Snowflake): void {
  ensure(!thread.metadata.archived, 'archivedThread');
  if (userId in thread.members) return;
  thread.members[userId] = world.isoNow();
  tellThreadMembers(world, thread, [userId], []);
}

/** Takes somebody out of a thread. */
export function leaveThread(world: World, thread: ThreadRecord, userId: Snowflake): void {
  if (!(userId in thread.members)) return;
  delete thread.members[userId];
  tellThreadMembers(world, thread, [], [userId]);
}

function tellThreadMembers(
  world: World,
  thread: ThreadRecord,
  added: Snowflake[],
  removed: Snowflake[],
): void {
  world.channels.set(thread.id, thread);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.ThreadMembersUpdate,
      d: {
        id: thread.id,
        guild_id: world.guild.id,
        member_count: Object.keys(thread.members).length,
        added_members: added.map((id) => ({
          ...viewThreadMember(thread, id, thread.members[id] ?? world.isoNow()),
          presence: null,
        })),
        removed_member_ids: removed,
      },
    },
    { guildId: world.guild.id, channelId: thread.id },
  );
}

/**
 * The thread with this id.
 * @throws DiscordError 10003 when there is none, 50024 when the channel is no thread
 */
export function findThread(world: World, id: Snowflake): ThreadRecord {
  const channel = found(world.channels.get(id), 'unknownChannel');
  if (channel.kind !== 'thread') throw new DiscordError('wrongChannelType');
  return channel;
}
