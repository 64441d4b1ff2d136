/** Reactions to messages. */

import { z } from 'zod';
import { findMessage } from '../actions/messages.ts';
import { addReaction, clearReactions, isEmoji, removeReaction } from '../actions/reactions.ts';
import { ensure } from '../rules/errors.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { optional, queryInt, snowflake } from '../rules/scalars.ts';
import { compareIds } from '../state/snowflake.ts';
import type { World } from '../state/world.ts';
import { viewUser } from '../views/users.ts';
import { findChannel } from './find.ts';
import { type Route, route } from './route.ts';

function placeOf(world: World, params: { channelId: string; messageId: string }) {
  const channel = findChannel(world, params.channelId);
  ensureChannelPermissions(world, world.botId, channel, []);
  return { channel, message: findMessage(world, world.botId, channel, params.messageId) };
}

export const reactionRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/channels/:channelId/messages/:messageId/reactions/:emoji',
    bucket: 'read-reactions',
    query: z.object({
      after: optional(snowflake),
      limit: optional(queryInt(1, 100)),
      type: optional(queryInt(0, 1)),
    }),
    handle: ({ params, query, world }) => {
      const { channel, message } = placeOf(world, params);
      ensureChannelPermissions(world, world.botId, channel, ['ReadMessageHistory']);
      ensure(isEmoji(params.emoji), 'unknownEmoji');
      const reaction = message.reactions.find(({ emoji }) => emoji === params.emoji);
      return [...(reaction?.userIds ?? [])]
        .sort(compareIds)
        .filter((id) => compareIds(id, query.after ?? '0') > 0)
        .slice(0, query.limit ?? 25)
        .map((id) => viewUser(world, id));
    },
  }),
  route({
    method: 'PUT',
    path: '/channels/:channelId/messages/:messageId/reactions/:emoji/@me',
    bucket: 'change-reactions',
    handle: ({ params, world, botId }) => {
      const { channel, message } = placeOf(world, params);
      addReaction(world, botId, channel, message, params.emoji);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/messages/:messageId/reactions/:emoji/@me',
    bucket: 'change-reactions',
    handle: ({ params, world, botId }) => {
      const { channel, message } = placeOf(world, params);
      removeReaction(world, botId, channel, message, params.emoji, botId);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/messages/:messageId/reactions/:emoji/:userId',
    bucket: 'change-reactions',
    handle: ({ params, world, botId }) => {
      const { channel, message } = placeOf(world, params);
      removeReaction(world, botId, channel, message, params.emoji, params.userId);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/messages/:messageId/reactions',
    bucket: 'change-reactions',
    handle: ({ params, world, botId }) => {
      const { channel, message } = placeOf(world, params);
      clearReactions(world, botId, channel, message);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/messages/:messageId/reactions/:emoji',
    bucket: 'change-reactions',
    handle: ({ params, world, botId }) => {
      const { channel, message } = placeOf(world, params);
      clearReactions(world, botId, channel, message, params.emoji);
    },
  }),
];
