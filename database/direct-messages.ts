import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelId, GuildId, MemberId } from '../domain/ids.ts';
import { DirectMessageChannel } from './entities/direct-message-channel.ts';

/** The channel for direct messages with a member, if it was opened before. */
export async function findDirectMessageChannel(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
): Promise<ChannelId | undefined> {
  const found = await em.fork().findOne(DirectMessageChannel, { guildId, memberId });
  return found?.channelId;
}

/** Writes down which channel it is. */
export async function recordDirectMessageChannel(
  em: EntityManager,
  guildId: GuildId,
  memberId: MemberId,
  channelId: ChannelId,
): Promise<void> {
  await em.execute(
    `insert into direct_message_channels (guild_id, member_id, channel_id) values (?, ?, ?)
     on conflict (guild_id, member_id) do update set channel_id = excluded.channel_id`,
    [guildId, memberId, channelId],
  );
}
