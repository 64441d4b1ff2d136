import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { RegistrationState } from '../../domain/event-registrations.ts';
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
    respondedAt: p.datetime(),
  },
});

export type EventRegistration = InferEntity<typeof EventRegistration>;
