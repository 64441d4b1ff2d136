/** Pinned messages. */

import {
  AuditLogEvent,
  GatewayDispatchEvents,
  MessageReferenceType,
  MessageType,
  type Snowflake,
} from 'discord-api-types/v10';
import { ensure } from '../rules/errors.ts';
import { ensureChannelPermissions, hasInChannel } from '../rules/permissions.ts';
import { newMessage } from '../state/new-records.ts';
import type { ChannelRecord, MessageRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { writeAuditLog } from './audit-log.ts';
import type { Actor } from './members.ts';
import { isSystemMessage } from './messages.ts';
import { inChannel, tellCreated, tellUpdated } from './tell.ts';

const maximumPins = 250;

/** The channel's pins, the newest pin first; none for who may not read its history. */
export function listPins(world: World, viewerId: Snowflake, channel: ChannelRecord): MessageRecord[] {
  ensureChannelPermissions(world, viewerId, channel, []);
  if (!hasInChannel(world, viewerId, channel, 'ReadMessageHistory')) return [];
  return pinsOf(world, channel).sort((a, b) => ((a.pinnedAt ?? '') < (b.pinnedAt ?? '') ? 1 : -1));
}

/**
 * Pins a message and says so in the channel.
 * @throws DiscordError 50013, 30003, 50021
 */
export function pinMessage(world: World, actor: Actor, channel: ChannelRecord, message: MessageRecord): void {
  ensureMayPin(world, actor, channel);
  ensure(!isSystemMessage(message), 'systemMessage');
  if (message.pinnedAt !== null) return;
  ensure(pinsOf(world, channel).length < maximumPins, 'maximumPins');
  message.pinnedAt = world.isoNow();
  channel.lastPinAt = message.pinnedAt;
  world.channels.set(channel.id, channel);
  tellPins(world, channel, message);
  const notice = newMessage(world.newId(), channel.id, actor.userId, {
    type: MessageType.ChannelPinnedMessage,
    reference: {
      type: MessageReferenceType.Default,
      message_id: message.id,
      channel_id: channel.id,
      ...(channel.kind === 'dm' ? {} : { guild_id: world.guild.id }),
    },
  });
  world.messages.add(notice);
  tellCreated(world, notice);
  if (channel.kind !== 'dm') note(world, actor, AuditLogEvent.MessagePin, channel, message);
}

/** Takes a pin away; nothing happens when there is none. */
export function unpinMessage(
  world: World,
  actor: Actor,
  channel: ChannelRecord,
  message: MessageRecord,
): void {
  ensureMayPin(world, actor, channel);
  if (message.pinnedAt === null) return;
  message.pinnedAt = null;
  tellPins(world, channel, message);
  if (channel.kind !== 'dm') note(world, actor, AuditLogEvent.MessageUnpin, channel, message);
}

function pinsOf(world: World, channel: ChannelRecord): MessageRecord[] {
  return [...world.messages.newestFirst(channel.id)].filter(({ pinnedAt }) => pinnedAt !== null);
}

/** Manage Messages alone is not enough any more (Discord's change log of 24 November 2025, in force since February 2026). */
function ensureMayPin(world: World, actor: Actor, channel: ChannelRecord): void {
  ensureChannelPermissions(world, actor.userId, channel, ['PinMessages']);
}

function note(
  world: World,
  actor: Actor,
  action: AuditLogEvent,
  channel: ChannelRecord,
  message: MessageRecord,
): void {
  writeAuditLog(world, actor, action, message.authorId, {
    changes: [],
    options: { channel_id: channel.id, message_id: message.id } as never,
  });
}

function tellPins(world: World, channel: ChannelRecord, message: MessageRecord): void {
  tellUpdated(world, message);
  const { fields, to } = inChannel(world, channel.id);
  world.events.dispatch(
    { t: GatewayDispatchEvents.ChannelPinsUpdate, d: { ...fields, last_pin_timestamp: channel.lastPinAt } },
    to,
  );
}
