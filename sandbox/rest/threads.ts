/** Threads and forum posts: opening, membership, lists. */

import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import { findMessage, sendMessage } from '../actions/messages.ts';
import {
  archiveDurations,
  findThread,
  joinThread,
  leaveThread,
  openForumPost,
  openThread,
} from '../actions/threads.ts';
import { ensure, found } from '../rules/errors.ts';
import { checkForm, problem } from '../rules/form.ts';
import { messageForm } from '../rules/message-form.ts';
import { ensureChannelPermissions, maySee } from '../rules/permissions.ts';
import { optional, queryBoolean, queryInt, snowflake, text } from '../rules/scalars.ts';
import type { ThreadRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewThread, viewThreadMember } from '../views/channels.ts';
import { viewMessage } from '../views/messages.ts';
import { viewMember } from '../views/users.ts';
import { findChannel } from './find.ts';
import { Reply, type Route, route } from './route.ts';

/** Minutes of silence after which a thread is archived. */
export const autoArchive = z
  .int()
  .refine(
    (minutes) => archiveDurations.includes(minutes),
    problem('BASE_TYPE_CHOICES', `Value must be one of {${archiveDurations.join(', ')}}.`),
  );

const threadForm = z.object({
  name: text(1, 100),
  auto_archive_duration: optional(autoArchive),
  rate_limit_per_user: optional(z.int().min(0).max(21_600)),
  type: optional(z.union([z.literal(10), z.literal(11), z.literal(12)])),
  invitable: optional(z.boolean()),
  applied_tags: optional(z.array(snowflake).max(5)),
  message: z.unknown().optional(),
});

const memberQuery = z.object({
  with_member: optional(queryBoolean),
  after: optional(snowflake),
  limit: optional(queryInt(1, 100)),
});

export const threadRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/channels/:channelId/messages/:messageId/threads',
    bucket: 'create-thread',
    body: threadForm,
    handle: ({ params, body, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, []);
      const message = findMessage(world, botId, channel, params.messageId);
      const type =
        channel.type === ChannelType.GuildAnnouncement
          ? ChannelType.AnnouncementThread
          : ChannelType.PublicThread;
      const thread = openThread(world, botId, channel, { ...fieldsOf(body), type }, message);
      return new Reply(201, viewThread(world, thread, botId));
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/threads',
    bucket: 'create-thread',
    body: threadForm,
    handle: ({ params, body, files, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, []);
      if (channel.type !== ChannelType.GuildForum) {
        const type = body.type ?? ChannelType.PrivateThread;
        const thread = openThread(world, botId, channel, { ...fieldsOf(body), type }, null);
        return new Reply(201, viewThread(world, thread, botId));
      }
      const form = checkForm(messageForm, body.message, ['message']);
      const thread = openForumPost(world, botId, channel, {
        ...fieldsOf(body),
        type: ChannelType.PublicThread,
      });
      const { message } = sendMessage(world, { userId: botId, id: thread.id }, thread, form, files);
      return new Reply(201, {
        ...viewThread(world, thread, botId),
        message: viewMessage(world, message, botId),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/threads/active',
    bucket: 'read-guild',
    handle: ({ world, botId }) =>
      listOf(
        world,
        threadsWhere(world, (thread) => !thread.metadata.archived && maySee(world, botId, thread)),
      ),
  }),
  ...(['public', 'private'] as const).map((kind) =>
    route({
      method: 'GET',
      path: `/channels/:channelId/threads/archived/${kind}`,
      bucket: 'read-channel',
      query: z.object({ before: optional(z.string()), limit: optional(queryInt(2, 100)) }),
      handle: ({ params, query, world, botId }) => {
        const channel = findChannel(world, params.channelId);
        ensureChannelPermissions(world, botId, channel, ['ReadMessageHistory']);
        const isPrivate = kind === 'private';
        const archived = threadsWhere(
          world,
          (thread) =>
            thread.parentId === channel.id &&
            thread.metadata.archived &&
            (thread.type === ChannelType.PrivateThread) === isPrivate &&
            (query.before === undefined || thread.metadata.archive_timestamp < query.before),
        ).sort((a, b) => (a.metadata.archive_timestamp < b.metadata.archive_timestamp ? 1 : -1));
        const page = archived.slice(0, query.limit ?? 50);
        return { ...listOf(world, page), has_more: archived.length > page.length };
      },
    }),
  ),
  route({
    method: 'GET',
    path: '/channels/:channelId/thread-members',
    bucket: 'thread-members',
    query: memberQuery,
    handle: ({ params, query, world, botId }) => {
      const thread = visibleThread(world, botId, params.channelId);
      return Object.keys(thread.members)
        .filter((id) => id > (query.after ?? ''))
        .slice(0, query.limit ?? 100)
        .map((id) => threadMember(world, thread, id, query.with_member ?? false));
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId/thread-members/:userId',
    bucket: 'thread-members',
    query: memberQuery,
    handle: ({ params, query, world, botId }) => {
      const thread = visibleThread(world, botId, params.channelId);
      ensure(params.userId in thread.members, 'unknownMember');
      return threadMember(world, thread, params.userId, query.with_member ?? false);
    },
  }),
  route({
    method: 'PUT',
    path: '/channels/:channelId/thread-members/@me',
    bucket: 'thread-members',
    handle: ({ params, world, botId }) =>
      joinThread(world, visibleThread(world, botId, params.channelId), botId),
  }),
  route({
    method: 'PUT',
    path: '/channels/:channelId/thread-members/:userId',
    bucket: 'thread-members',
    handle: ({ params, world, botId }) => {
      const thread = visibleThread(world, botId, params.channelId);
      found(world.members.get(params.userId), 'unknownMember');
      ensureChannelPermissions(world, botId, thread, ['SendMessagesInThreads']);
      joinThread(world, thread, params.userId);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/thread-members/@me',
    bucket: 'thread-members',
    handle: ({ params, world, botId }) =>
      leaveThread(world, visibleThread(world, botId, params.channelId), botId),
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/thread-members/:userId',
    bucket: 'thread-members',
    handle: ({ params, world, botId }) => {
      const thread = visibleThread(world, botId, params.channelId);
      ensureChannelPermissions(world, botId, thread, ['ManageThreads']);
      leaveThread(world, thread, params.userId);
    },
  }),
];

function fieldsOf(body: z.output<typeof threadForm>) {
  return {
    name: body.name,
    autoArchive: body.auto_archive_duration,
    rateLimitPerUser: body.rate_limit_per_user,
    invitable: body.invitable,
    tags: body.applied_tags,
  };
}

function visibleThread(world: World, botId: string, id: string): ThreadRecord {
  const thread = findThread(world, id);
  ensureChannelPermissions(world, botId, thread, []);
  return thread;
}

function threadsWhere(world: World, test: (thread: ThreadRecord) => boolean): ThreadRecord[] {
  return [...world.channels.values()].filter(
    (channel): channel is ThreadRecord => channel.kind === 'thread' && test(channel),
  );
}

function listOf(world: World, threads: ThreadRecord[]): object {
  const joined = threads.filter((thread) => world.botId in thread.members);
  return {
    threads: threads.map((thread) => viewThread(world, thread)),
    members: joined.map((thread) => threadMember(world, thread, world.botId, false)),
    has_more: false,
  };
}

function threadMember(world: World, thread: ThreadRecord, userId: string, withMember: boolean): object {
  const member = world.members.get(userId);
  return {
    ...viewThreadMember(thread, userId, thread.members[userId] ?? world.isoNow()),
    ...(withMember && member !== undefined ? { member: viewMember(world, member) } : {}),
  };
}
