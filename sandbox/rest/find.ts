/** Finds what a path names. */

import type { Snowflake } from 'discord-api-types/v10';
import { found } from '../rules/errors.ts';
import type { ChannelRecord } from '../state/records.ts';
import type { World } from '../state/world.ts';

/** @throws DiscordError 10003 */
export function findChannel(world: World, id: Snowflake): ChannelRecord {
  return found(world.channels.get(id), 'unknownChannel');
}
