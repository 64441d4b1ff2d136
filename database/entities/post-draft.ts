import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId, InteractionId, MemberId } from '../../domain/ids.ts';

/** What somebody is about to write, before its form was sent. It is forgotten after a day. */
export const PostDraftEntry = defineEntity({
  name: 'PostDraftEntry',
  tableName: 'post_drafts',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    /** The command with which it began. */
    id: p.text().$type<InteractionId>().primary(),
    memberId: p.text().$type<MemberId>(),
    draft: p.json(),
    madeAt: p.datetime(),
  },
});

export type PostDraftEntry = InferEntity<typeof PostDraftEntry>;
