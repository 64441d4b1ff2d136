import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId, MessageId } from '../../domain/ids.ts';

/** What of a member's settled messages decides about their next ones. */
export const MessageWriter = defineEntity({
  name: 'MessageWriter',
  tableName: 'message_writers',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    /** The last message that counted. */
    lastCounted: p.bigint('string').$type<MessageId>().nullable(),
    lastFingerprint: p.bigint('string'),
  },
});

export type MessageWriter = InferEntity<typeof MessageWriter>;
