import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ReadingState } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';

/** A reading of a post's figures on a platform, due or taken. null: the platform does not give that. */
export const PostReading = defineEntity({
  name: 'PostReading',
  tableName: 'post_readings',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    platform: p.text().$type<Platform>().primary(),
    /** Of the post, when it is due. */
    ageMs: p.bigint('number').primary(),
    dueAt: p.datetime(),
    state: p.text().$type<ReadingState>().default('due'),
    takenAt: p.datetime().nullable(),
    impressions: p.bigint('number').nullable(),
    reach: p.bigint('number').nullable(),
    likes: p.bigint('number').nullable(),
    shares: p.bigint('number').nullable(),
    comments: p.bigint('number').nullable(),
    clicks: p.bigint('number').nullable(),
    /** Between 0 and 1; null: there was too little to compare with, or it was read too late. */
    score: p.double().nullable(),
    /** Whether it was compared with others. */
    isWeighed: p.boolean().default(false),
  },
});

export type PostReading = InferEntity<typeof PostReading>;
