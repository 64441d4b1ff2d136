import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId, MessageId } from '../../domain/ids.ts';

/** Thanks of a member to another. */
export const Thanks = defineEntity({
  name: 'Thanks',
  tableName: 'thanks',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** What they are in the ledger, if they count. */
    cause: p.text().primary(),
    /** The message that somebody reacted to. Its writer is known once all messages up to it are. */
    messageId: p.bigint('string').$type<MessageId>().nullable(),
    giverMemberId: p.text().$type<MemberId>(),
    receiverMemberId: p.text().$type<MemberId>().nullable(),
    at: p.datetime(),
    /** Whether they count, once that is decided. */
    counted: p.boolean().nullable(),
  },
  indexes: [
    { properties: ['guildId', 'giverMemberId', 'receiverMemberId', 'at'] },
    { properties: ['guildId', 'messageId'] },
  ],
});

export type Thanks = InferEntity<typeof Thanks>;
