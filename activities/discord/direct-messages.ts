import { findDirectMessageChannel, recordDirectMessageChannel } from '../../database/direct-messages.ts';
import type { Delivery } from '../../domain/delivery.ts';
import type { ChannelId, GuildId, MemberId } from '../../domain/ids.ts';
import type { DiscordContext } from './context.ts';
import { openDirectMessages } from './deliver.ts';

/** The channel for direct messages with a member, opened if it was not before, or why there is none. */
export async function channelForDirectMessages(
  context: DiscordContext,
  { guildId, memberId }: { readonly guildId: GuildId; readonly memberId: MemberId },
): Promise<{ channelId: ChannelId } | Delivery> {
  const em = context.database.em.fork();
  const known = await findDirectMessageChannel(em, guildId, memberId);
  if (known !== undefined) return { channelId: known };
  const opened = await openDirectMessages(context, memberId);
  if ('channelId' in opened) await recordDirectMessageChannel(em, guildId, memberId, opened.channelId);
  return opened;
}
