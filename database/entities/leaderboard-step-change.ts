import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { Measure } from '../../domain/recognition.ts';

/**
 * How many more or fewer stand on a step of a leaderboard after totals were changed. Triggers of `points_totals` add it in the
 * same transaction; it goes when it is folded into the step.
 */
export const LeaderboardStepChange = defineEntity({
  name: 'LeaderboardStepChange',
  tableName: 'leaderboard_step_changes',
  properties: {
    id: p.bigint('string').primary().autoincrement(),
    guildId: p.text().$type<GuildId>(),
    measure: p.text().$type<Measure>(),
    period: p.text(),
    step: p.integer(),
    difference: p.integer(),
  },
});

export type LeaderboardStepChange = InferEntity<typeof LeaderboardStepChange>;
