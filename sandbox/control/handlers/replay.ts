/** Crowds and days: filling the guild, and playing a day of traffic. */

import { ChannelType } from 'discord-api-types/v10';
import { inventName } from '../../actions/invented-names.ts';
import { createUser, joinGuild } from '../../actions/members.ts';
import { inventDay } from '../../replay/day.ts';
import { bitsOf } from '../../rules/permissions.ts';
import { seededRandom } from '../../state/random.ts';
import type { GuildChannelRecord } from '../../state/records.ts';
import type { World } from '../../state/world.ts';
import type { Some } from '../handlers.ts';
import type { ControlServices } from '../services.ts';

type Calls = 'fill' | 'replay' | 'getReplay' | 'stopReplay';

/** A whole day in 24 seconds, unless told otherwise. */
const defaultSpeed = 3600;
const defaultMessages = 2000;

export function replayHandlers({ world, live, replayPlayer }: ControlServices): Some<Calls> {
  return {
    fill: ({ members, seed = 1, announce = false }) => {
      const add = () => fill(world, members, seed);
      if (announce) add();
      else {
        world.events.quietly(add);
        live.tellSnapshot();
      }
      return { added: members, members: world.members.size };
    },
    replay: ({ steps, seed = 1, members = 0, messages = defaultMessages, speed = defaultSpeed }) => {
      if (members > 0) {
        world.events.quietly(() => fill(world, members, seed));
        live.tellSnapshot();
      }
      const day = steps?.toSorted((a, b) => a.atMs - b.atMs) ?? inventDay(planOf(world, seed, messages));
      return replayPlayer.start(day, speed);
    },
    getReplay: () => replayPlayer.state,
    stopReplay: () => replayPlayer.stop(),
  };
}

function fill(world: World, count: number, seed: number): void {
  const random = seededRandom(seed);
  const before = world.users.size;
  for (let index = 0; index < count; index++)
    joinGuild(world, createUser(world, `${inventName(random)} ${before + index}`));
}

function planOf(world: World, seed: number, messages: number) {
  const names = [...world.members.keys()].flatMap((id) => {
    const user = world.users.get(id);
    return user === undefined || user.bot ? [] : user.username;
  });
  const channels = [...world.channels.values()].flatMap((channel) => {
    const isOpen = channel.kind === 'guild' && channel.type === ChannelType.GuildText;
    return isOpen && mayAnybodyWrite(world, channel) ? channel.name : [];
  });
  return { seed, names, channels, messages };
}

/** Whether an ordinary member, one without roles that matter, writes there. */
function mayAnybodyWrite(world: World, channel: GuildChannelRecord): boolean {
  const { id: everyoneId } = world.guild;
  const isDenied = channel.overwrites.some(
    ({ id, deny }) => id === everyoneId && (BigInt(deny) & bitsOf(['ViewChannel', 'SendMessages'])) !== 0n,
  );
  return !isDenied;
}
