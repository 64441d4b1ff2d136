import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, MemberId } from '../../domain/ids.ts';

/** A member who has points. Whoever changes their ledger locks this row first, and those of several in the order of their ids. */
export const RecognisedMember = defineEntity({
  name: 'RecognisedMember',
  tableName: 'recognised_members',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    memberId: p.text().$type<MemberId>().primary(),
    /** They do not want to be shown on leaderboards. */
    optedOut: p.boolean().default(false),
    hasLeft: p.boolean().default(false),
  },
});

export type RecognisedMember = InferEntity<typeof RecognisedMember>;
