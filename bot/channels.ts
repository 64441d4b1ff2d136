import { ChannelType, type Client } from 'discord.js';
import { type ChannelId, type GuildId, toChannelId } from '../domain/ids.ts';
import { channelsMentioned, type TextContext } from '../views/text.ts';
import type { BotContext } from './context.ts';

/** What fills in the texts of a part of the configuration: the channels that it mentions, and the links. */
export function textContext(
  client: Client,
  { config, environment }: Pick<BotContext, 'config' | 'environment'>,
  part: unknown,
): TextContext {
  const channels = findChannels(client, environment.DISCORD_GUILD_ID, channelsMentioned(part));
  return { links: config.links, channels };
}

/** The channels of a guild with these names, as far as it has them, by what the gateway told: this makes no request. */
export function findChannels(
  client: Client,
  guildId: GuildId,
  names: readonly string[],
): Map<string, ChannelId> {
  const channels = [...(client.guilds.cache.get(guildId)?.channels.cache.values() ?? [])];
  const found = new Map<string, ChannelId>();
  for (const { id, name, type } of channels) {
    if (type === ChannelType.GuildCategory || !names.includes(name) || found.has(name)) continue;
    found.set(name, toChannelId(id));
  }
  return found;
}
