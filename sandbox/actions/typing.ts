/** "Somebody is typing..." */

import { GatewayDispatchEvents, type Snowflake } from 'discord-api-types/v10';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';
import { viewMember } from '../views/users.ts';
import { inChannel } from './tell.ts';

/** Tells that somebody is typing. */
export function tellTyping(world: World, userId: Snowflake, channel: ChannelRecord): void {
  const { fields, to } = inChannel(world, channel.id);
  const member = world.members.get(userId);
  world.events.dispatch(
    {
      t: GatewayDispatchEvents.TypingStart,
      d: {
        ...fields,
        user_id: userId,
        timestamp: Math.floor(world.now() / 1000),
        ...(to.guildId !== null && member !== undefined ? { member: viewMember(world, member) } : {}),
      },
    },
    to,
  );
}
