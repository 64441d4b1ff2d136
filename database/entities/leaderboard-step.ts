import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { Measure } from '../../domain/recognition.ts';

/**
 * How many stood on a step of a leaderboard when changes were last folded into it. Together with the changes since then it says how
 * many stand on it now. A step from which everybody has gone stays, with none.
 */
export const LeaderboardStep = defineEntity({
  name: 'LeaderboardStep',
  tableName: 'leaderboard_steps',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    measure: p.text().$type<Measure>().primary(),
    /** `all`, a week (`2026-W47`) or a month (`2026-11`). */
    period: p.text().primary(),
    /** What `leaderboard_step` of the database gives for the amount. */
    step: p.integer().primary(),
    members: p.integer(),
  },
});

export type LeaderboardStep = InferEntity<typeof LeaderboardStep>;
