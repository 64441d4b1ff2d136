import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** How a member wants to hear of events. null: they have not said. */
export const EventPreference = defineEntity({
  name: 'EventPreference',
  tableName: 'event_preferences',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    wantsDirectMessages: p.boolean().nullable(),
    /** In which they write times. */
    timeZone: p.text().nullable(),
  },
});

export type EventPreference = InferEntity<typeof EventPreference>;
