/** Webhooks: those of a channel, and the routes that they share with the follow-ups of interactions. */

import { randomBytes } from 'node:crypto';
import { GatewayDispatchEvents, type Snowflake, WebhookType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { UploadedFile } from '../actions/attachments.ts';
import { removeMessage } from '../actions/message-history.ts';
import { editMessage, sendMessage } from '../actions/messages.ts';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import type { MessageEditForm, MessageForm, messageEditForm } from '../rules/message-form.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { optional, queryBoolean, snowflake, text } from '../rules/scalars.ts';
import type { MessageRecord, WebhookRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewMessage } from '../views/messages.ts';
import { viewUser } from '../views/users.ts';
import { findChannel } from './find.ts';
import { type Route, route, type Services } from './route.ts';

interface MessagePath {
  webhookId: string;
  webhookToken: string;
  messageId: Snowflake | '@original';
}

/** What is done to a message of an interaction. */
interface InteractionMessages {
  read: (services: Services, path: MessagePath) => MessageRecord;
  edit: (
    services: Services,
    path: MessagePath,
    form: MessageEditForm,
    files: UploadedFile[],
  ) => MessageRecord;
  remove: (services: Services, path: MessagePath) => void;
  editForm: typeof messageEditForm;
}

const messageQuery = z.object({ thread_id: optional(snowflake), with_components: optional(queryBoolean) });

/** Reading, editing and deleting by webhook: of an interaction, or else of a channel's webhook. */
export function webhookMessageRoutes(ofInteraction: InteractionMessages): Route[] {
  const path = '/webhooks/:webhookId/:webhookToken/messages/:messageId';
  const isInteraction = (world: World, webhookId: string) => webhookId === world.identity.applicationId;
  return [
    route({
      method: 'GET',
      path,
      open: true,
      bucket: 'webhook',
      query: messageQuery,
      handle: (context) => {
        const { world, params } = context;
        const message = isInteraction(world, params.webhookId)
          ? ofInteraction.read(context, params)
          : messageOfWebhook(world, params);
        return viewMessage(world, message, world.botId);
      },
    }),
    route({
      method: 'PATCH',
      path,
      open: true,
      bucket: 'webhook',
      query: messageQuery,
      body: ofInteraction.editForm,
      handle: (context) => {
        const { world, params, body, files } = context;
        const message = isInteraction(world, params.webhookId)
          ? ofInteraction.edit(context, params, body, files)
          : editWebhookMessage(world, messageOfWebhook(world, params), body, files);
        return viewMessage(world, message, world.botId);
      },
    }),
    route({
      method: 'DELETE',
      path,
      open: true,
      bucket: 'webhook',
      query: messageQuery,
      handle: (context) => {
        const { world, params } = context;
        if (isInteraction(world, params.webhookId)) ofInteraction.remove(context, params);
        else removeMessage(world, messageOfWebhook(world, params));
      },
    }),
  ];
}

/** @throws DiscordError 10015, 50027 */
function findWebhook(world: World, id: Snowflake, token: string): WebhookRecord {
  const webhook = found(world.webhooks.get(id), 'unknownWebhook');
  ensure(webhook.token === token, 'invalidWebhookToken');
  return webhook;
}

function messageOfWebhook(world: World, path: MessagePath): MessageRecord {
  const webhook = findWebhook(world, path.webhookId, path.webhookToken);
  const message = world.messages.records.get(path.messageId);
  if (message === undefined || message.webhook?.id !== webhook.id) throw new DiscordError('unknownMessage');
  return message;
}

function editWebhookMessage(
  world: World,
  message: MessageRecord,
  form: MessageEditForm,
  files: UploadedFile[],
): MessageRecord {
  return editMessage(world, message.authorId, message, form, files, true);
}

/** Writes by a channel's webhook, under the name of its own choice. */
export function executeWebhook(
  world: World,
  path: { webhookId: string; webhookToken: string },
  query: { wait?: boolean | undefined; thread_id?: Snowflake | undefined },
  form: MessageForm,
  files: UploadedFile[],
): object | undefined {
  const webhook = findWebhook(world, path.webhookId, path.webhookToken);
  const channel = findChannel(world, query.thread_id ?? webhook.channelId);
  ensure(
    channel.id === webhook.channelId || (channel.kind === 'thread' && channel.parentId === webhook.channelId),
    'unknownChannel',
  );
  const { message } = sendMessage(
    world,
    {
      userId: webhook.creatorId,
      webhook: { id: webhook.id, applicationId: null, name: form.username ?? webhook.name },
      permitted: true,
    },
    channel,
    form,
    files,
  );
  return query.wait ? viewMessage(world, message, world.botId) : undefined;
}

function viewWebhook(world: World, webhook: WebhookRecord, withUser = true): object {
  return {
    id: webhook.id,
    type: WebhookType.Incoming,
    guild_id: world.guild.id,
    channel_id: webhook.channelId,
    application_id: world.identity.applicationId,
    name: webhook.name,
    avatar: null,
    token: webhook.token,
    url: `${world.publicUrl}/api/v10/webhooks/${webhook.id}/${webhook.token}`,
    ...(withUser ? { user: viewUser(world, webhook.creatorId) } : {}),
  };
}

function tellWebhooks(world: World, channelId: Snowflake): void {
  world.events.dispatch(
    { t: GatewayDispatchEvents.WebhooksUpdate, d: { guild_id: world.guild.id, channel_id: channelId } },
    { guildId: world.guild.id, channelId },
  );
}

export const webhookRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/channels/:channelId/webhooks',
    bucket: 'change-webhooks',
    handle: ({ params, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensureChannelPermissions(world, botId, channel, ['ManageWebhooks']);
      return [...world.webhooks.values()]
        .filter(({ channelId }) => channelId === channel.id)
        .map((webhook) => viewWebhook(world, webhook));
    },
  }),
  route({
    method: 'POST',
    path: '/channels/:channelId/webhooks',
    bucket: 'change-webhooks',
    body: z.object({ name: text(1, 80) }),
    handle: ({ params, body, world, botId }) => {
      const channel = findChannel(world, params.channelId);
      ensure(channel.kind === 'guild', 'wrongChannelType');
      ensureChannelPermissions(world, botId, channel, ['ManageWebhooks']);
      const webhook = {
        id: world.newId(),
        token: randomBytes(48).toString('base64url'),
        channelId: channel.id,
        name: body.name,
        creatorId: botId,
      };
      world.webhooks.set(webhook.id, webhook);
      tellWebhooks(world, channel.id);
      return viewWebhook(world, webhook);
    },
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/webhooks',
    bucket: 'change-webhooks',
    needs: ['ManageWebhooks'],
    handle: ({ world }) => [...world.webhooks.values()].map((webhook) => viewWebhook(world, webhook)),
  }),
  route({
    method: 'GET',
    path: '/webhooks/:webhookId',
    bucket: 'change-webhooks',
    needs: ['ManageWebhooks'],
    handle: ({ params, world }) =>
      viewWebhook(world, found(world.webhooks.get(params.webhookId), 'unknownWebhook')),
  }),
  route({
    method: 'GET',
    path: '/webhooks/:webhookId/:webhookToken',
    open: true,
    bucket: 'webhook',
    handle: ({ params, world }) =>
      viewWebhook(world, findWebhook(world, params.webhookId, params.webhookToken), false),
  }),
  route({
    method: 'DELETE',
    path: '/webhooks/:webhookId',
    bucket: 'change-webhooks',
    needs: ['ManageWebhooks'],
    handle: ({ params, world }) => {
      const webhook = found(world.webhooks.get(params.webhookId), 'unknownWebhook');
      world.webhooks.delete(webhook.id);
      tellWebhooks(world, webhook.channelId);
    },
  }),
];
