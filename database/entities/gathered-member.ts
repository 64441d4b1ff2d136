import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** A member who is named in the welcome of several, once in a visit. */
export const GatheredMember = defineEntity({
  name: 'GatheredMember',
  tableName: 'gathered_members',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    visitBegan: p.datetime().primary(),
    windowNumber: p.integer(),
  },
});

export type GatheredMember = InferEntity<typeof GatheredMember>;
