/** Who sits in which voice or stage channel. */

import { randomBytes } from 'node:crypto';
import { ChannelType, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import { ensureChannelPermissions } from '../rules/permissions.ts';
import type { VoiceStateRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewVoiceState } from '../views/guild.ts';

const voiceTypes = new Set([ChannelType.GuildVoice, ChannelType.GuildStageVoice]);

/**
 * Sits down in a channel, coming from another or from nowhere.
 * @throws DiscordError 50001 or 50013 when the member may not connect there
 */
export function joinVoice(
  world: World,
  userId: Snowflake,
  channelId: Snowflake,
  with_: { selfMute?: boolean | undefined; selfDeaf?: boolean | undefined; moved?: boolean } = {},
): void {
  const channel = found(world.channels.get(channelId), 'unknownChannel');
  ensure(channel.kind === 'guild' && voiceTypes.has(channel.type as never), 'wrongChannelType');
  // Whoever is moved by staff needs no permission of their own.
  if (with_.moved !== true) ensureChannelPermissions(world, userId, channel, ['Connect']);
  const before = world.voiceStates.get(userId);
  const state: VoiceStateRecord = {
    userId,
    channelId,
    sessionId: before?.sessionId ?? randomBytes(16).toString('hex'),
    selfMute: with_.selfMute ?? before?.selfMute ?? false,
    selfDeaf: with_.selfDeaf ?? before?.selfDeaf ?? false,
    mute: world.members.get(userId)?.mute ?? false,
    deaf: world.members.get(userId)?.deaf ?? false,
    suppress: channel.type === ChannelType.GuildStageVoice,
  };
  world.voiceStates.set(userId, state);
  world.events.dispatch(
    { t: GatewayDispatchEvents.VoiceStateUpdate, d: viewVoiceState(world, state) },
    { guildId: world.guild.id, channelId },
  );
}

/** Leaves the voice channel, when in one. */
export function leaveVoice(world: World, userId: Snowflake): void {
  const before = world.voiceStates.get(userId);
  if (before === undefined) return;
  world.voiceStates.delete(userId);
  world.events.dispatch(
    { t: GatewayDispatchEvents.VoiceStateUpdate, d: { ...viewVoiceState(world, before), channel_id: null } },
    { guildId: world.guild.id, channelId: before.channelId },
  );
}
