import {
  type Client,
  GatewayDispatchEvents,
  type GatewayInteractionCreateDispatchData,
  type GatewayMessageCreateDispatchData,
  type GatewayMessageReactionAddDispatchData,
} from 'discord.js';
import { isExcluded } from '../domain/channel-messages.ts';
import { toMemberId, toMessageId } from '../domain/ids.ts';
import { toChannelMessage } from '../runtime/channel-message.ts';
import type { BotContext } from './context.ts';
import type { BotFeature } from './feature.ts';
import { lastHeartbeatOf } from './gateway-client.ts';
import { MessageWriter } from './message-writer.ts';

/**
 * Writes down who has written and who has thanked whom. It takes Discord's own events, in the order in which they come: what a
 * session has told up to where depends on it, and reactions to messages that discord.js does not know would not be told otherwise.
 */
export const messages: BotFeature = {
  async work(client, context, over) {
    const { database, environment, logger } = context;
    const guildId = environment.DISCORD_GUILD_ID;
    const lastHeartbeat = () => lastHeartbeatOf(client);
    const writer = new MessageWriter({ em: database.em, guildId, logger, lastHeartbeat });
    client.ws.on(GatewayDispatchEvents.Ready, () => writer.beginSession(Date.now()));
    client.ws.on(GatewayDispatchEvents.InteractionCreate, (interaction) =>
      noteInteraction(interaction, writer, context),
    );
    client.ws.on(GatewayDispatchEvents.MessageCreate, (message) =>
      takeMessage(message, writer, client, context),
    );
    client.ws.on(GatewayDispatchEvents.MessageReactionAdd, (reaction) =>
      takeReaction(reaction, writer, context),
    );
    await writer.writeUntil(over);
  },
};

function noteInteraction(
  { id, guild_id }: GatewayInteractionCreateDispatchData,
  writer: MessageWriter,
  { environment }: BotContext,
): void {
  if (guild_id === environment.DISCORD_GUILD_ID) writer.noteEvent(id, Date.now());
}

function takeMessage(
  message: GatewayMessageCreateDispatchData,
  writer: MessageWriter,
  client: Client,
  { config, environment }: BotContext,
): void {
  if (message.guild_id !== environment.DISCORD_GUILD_ID) return;
  const excluded = isExcluded(channelNames(client, message.channel_id), config.recognition.messages);
  const kept = toChannelMessage(message, excluded);
  if (kept !== undefined) writer.addMessage(kept);
  writer.noteEvent(message.id, Date.now());
}

/** The channel's name and, for a thread, that of the channel it belongs to. */
function channelNames(client: Client, channelId: string): (string | undefined)[] {
  const channel = client.channels.cache.get(channelId);
  if (channel === undefined || channel.isDMBased()) return [];
  return [channel.name, channel.isThread() ? channel.parent?.name : undefined];
}

function takeReaction(
  { guild_id, message_id, user_id, emoji, member }: GatewayMessageReactionAddDispatchData,
  writer: MessageWriter,
  { config, environment }: BotContext,
): void {
  if (guild_id !== environment.DISCORD_GUILD_ID || member?.user?.bot === true) return;
  if (emoji.name !== config.recognition.thanks.emoji) return;
  writer.addThanks({
    messageId: toMessageId(message_id),
    giverId: toMemberId(user_id),
    at: Date.now(),
  });
}
