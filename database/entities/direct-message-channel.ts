import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MemberId } from '../../domain/ids.ts';

/** The channel for direct messages with a member. It stays the same for ever, and opening it is narrowly limited. */
export const DirectMessageChannel = defineEntity({
  name: 'DirectMessageChannel',
  tableName: 'direct_message_channels',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    channelId: p.text().$type<ChannelId>(),
  },
});

export type DirectMessageChannel = InferEntity<typeof DirectMessageChannel>;
