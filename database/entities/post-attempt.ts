import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { AdaptedPost } from '../../domain/adaptation.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform, PublishOutcome } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';

/** An attempt to publish: its intent is written down before the request, and what came of it after. */
export const PostAttempt = defineEntity({
  name: 'PostAttempt',
  tableName: 'post_attempts',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    platform: p.text().$type<Platform>().primary(),
    attempt: p.integer().primary(),
    /** Of the post, as it was sent. */
    revision: p.integer(),
    /** In whose name, by the platform's id and by name; null: as the bot, or before that was written down. */
    accountId: p.text().nullable(),
    accountName: p.text().nullable(),
    intendedAt: p.datetime(),
    /** Exactly what the platform was asked to publish: it is looked for by that, whatever the post says by then. */
    sent: p.json().$type<AdaptedPost>(),
    /** null: nobody knows, until somebody has looked on the platform. */
    outcome: p.json().$type<PublishOutcome>().nullable(),
    settledAt: p.datetime().nullable(),
  },
});

export type PostAttempt = InferEntity<typeof PostAttempt>;
