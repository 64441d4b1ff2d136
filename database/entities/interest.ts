import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** A topic that interests a member. */
export const Interest = defineEntity({
  name: 'Interest',
  tableName: 'interests',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    topic: p.text().primary(),
  },
});

export type Interest = InferEntity<typeof Interest>;
