import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MessageId } from '../../domain/ids.ts';

/** How far the messages of a guild are settled. Whoever settles locks this row, so that it is done by one at a time. */
export const MessageSettlement = defineEntity({
  name: 'MessageSettlement',
  tableName: 'message_settlements',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** Up to this id, itself included, is decided what counts. */
    settledTo: p.bigint('string').$type<MessageId>(),
  },
});

export type MessageSettlement = InferEntity<typeof MessageSettlement>;
