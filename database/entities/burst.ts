import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';

/** How many join a guild just now: one row for each guild, which decides how the next who joins is greeted. */
export const Burst = defineEntity({
  name: 'Burst',
  tableName: 'bursts',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** The window in which joins are gathered, counted from 1. */
    windowNumber: p.integer(),
    windowEnds: p.datetime(),
    /** Its welcome is being sent: nobody is added any more. */
    windowClosed: p.boolean(),
    /** How many have joined in it, with the one who was greeted at once. */
    joins: p.integer(),
    /** The last raid, counted from 1; 0 if there was none. */
    raidNumber: p.integer(),
    raidJoins: p.integer(),
    /** Until when tips by direct message wait. */
    tipsHeldUntil: p.datetime().nullable(),
  },
});

export type Burst = InferEntity<typeof Burst>;
