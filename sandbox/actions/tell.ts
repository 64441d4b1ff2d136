/** Whom to tell of something: which guild and which channel it happened in. */

import type { Snowflake } from 'discord-api-types/v10';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** Where a message's events go. */
export function whereToTell(world: World, message: MessageRecord) {
  return {
    guildId: guildOf(world, message.channelId),
    channelId: message.channelId,
    visibleTo: message.visibleTo,
    pinged: message.pinged,
  };
}

/** The guild's id, or null for direct messages. */
export function guildOf(world: World, channelId: Snowflake): Snowflake | null {
  return world.channels.get(channelId)?.kind === 'dm' ? null : world.guild.id;
}

/** `guild_id` and channel as fields of a dispatch and as its destination. */
export function inChannel(world: World, channelId: Snowflake) {
  const guildId = guildOf(world, channelId);
  return {
    fields: { channel_id: channelId, ...(guildId === null ? {} : { guild_id: guildId }) },
    to: { guildId, channelId },
  };
}
