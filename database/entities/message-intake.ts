import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MessageId } from '../../domain/ids.ts';

/** How far the messages of a guild are known. Each mark is an id, which is itself included. */
export const MessageIntake = defineEntity({
  name: 'MessageIntake',
  tableName: 'message_intakes',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** Whatever the gateway has told up to here is stored. */
    heardTo: p.bigint('string').$type<MessageId>(),
    /** Nothing is missing up to here. It stays behind `heardTo` as long as there is a gap. */
    completeTo: p.bigint('string').$type<MessageId>(),
    /** How often something may have been missed, and up to which of those times it has been read. */
    gapsOpened: p.integer(),
    gapsClosed: p.integer(),
  },
});

export type MessageIntake = InferEntity<typeof MessageIntake>;
