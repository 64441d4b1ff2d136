import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** A weekly workshop that does not take place on its day, or at another time. */
export const WorkshopException = defineEntity({
  name: 'WorkshopException',
  tableName: 'workshop_exceptions',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    slot: p.text().primary(),
    day: p.date().primary(),
    /** null: it is left out. */
    startsAt: p.datetime().nullable(),
    staffId: p.text().$type<MemberId>(),
  },
});

export type WorkshopException = InferEntity<typeof WorkshopException>;
