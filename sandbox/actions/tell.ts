/** Tells of messages, and where in the guild something happened. */

import { GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import type { MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewMessageEvent } from '../views/messages.ts';

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
function guildOf(world: World, channelId: Snowflake): Snowflake | null {
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

/** Tells that there is a new message. */
export function tellCreated(
  world: World,
  message: MessageRecord,
  nonce: string | number | null = null,
): void {
  const view = viewMessageEvent(world, message);
  world.events.dispatch(
    { t: GatewayDispatchEvents.MessageCreate, d: nonce === null ? view : { ...view, nonce } },
    whereToTell(world, message),
  );
}

/** Tells that the message is not what it was. */
export function tellUpdated(world: World, message: MessageRecord): void {
  world.messages.changed(message);
  world.events.dispatch(
    { t: GatewayDispatchEvents.MessageUpdate, d: viewMessageEvent(world, message) },
    { ...whereToTell(world, message), pinged: [] },
  );
}
