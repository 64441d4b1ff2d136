/** Which events a session is told (Discord docs, "Gateway Intents"), and what is left out of them. */

import {
  GatewayDispatchEvents as Events,
  type GatewayMessageCreateDispatchData,
  GatewayIntentBits as Intents,
} from 'discord-api-types/v10';
import { maySee } from '../rules/permissions.ts';
import type { DispatchEvent } from '../state/events.ts';
import type { World } from '../state/world.ts';

/** The intents that bring an event in the guild and in direct messages; 0: it is never told there. */
interface Needed {
  guild: number;
  dm: number;
}

const inGuild = (guild: number): Needed => ({ guild, dm: 0 });
const inBoth = (guild: number, dm: number): Needed => ({ guild, dm });

const messages = inBoth(Intents.GuildMessages, Intents.DirectMessages);
const reactions = inBoth(Intents.GuildMessageReactions, Intents.DirectMessageReactions);
const polls = inBoth(Intents.GuildMessagePolls, Intents.DirectMessagePolls);
const events = inGuild(Intents.GuildScheduledEvents);
const guilds = inGuild(Intents.Guilds);

const neededIntents: Partial<Record<Events, Needed>> = {
  [Events.GuildUpdate]: guilds,
  [Events.GuildRoleCreate]: guilds,
  [Events.GuildRoleUpdate]: guilds,
  [Events.GuildRoleDelete]: guilds,
  [Events.ChannelCreate]: guilds,
  [Events.ChannelUpdate]: guilds,
  [Events.ChannelDelete]: guilds,
  [Events.ChannelPinsUpdate]: inBoth(Intents.Guilds, Intents.DirectMessages),
  [Events.ThreadCreate]: guilds,
  [Events.ThreadUpdate]: guilds,
  [Events.ThreadDelete]: guilds,
  [Events.ThreadMembersUpdate]: inGuild(Intents.GuildMembers),
  [Events.StageInstanceCreate]: guilds,
  [Events.StageInstanceUpdate]: guilds,
  [Events.StageInstanceDelete]: guilds,
  [Events.GuildMemberAdd]: inGuild(Intents.GuildMembers),
  [Events.GuildMemberUpdate]: inGuild(Intents.GuildMembers),
  [Events.GuildMemberRemove]: inGuild(Intents.GuildMembers),
  [Events.GuildAuditLogEntryCreate]: inGuild(Intents.GuildModeration),
  [Events.GuildBanAdd]: inGuild(Intents.GuildModeration),
  [Events.GuildBanRemove]: inGuild(Intents.GuildModeration),
  [Events.WebhooksUpdate]: inGuild(Intents.GuildWebhooks),
  [Events.InviteCreate]: inGuild(Intents.GuildInvites),
  [Events.InviteDelete]: inGuild(Intents.GuildInvites),
  [Events.VoiceStateUpdate]: inGuild(Intents.GuildVoiceStates),
  [Events.MessageCreate]: messages,
  [Events.MessageUpdate]: messages,
  [Events.MessageDelete]: messages,
  [Events.MessageDeleteBulk]: inGuild(Intents.GuildMessages),
  [Events.MessageReactionAdd]: reactions,
  [Events.MessageReactionRemove]: reactions,
  [Events.MessageReactionRemoveAll]: reactions,
  [Events.MessageReactionRemoveEmoji]: reactions,
  [Events.TypingStart]: inBoth(Intents.GuildMessageTyping, Intents.DirectMessageTyping),
  [Events.GuildScheduledEventCreate]: events,
  [Events.GuildScheduledEventUpdate]: events,
  [Events.GuildScheduledEventDelete]: events,
  [Events.GuildScheduledEventUserAdd]: events,
  [Events.GuildScheduledEventUserRemove]: events,
  [Events.MessagePollVoteAdd]: polls,
  [Events.MessagePollVoteRemove]: polls,
};

/** Events for which one must be able to see the channel; of channels themselves bots are told all. */
const channelEvents = new Set<string>([Events.ChannelCreate, Events.ChannelUpdate, Events.ChannelDelete]);

export const privilegedIntents = Intents.GuildMembers | Intents.GuildPresences | Intents.MessageContent;
export const allIntents = Object.values(Intents)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** Whether a session of the bot with these intents is told. */
export function isTold(world: World, event: DispatchEvent, intents: number): boolean {
  if (event.botOnly) return true;
  if (event.visibleTo !== null) return false;
  if (isAboutTheBot(world, event)) return true;
  const needed = neededIntents[event.dispatch.t as Events];
  const bits = event.guildId === null ? needed?.dm : needed?.guild;
  if (bits === undefined || (intents & bits) === 0) return false;
  return seesChannel(world, event);
}

/** The bot is told of changes to itself without any intent. */
function isAboutTheBot(world: World, event: DispatchEvent): boolean {
  const { t, d } = event.dispatch;
  return t === Events.GuildMemberUpdate && d.user.id === world.botId;
}

function seesChannel(world: World, event: DispatchEvent): boolean {
  if (event.channelId === null || channelEvents.has(event.dispatch.t)) return true;
  const channel = world.channels.get(event.channelId);
  if (channel === undefined) return true;
  return maySee(world, world.botId, channel);
}

/** What is left of a message for who may not read it; the same text for every session that may not. */
const withheld = new WeakMap<DispatchEvent, string>();

/** The event's data as JSON, without what only the intent for message content gives. */
export function jsonFor(world: World, event: DispatchEvent, intents: number): string {
  const { t, d } = event.dispatch;
  if (t !== Events.MessageCreate && t !== Events.MessageUpdate) return event.json;
  if ((intents & Intents.MessageContent) !== 0 || mayAlwaysRead(world, d)) return event.json;
  let json = withheld.get(event);
  if (json === undefined) {
    json = JSON.stringify(withoutContent(d));
    withheld.set(event, json);
  }
  return json;
}

type MessageLike = Pick<
  GatewayMessageCreateDispatchData,
  'author' | 'mentions' | 'content' | 'embeds' | 'attachments' | 'components' | 'poll'
> & { guild_id?: string };

/** The bot's own, direct messages, and those that mention it come with their content to every bot. */
function mayAlwaysRead(world: World, message: MessageLike): boolean {
  return (
    message.guild_id === undefined ||
    message.author.id === world.botId ||
    message.mentions.some(({ id }) => id === world.botId)
  );
}

/** The message without what it says. */
export function withoutContent<M extends Omit<MessageLike, 'guild_id'>>(message: M): M {
  const { poll: _, ...rest } = message;
  return { ...rest, content: '', embeds: [], attachments: [], components: [] } as unknown as M;
}
