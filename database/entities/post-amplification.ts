import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { AmplificationEvidence } from '../../domain/amplification.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';

/** That a post does much better than usual, and what was done about it. */
export const PostAmplification = defineEntity({
  name: 'PostAmplification',
  tableName: 'post_amplifications',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    /** Where it was seen first, and at which age. */
    platform: p.text().$type<Platform>(),
    ageMs: p.bigint('number'),
    score: p.double(),
    evidence: p.json().$type<AmplificationEvidence>(),
    decidedAt: p.datetime(),
    /** The post that was proposed for other platforms. */
    followUpId: p.text().$type<PostId>().nullable(),
  },
});

export type PostAmplification = InferEntity<typeof PostAmplification>;
