/** What there is: settings, the guild, members, messages. */

import { PermissionFlagsBits, type Snowflake } from 'discord-api-types/v10';
import { readHistory } from '../../actions/message-history.ts';
import { findMessage } from '../../actions/messages.ts';
import { found } from '../../rules/errors.ts';
import { channelPermissions } from '../../rules/permissions.ts';
import type { ChannelRecord } from '../../state/records.ts';
import { snowflakeTime } from '../../state/snowflake.ts';
import type { World } from '../../state/world.ts';
import { viewDm } from '../../views/channels.ts';
import { viewForControl } from '../../views/messages.ts';
import { viewUser } from '../../views/users.ts';
import type { MemberChannel } from '../api.ts';
import type { Some } from '../handlers.ts';
import type { ControlServices } from '../services.ts';
import { guildState, memberStateOf } from '../state.ts';

type Calls =
  | 'getSettings'
  | 'getState'
  | 'getMember'
  | 'getMemberChannels'
  | 'getMessages'
  | 'getMessage'
  | 'getDirectMessages'
  | 'getPings'
  | 'getReactionUsers';

const pingsShown = 100;
/** Pings are looked for in so many of the newest messages. */
const messagesSearched = 20_000;

export function stateHandlers({ world, gateway, settings }: ControlServices): Some<Calls> {
  return {
    getSettings: () => settings(),
    getState: () => guildState(world, gateway.online),
    getMember: ({ memberId }) => {
      found(world.users.get(memberId), 'unknownUser');
      return { user: viewUser(world, memberId), member: memberStateOf(world, memberId) };
    },
    getMemberChannels: ({ memberId }) => ({ channels: visibleChannels(world, memberId) }),
    getMessages: ({ channelId, as = viewerOf(world, channelId), limit = 50, ...range }) => {
      const channel = found(world.channels.get(channelId), 'unknownChannel');
      const messages = readHistory(world, as, channel, { ...range, limit }, true);
      return { messages: messages.reverse().map((message) => viewForControl(world, message, as)) };
    },
    getMessage: ({ channelId, messageId, as = viewerOf(world, channelId) }) => {
      const channel = found(world.channels.get(channelId), 'unknownChannel');
      return viewForControl(world, findMessage(world, as, channel, messageId), as);
    },
    getDirectMessages: ({ memberId, before, limit = 50 }) => {
      const user = found(world.users.get(memberId), 'unknownUser');
      const channel = user.dmChannelId === null ? undefined : world.channels.get(user.dmChannelId);
      if (channel?.kind !== 'dm') return { channel: null, messages: [] };
      const messages = readHistory(world, memberId, channel, { before, limit }, true);
      return {
        channel: viewDm(world, channel),
        messages: messages.reverse().map((message) => viewForControl(world, message, memberId)),
      };
    },
    getPings: ({ memberId }) => ({ pings: pingsOf(world, memberId) }),
    getReactionUsers: ({ channelId, messageId, emoji }) => {
      const message = found(world.messages.get(channelId, messageId), 'unknownMessage');
      const reaction = message.reactions.find((candidate) => candidate.emoji === emoji);
      return { users: (reaction?.userIds ?? []).map((id) => viewUser(world, id)) };
    },
  };
}

/** Who looks when nobody is named: the owner, or the one whose direct messages they are. */
function viewerOf(world: World, channelId: Snowflake): Snowflake {
  const channel = world.channels.get(channelId);
  return channel?.kind === 'dm' ? channel.userId : world.guild.ownerId;
}

function visibleChannels(world: World, memberId: Snowflake): MemberChannel[] {
  const shown: MemberChannel[] = [];
  for (const channel of world.channels.values()) {
    const bits = channelPermissions(world, memberId, channel);
    if ((bits & PermissionFlagsBits.ViewChannel) === 0n) continue;
    shown.push({
      channelId: channel.id,
      permissions: bits.toString(),
      canWrite: (bits & writingBit(channel)) !== 0n,
    });
  }
  return shown;
}

function writingBit(channel: ChannelRecord): bigint {
  return channel.kind === 'thread'
    ? PermissionFlagsBits.SendMessagesInThreads
    : PermissionFlagsBits.SendMessages;
}

function pingsOf(world: World, memberId: Snowflake) {
  const all = [...world.messages.records.values()].slice(-messagesSearched).reverse();
  return all
    .filter(({ pinged }) => pinged.includes(memberId))
    .slice(0, pingsShown)
    .map(({ id, channelId }) => ({
      channelId,
      messageId: id,
      at: new Date(snowflakeTime(id)).toISOString(),
    }));
}
