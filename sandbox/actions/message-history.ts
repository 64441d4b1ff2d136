/** Deleting messages, and reading what is left. */

import { GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { DiscordError, ensure, found } from '../rules/errors.ts';
import { ensureChannelPermissions, hasInChannel, maySee } from '../rules/permissions.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import { snowflakeTime } from '../state/snowflake.ts';
import type { World } from '../state/world.ts';
import { whereToTell } from './tell.ts';

/**
 * Deletes a message: one's own, or any with Manage Messages.
 * @throws DiscordError 50013, or 50003 for the other's message in direct messages.
 */
export function deleteMessage(world: World, actorId: Snowflake, message: MessageRecord): void {
  const channel = found(world.channels.get(message.channelId), 'unknownChannel');
  if (message.authorId !== actorId && message.visibleTo === null) {
    ensure(channel.kind !== 'dm', 'notInDm');
    ensureChannelPermissions(world, actorId, channel, ['ManageMessages']);
  }
  removeMessage(world, message);
}

/** Removes a message whoever asks. */
export function removeMessage(world: World, message: MessageRecord): void {
  world.messages.remove(message);
  for (const { id } of message.attachments) world.files.delete(id);
  const where = whereToTell(world, message);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.MessageDelete,
      d: {
        id: message.id,
        channel_id: message.channelId,
        ...(where.guildId === null ? {} : { guild_id: where.guildId }),
      },
    },
    { ...where, pinged: [] },
  );
}

/** Messages younger than this can be deleted many at once. */
const bulkDeleteAgeMs = 14 * 24 * 60 * 60 * 1000;

/**
 * Deletes up to 100 messages at once; ids of messages that are not there are passed over.
 * @throws DiscordError 50016, 50034
 */
export function bulkDelete(world: World, actorId: Snowflake, channel: ChannelRecord, ids: Snowflake[]): void {
  ensure(channel.kind !== 'dm', 'notInDm');
  ensureChannelPermissions(world, actorId, channel, ['ManageMessages']);
  const unique = [...new Set(ids)];
  ensure(unique.length >= 2 && unique.length <= 100, 'badBulkDeleteCount');
  ensure(
    unique.every((id) => snowflakeTime(id) > world.now() - bulkDeleteAgeMs),
    'bulkDeleteTooOld',
  );
  const messages = unique.flatMap((id) => world.messages.get(channel.id, id) ?? []);
  for (const message of messages) world.messages.remove(message);
  if (messages.length === 0) return;
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.MessageDeleteBulk,
      d: { ids: messages.map(({ id }) => id), channel_id: channel.id, guild_id: world.guild.id },
    },
    { guildId: world.guild.id, channelId: channel.id },
  );
}

/** The part of a channel's history that somebody can see, newest first. */
export function readHistory(
  world: World,
  viewerId: Snowflake,
  channel: ChannelRecord,
  range: Parameters<World['messages']['history']>[1],
  withEphemeral: boolean,
): MessageRecord[] {
  if (!maySee(world, viewerId, channel)) throw new DiscordError('missingAccess');
  if (!hasInChannel(world, viewerId, channel, 'ReadMessageHistory')) return [];
  return world.messages.history(
    channel.id,
    range,
    (message) => message.visibleTo === null || (withEphemeral && message.visibleTo === viewerId),
  );
}
