/** The bot's direct messages with a user. */

import { ChannelType, GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import { ensure, found } from '../rules/errors.ts';
import type { DmChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewDm } from '../views/channels.ts';

/**
 * The channel between the bot and a user, opened when there is none. Whether messages arrive is not asked here:
 * Discord only says so when one is sent.
 * @throws DiscordError 50033 for nobody, oneself or another bot
 */
export function openDm(world: World, userId: Snowflake): DmChannelRecord {
  const user = world.users.get(userId);
  ensure(user !== undefined && userId !== world.botId, 'invalidRecipient');
  const known = user.dmChannelId === null ? undefined : world.channels.get(user.dmChannelId);
  if (known?.kind === 'dm') return known;
  const channel: DmChannelRecord = {
    kind: 'dm',
    id: world.newId(),
    type: ChannelType.DM,
    userId,
    lastMessageId: null,
    lastPinAt: null,
    flags: 0,
  };
  world.channels.set(channel.id, channel);
  world.setUser({ ...user, dmChannelId: channel.id });
  world.events.dispatch(
    { t: GatewayDispatchEvents.ChannelCreate, d: viewDm(world, channel) as never },
    { channelId: channel.id },
  );
  return channel;
}

/** Opens or closes a user's direct messages. */
export function setDmsOpen(world: World, userId: Snowflake, open: boolean): void {
  const user = found(world.users.get(userId), 'unknownUser');
  world.setUser({ ...user, dmsOpen: open });
  world.events.side({ kind: 'member', userId });
}
