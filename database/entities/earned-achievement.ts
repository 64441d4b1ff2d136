import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** An achievement that a member has earned. It stays. */
export const EarnedAchievement = defineEntity({
  name: 'EarnedAchievement',
  tableName: 'earned_achievements',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    achievement: p.text().primary(),
    at: p.datetime(),
  },
});

export type EarnedAchievement = InferEntity<typeof EarnedAchievement>;
