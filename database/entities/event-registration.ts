import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { RegistrationState, ResponseSource } from '../../domain/event-registrations.ts';
import type { EventId } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** What a member says of an event, and their place in line. */
export const EventRegistration = defineEntity({
  name: 'EventRegistration',
  tableName: 'event_registrations',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    eventId: p.text().$type<EventId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    state: p.text().$type<RegistrationState>(),
    /** Discord's id of the press: who has the lower one was first. */
    placeInLine: p.decimal().precision(20).scale(0),
    /** The id of what they have said last: what is older and comes later is not heeded. */
    lastOrder: p.decimal().precision(20).scale(0).default('0'),
    /** Whether they have pressed a button of ours, or are interested in Discord's own event. */
    source: p.text().$type<ResponseSource>().default('press'),
    respondedAt: p.datetime(),
  },
});

export type EventRegistration = InferEntity<typeof EventRegistration>;
