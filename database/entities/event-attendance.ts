import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { EventId } from '../../domain/events.ts';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** That a member was at an event: checked in, or present for so long. */
export const EventAttendance = defineEntity({
  name: 'EventAttendance',
  tableName: 'event_attendances',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    eventId: p.text().$type<EventId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    checkedInAt: p.datetime().nullable(),
    presentMs: p.bigint('number').nullable(),
    /** Whether that was enough. */
    attended: p.boolean().default(false),
  },
});

export type EventAttendance = InferEntity<typeof EventAttendance>;
