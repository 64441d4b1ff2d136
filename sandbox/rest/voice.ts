/** Who sits where, and stages. */

import { GatewayDispatchEvents } from 'discord-api-types/v10';
import { z } from 'zod';
import { ensure, found } from '../rules/errors.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import { optional, snowflake, text } from '../rules/scalars.ts';
import type { StageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewStage, viewVoiceState } from '../views/guild.ts';
import { findChannel } from './find.ts';
import { type Route, route } from './route.ts';

function voiceStateOf(world: World, userId: string): object {
  return viewVoiceState(world, found(world.voiceStates.get(userId), 'unknownVoiceState'));
}

type StageEvent =
  | GatewayDispatchEvents.StageInstanceCreate
  | GatewayDispatchEvents.StageInstanceUpdate
  | GatewayDispatchEvents.StageInstanceDelete;

function tellStage(world: World, t: StageEvent, stage: StageRecord): void {
  world.events.dispatch(
    { t, d: viewStage(world, stage) },
    { guildId: world.guild.id, channelId: stage.channelId },
  );
}

function stageIn(world: World, channelId: string): StageRecord {
  const stage = [...world.stages.values()].find((candidate) => candidate.channelId === channelId);
  return found(stage, 'unknownStage');
}

export const voiceRoutes: Route[] = [
  route({
    method: 'GET',
    path: '/guilds/:guildId/voice-states/@me',
    bucket: 'voice-state',
    handle: ({ world, botId }) => voiceStateOf(world, botId),
  }),
  route({
    method: 'GET',
    path: '/guilds/:guildId/voice-states/:userId',
    bucket: 'voice-state',
    handle: ({ params, world }) => voiceStateOf(world, params.userId),
  }),
  route({
    method: 'POST',
    path: '/stage-instances',
    bucket: 'voice-state',
    body: z.object({ channel_id: snowflake, topic: text(1, 120), privacy_level: optional(z.int()) }),
    handle: ({ body, world, botId }) => {
      const channel = findChannel(world, body.channel_id);
      ensureChannelPermissions(world, botId, channel, ['ManageChannels']);
      ensure(channel.type === 13, 'wrongChannelType');
      const isLive = [...world.stages.values()].some(({ channelId }) => channelId === channel.id);
      ensure(!isLive, 'stageAlreadyOpen');
      const stage = { id: world.newId(), channelId: channel.id, topic: body.topic };
      world.stages.set(stage.id, stage);
      tellStage(world, GatewayDispatchEvents.StageInstanceCreate, stage);
      return viewStage(world, stage);
    },
  }),
  route({
    method: 'GET',
    path: '/stage-instances/:channelId',
    bucket: 'voice-state',
    handle: ({ params, world }) => viewStage(world, stageIn(world, params.channelId)),
  }),
  route({
    method: 'PATCH',
    path: '/stage-instances/:channelId',
    bucket: 'voice-state',
    body: z.object({ topic: optional(text(1, 120)) }),
    handle: ({ params, body, world, botId }) => {
      ensureChannelPermissions(world, botId, findChannel(world, params.channelId), ['ManageChannels']);
      const stage = stageIn(world, params.channelId);
      stage.topic = body.topic ?? stage.topic;
      world.stages.set(stage.id, stage);
      tellStage(world, GatewayDispatchEvents.StageInstanceUpdate, stage);
      return viewStage(world, stage);
    },
  }),
  route({
    method: 'DELETE',
    path: '/stage-instances/:channelId',
    bucket: 'voice-state',
    handle: ({ params, world, botId }) => {
      ensureChannelPermissions(world, botId, findChannel(world, params.channelId), ['ManageChannels']);
      const stage = stageIn(world, params.channelId);
      world.stages.delete(stage.id);
      tellStage(world, GatewayDispatchEvents.StageInstanceDelete, stage);
    },
  }),
];
