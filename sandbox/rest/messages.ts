/** Messages in a channel: reading, sending, editing, deleting, pinning. */

import { z } from 'zod';
import { bulkDelete, deleteMessage, readHistory } from '../actions/message-history.ts';
import { editMessage, findMessage, sendMessage } from '../actions/messages.ts';
import { listPins, pinMessage, unpinMessage } from '../actions/pins.ts';
import { endPoll } from '../actions/polls.ts';
import { ensure } from '../rules/errors.ts';
import { messageEditForm, messageForm } from '../rules/message-form.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { optional, queryInt, snowflake } from '../rules/scalars.ts';
import type { MessageRecord } from '../state/records.ts';
import { viewMessage } from '../views/messages.ts';
import { viewUser } from '../views/users.ts';
import { findChannel } from './find.ts';
import { messageForBot } from './message-view.ts';
import { type Route, route } from './route.ts';

const historyQuery = z.object({
  around: optional(snowflake),
  before: optional(snowflake),
  after: optional(snowflake),
  limit: optional(queryInt(1, 100)),
});

export const messageRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/channels/:channelId/messages',
    bucket: 'read-messages',
    query: historyQuery,
    handle: ({ params, query, ...context }) => {
      const { world, botId } = context;
      const channel = findChannel(world, params.channelId);
      const range = { ...query, limit: query.limit ?? 50 };
      return readHistory(world, botId, channel, range, false).map((message) =>
        messageForBot(context, message),
      );
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/messages',
    bucket: 'send-message',
    body: messageForm,
    handle: ({ params, body, files, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      const { message, nonce } = sendMessage(world, { userId: botId }, channel, body, files);
      return { ...viewMessage(world, message, botId), ...(nonce === null ? {} : { nonce }) };
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId/messages/:messageId',
    bucket: 'read-message',
    handle: ({ params, ...context }) => {
      const { world, botId } = context;
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, ['ReadMessageHistory']);
      return messageForBot(context, findMessage(world, botId, channel, params.messageId));
    },
  }),
  route({
    method: 'PATCH',
    path: '/channels/:channelId/messages/:messageId',
    bucket: 'edit-message',
    body: messageEditForm,
    handle: ({ params, body, files, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, []);
      const message = findMessage(world, botId, channel, params.messageId);
      return viewMessage(world, editMessage(world, botId, message, body, files), botId);
    },
  }),
  route({
    method: 'DELETE',
    path: '/channels/:channelId/messages/:messageId',
    bucket: 'delete-message',
    handle: ({ params, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, []);
      deleteMessage(world, botId, findMessage(world, botId, channel, params.messageId));
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/messages/bulk-delete',
    bucket: 'bulk-delete',
    body: z.object({ messages: z.array(snowflake) }),
    handle: ({ params, body, world, botId }) =>
      bulkDelete(world, botId, findChannel(world, params.channelId), body.messages),
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId/messages/pins',
    bucket: 'pins',
    query: z.object({ before: optional(z.string()), limit: optional(queryInt(1, 50)) }),
    handle: ({ params, query, ...context }) => {
      const { world, botId } = context;
      const pins = listPins(world, botId, findChannel(world, params.channelId));
      const older = pins.filter(
        ({ pinnedAt }) => query.before === undefined || (pinnedAt ?? '') < query.before,
      );
      const page = older.slice(0, query.limit ?? 50);
      return {
        items: page.map((message) => ({
          pinned_at: message.pinnedAt,
          message: messageForBot(context, message),
        })),
        has_more: older.length > page.length,
      };
    },
  }),
  ...(
    ['/channels/:channelId/messages/pins/:messageId', '/channels/:channelId/pins/:messageId'] as const
  ).flatMap((path) => [
    route({
      method: 'PUT',
      path,
      bucket: 'pins',
      handle: ({ params, world, actor }) => {
        const channel = findChannel(world, params.channelId);
        pinMessage(world, actor, channel, findMessage(world, actor.userId, channel, params.messageId));
      },
    }),
    route({
      method: 'DELETE',
      path,
      bucket: 'pins',
      handle: ({ params, world, actor }) => {
        const channel = findChannel(world, params.channelId);
        unpinMessage(world, actor, channel, findMessage(world, actor.userId, channel, params.messageId));
      },
    }),
  ]),
  route({
    method: 'GET',
    path: '/channels/:channelId/pins',
    bucket: 'pins',
    handle: ({ params, ...context }) => {
      const { world, botId } = context;
      return listPins(world, botId, findChannel(world, params.channelId)).map((message) =>
        messageForBot(context, message),
      );
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/polls/:messageId/expire',
    handle: ({ params, world, botId }) => {
      const message = findMessage(world, botId, findChannel(world, params.channelId), params.messageId);
      return viewMessage(world, endPoll(world, botId, message), botId);
    },
  }),
  route({
    method: 'GET',
    path: '/channels/:channelId/polls/:messageId/answers/:answer',
    query: z.object({ after: optional(snowflake), limit: optional(queryInt(1, 100)) }),
    handle: ({ params, query, world, botId }) => {
      const message = findMessage(world, botId, findChannel(world, params.channelId), params.messageId);
      const voters = votersOf(message, Number(params.answer)).filter((id) => id > (query.after ?? ''));
      return { users: voters.slice(0, query.limit ?? 25).map((id) => viewUser(world, id)) };
    },
  }),
];

function votersOf(message: MessageRecord, answerId: number): string[] {
  ensure(message.poll !== null, 'notAPoll');
  return message.poll.votes[answerId] ?? [];
}
