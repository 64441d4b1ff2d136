/** Answers to interactions: the callback, and the messages after it by the application's webhook. */

import { InteractionResponseType } from 'discord-api-types/v10';
import { z } from 'zod';
import {
  answerInteraction,
  callbackForm,
  deleteMessageOf,
  editMessageOf,
  messageOf,
  sendFollowUp,
} from '../interactions/callbacks.ts';
import type { InteractionRecord } from '../interactions/records.ts';
import { messageEditForm, messageForm } from '../rules/message-form.ts';
import { optional, queryBoolean, snowflake } from '../rules/scalars.ts';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewMessage } from '../views/messages.ts';
import { type Route, route } from './route.ts';
import { executeWebhook, webhookMessageRoutes } from './webhooks.ts';

const webhookQuery = z.object({
  wait: optional(queryBoolean),
  thread_id: optional(snowflake),
  with_components: optional(queryBoolean),
});

export const interactionRoutes: Route[] = [
  route({
    method: 'POST',
    path: '/interactions/:interactionId/:interactionToken/callback',
    open: true,
    query: z.object({ with_response: optional(queryBoolean) }),
    body: callbackForm,
    handle: ({ params, query, body, files, world, desk }) => {
      const record = desk.forCallback(params.interactionId, params.interactionToken);
      const message = answerInteraction(world, desk, record, body, files);
      return query.with_response ? callbackResponse(world, record, body.type, message) : undefined;
    },
  }),
  route({
    method: 'POST',
    path: '/webhooks/:webhookId/:webhookToken',
    open: true,
    bucket: 'webhook',
    query: webhookQuery,
    body: messageForm,
    handle: (context) => {
      const { params, query, body, files, world, desk } = context;
      if (params.webhookId !== world.identity.applicationId)
        return executeWebhook(world, params, query, body, files);
      const record = desk.forFollowUp(params.webhookId, params.webhookToken);
      return viewMessage(world, sendFollowUp(world, desk, record, body, files), world.botId);
    },
  }),
  ...webhookMessageRoutes({
    read: ({ world, desk }, { webhookId, webhookToken, messageId }) =>
      messageOf(world, desk.forFollowUp(webhookId, webhookToken), messageId),
    edit: ({ world, desk }, { webhookId, webhookToken, messageId }, form, files) =>
      editMessageOf(world, desk, desk.forFollowUp(webhookId, webhookToken), messageId, form, files),
    remove: ({ world, desk }, { webhookId, webhookToken, messageId }) =>
      deleteMessageOf(world, desk, desk.forFollowUp(webhookId, webhookToken), messageId),
    editForm: messageEditForm,
  }),
];

/** Of what is deferred only the message's id is told. */
const carriesMessage: readonly number[] = [
  InteractionResponseType.ChannelMessageWithSource,
  InteractionResponseType.UpdateMessage,
];

function callbackResponse(
  world: World,
  record: InteractionRecord,
  type: number,
  message: MessageRecord | null,
): object {
  const channel = world.channels.get(record.channelId);
  return {
    interaction: {
      id: record.id,
      type: record.type,
      channel_id: record.channelId,
      ...(channel?.kind === 'dm' ? {} : { guild_id: world.guild.id }),
      ...(message === null
        ? {}
        : {
            response_message_id: message.id,
            response_message_loading: record.progress.state === 'deferred' && !record.progress.update,
            response_message_ephemeral: message.visibleTo !== null,
          }),
    },
    ...(message === null || !carriesMessage.includes(type)
      ? {}
      : { resource: { type, message: viewMessage(world, message, world.botId) } }),
  };
}
