import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MessageId } from '../../domain/ids.ts';

/** How far a channel was read by catching up. What was read once is not read again, however often that is broken off. */
export const MessageReading = defineEntity({
  name: 'MessageReading',
  tableName: 'message_readings',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    channelId: p.text().$type<ChannelId>().primary(),
    /** Of the messages before this one, itself included, none is missing that was after the mark at that time. */
    readTo: p.bigint('string').$type<MessageId>(),
  },
});

export type MessageReading = InferEntity<typeof MessageReading>;
