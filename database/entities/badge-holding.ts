import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** A badge that a member has, or has had. */
export const BadgeHolding = defineEntity({
  name: 'BadgeHolding',
  tableName: 'badge_holdings',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    badge: p.text().primary(),
    /** What it was given for, if not for points. */
    cause: p.text().nullable(),
    at: p.datetime(),
    lostAt: p.datetime().nullable(),
  },
});

export type BadgeHolding = InferEntity<typeof BadgeHolding>;
