import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';

/** What somebody is about to make of an event. It is confirmed, or forgotten after a day. */
export const EventDraftEntry = defineEntity({
  name: 'EventDraftEntry',
  tableName: 'event_drafts',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** The command with which it began. */
    id: p.text().$type<InteractionId>().primary(),
    memberId: p.text().$type<MemberId>(),
    draft: p.json(),
    madeAt: p.datetime(),
  },
});

export type EventDraftEntry = InferEntity<typeof EventDraftEntry>;
