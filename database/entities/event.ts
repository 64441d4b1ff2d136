import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EventId, EventState, ScheduledEventId } from '../../domain/events.ts';
import type { ChannelId, GuildId, MemberId, MessageId } from '../../domain/ids.ts';

/** An event, from being planned until it is reported. */
export const CommunityEventEntry = defineEntity({
  name: 'CommunityEventEntry',
  tableName: 'events',
  checks: [
    { name: 'events_check', expression: '(place_channel_id is null) <> (place_link is null)' },
    { name: 'events_check1', expression: 'ends_at > starts_at' },
  ],
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    id: p.text().$type<EventId>().primary(),
    kind: p.text(),
    title: p.text(),
    description: p.text(),
    startsAt: p.datetime(),
    endsAt: p.datetime(),
    /** Where members meet: one of the two. */
    placeChannelId: p.text().$type<ChannelId>().nullable(),
    placeLink: p.text().nullable(),
    capacity: p.integer().nullable(),
    hostMemberId: p.text().$type<MemberId>().nullable(),
    creatorMemberId: p.text().$type<MemberId>().nullable(),
    picture: p.text().nullable(),
    /** The weekly workshop that it is one of. */
    slot: p.text().nullable(),
    state: p.text().$type<EventState>(),
    revision: p.integer().default(0),
    scheduledEventId: p.text().$type<ScheduledEventId>().nullable(),
    channelId: p.text().$type<ChannelId>().nullable(),
    announcementId: p.text().$type<MessageId>().nullable(),
    threadId: p.text().$type<ChannelId>().nullable(),
    beganAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    /** Until then members can say what they think of it. null: not yet, or not any more. */
    feedbackUntil: p.datetime().nullable(),
    /** The number of those who go has changed, and the announcement is going to say so. */
    isCountDue: p.boolean().default(false),
  },
});

export type CommunityEventEntry = InferEntity<typeof CommunityEventEntry>;
