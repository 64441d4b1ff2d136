/** Channels of the guild: reading, making, changing, permissions, typing. */

import { ChannelType } from 'discord-api-types/v10';
import { z } from 'zod';
import {
  changeChannel,
  createChannel,
  deleteChannel,
  deleteThread,
  moveChannels,
  removeOverwrite,
  setOverwrite,
} from '../actions/channels.ts';
import { changeThread } from '../actions/threads.ts';
import { tellTyping } from '../actions/typing.ts';
import { ensure } from '../rules/errors.ts';
import { checkForm, problem } from '../rules/form.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { list, optional, permissionBits, snowflake, text } from '../rules/scalars.ts';
import type { ChannelRecord, ThreadRecord } from '../state/records.ts';
import { viewChannel, viewGuildChannel, viewThread } from '../views/channels.ts';
import { findChannel } from './find.ts';
import { Reply, type Route, type RouteContext, route } from './route.ts';
import { autoArchive } from './threads.ts';

const overwriteForm = z.object({
  id: snowflake,
  type: optional(z.union([z.literal(0), z.literal(1)])),
  allow: optional(permissionBits),
  deny: optional(permissionBits),
});

const tagForm = z.object({
  id: optional(snowflake),
  name: text(1, 20),
  moderated: optional(z.boolean()),
  emoji_id: snowflake.nullish(),
  emoji_name: z.string().nullish(),
});

const channelTypes = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildCategory,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
] as const;

const channelFields = {
  type: optional(z.union(channelTypes.map((type) => z.literal(type)))),
  topic: text(0, 1024).nullish(),
  position: optional(z.int().min(0)),
  parent_id: snowflake.nullish(),
  nsfw: optional(z.boolean()),
  rate_limit_per_user: optional(z.int().min(0).max(21_600)),
  bitrate: optional(z.int().min(8000).max(96_000)),
  user_limit: optional(z.int().min(0).max(10_000)),
  permission_overwrites: optional(list(overwriteForm, 1000)),
  available_tags: optional(list(tagForm, 20)),
  default_reaction_emoji: z
    .object({ emoji_id: snowflake.nullable().default(null), emoji_name: z.string().nullable().default(null) })
    .nullish(),
  default_auto_archive_duration: optional(autoArchive),
};
const createForm = z.object({ name: text(1, 100), ...channelFields });
const changeForm = z.object({ name: optional(text(1, 100)), ...channelFields });

const threadForm = z.object({
  name: optional(text(1, 100)),
  archived: optional(z.boolean()),
  auto_archive_duration: optional(autoArchive),
  locked: optional(z.boolean()),
  invitable: optional(z.boolean()),
  rate_limit_per_user: optional(z.int().min(0).max(21_600)),
  applied_tags: optional(
    z
      .array(snowflake)
      .refine((tags) => tags.length <= 5, problem('BASE_TYPE_MAX_LENGTH', 'Must be 5 or fewer in length.')),
  ),
});

export const channelRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId/channels',
    bucket: 'read-guild',
    handle: ({ world }) =>
      [...world.channels.values()].flatMap((channel) =>
        channel.kind === 'guild' ? viewGuildChannel(world, channel) : [],
      ),
  }),
  route({
    method: 'POST',
    path: '/guilds/:guildId/channels',
    bucket: 'create-channel',
    body: createForm,
    handle: ({ body, world, actor }) =>
      new Reply(201, viewGuildChannel(world, createChannel(world, actor, body))),
  }),
  route({
    method: 'PATCH',
    path: '/guilds/:guildId/channels',
    bucket: 'change-channel',
    body: z.array(
      z.object({ id: snowflake, position: z.int().min(0).nullish(), parent_id: snowflake.nullish() }),
    ),
    handle: ({ body, world, actor }) => moveChannels(world, actor, body),
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId',
    bucket: 'read-channel',
    handle: ({ params, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, []);
      return channel.kind === 'thread' ? viewThread(world, channel, botId) : viewChannel(world, channel);
    },
  }),
  route({
    method: 'PATCH',
    path: '/channels/:channelId',
    bucket: 'change-channel',
    body: z.record(z.string(), z.unknown()),
    handle: (context) => changeAny(context, findChannel(context.world, context.params.channelId)),
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId',
    bucket: 'change-channel',
    handle: ({ params, world, actor }) => {
      const channel = findChannel(world, params.channelId);
      const view = viewChannel(world, channel);
      if (channel.kind === 'guild') deleteChannel(world, actor, channel);
      else if (channel.kind === 'thread') deleteThread(world, actor, channel);
      return view;
    },
  }),
  route({
    method: 'PUT',
    path: '/channels/:channelId/permissions/:overwriteId',
    bucket: 'channel-permissions',
    body: overwriteForm.omit({ id: true }),
    handle: ({ params, body, world, actor }) =>
      setOverwrite(world, actor, findChannel(world, params.channelId), { id: params.overwriteId, ...body }),
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/permissions/:overwriteId',
    bucket: 'channel-permissions',
    handle: ({ params, world, actor }) =>
      removeOverwrite(world, actor, findChannel(world, params.channelId), params.overwriteId),
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/typing',
    bucket: 'typing',
    handle: ({ params, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, ['SendMessages']);
      tellTyping(world, botId, channel);
    },
  }),
];

type Context = RouteContext<unknown, unknown, Record<string, unknown>>;

/** Channels and threads are changed by the same route, with different fields. */
function changeAny(context: Context, channel: ChannelRecord): object {
  const { world, actor, body } = context;
  ensure(channel.kind !== 'dm', 'notInDm');
  if (channel.kind === 'guild')
    return viewGuildChannel(world, changeChannel(world, actor, channel, checkForm(changeForm, body)));
  return viewThread(world, changeThreadAs(context, channel), actor.userId);
}

function changeThreadAs({ world, actor, body }: Context, thread: ThreadRecord): ThreadRecord {
  const form = checkForm(threadForm, body);
  const isOwn = thread.ownerId === actor.userId && form.locked === undefined;
  ensureChannelPermissions(world, actor.userId, thread, isOwn ? [] : ['ManageThreads']);
  // In an archived thread nothing changes but that.
  const unarchives = form.archived === false;
  ensure(!thread.metadata.archived || unarchives || Object.keys(body).length === 0, 'archivedThread');
  const archived = form.archived ?? thread.metadata.archived;
  return changeThread(world, thread, {
    name: form.name ?? thread.name,
    rateLimitPerUser: form.rate_limit_per_user ?? thread.rateLimitPerUser,
    tags: form.applied_tags ?? thread.tags,
    metadata: {
      ...thread.metadata,
      archived,
      archive_timestamp:
        archived === thread.metadata.archived ? thread.metadata.archive_timestamp : world.isoNow(),
      auto_archive_duration: form.auto_archive_duration ?? thread.metadata.auto_archive_duration,
      locked: form.locked ?? thread.metadata.locked ?? false,
      ...(form.invitable === undefined ? {} : { invitable: form.invitable }),
    },
  });
}
