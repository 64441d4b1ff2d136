import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MemberId, MessageId } from '../../domain/ids.ts';

/** What is kept of a message in a channel. The table is partitioned by the weeks in which messages were written. */
export const Message = defineEntity({
  name: 'Message',
  tableName: 'messages',
  properties: {
    id: p.bigint('string').$type<MessageId>().primary().autoincrement(false),
    guildId: p.text().$type<GuildId>(),
    channelId: p.text().$type<ChannelId>(),
    memberId: p.text().$type<MemberId>(),
    /** In characters. */
    length: p.integer(),
    /** The same for the same words of the same member. */
    fingerprint: p.bigint('string'),
    /** It was written where messages do not count. */
    excluded: p.boolean(),
  },
});

export type Message = InferEntity<typeof Message>;
