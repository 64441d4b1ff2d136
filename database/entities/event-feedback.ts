import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EventId } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** What a member says of an event that is over. */
export const EventFeedbackEntry = defineEntity({
  name: 'EventFeedbackEntry',
  tableName: 'event_feedback',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    eventId: p.text().$type<EventId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    overall: p.smallint(),
    content: p.smallint(),
    engagement: p.smallint(),
    improvements: p.text().nullable(),
    topics: p.text().nullable(),
    answeredAt: p.datetime(),
  },
});

export type EventFeedbackEntry = InferEntity<typeof EventFeedbackEntry>;
