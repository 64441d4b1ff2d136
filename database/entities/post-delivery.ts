import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform, PlatformPostId } from '../../domain/platforms.ts';
import type { DeliveryState, PlatformWords, PostId } from '../../domain/posts.ts';

/** A post on one platform: where it stands there. */
export const PostDelivery = defineEntity({
  name: 'PostDelivery',
  tableName: 'post_deliveries',
  indexes: [{ name: 'post_deliveries_by_state', properties: ['guildId', 'state', 'platform'] }],
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    platform: p.text().$type<Platform>().primary(),
    state: p.text().$type<DeliveryState>(),
    /** Words for this platform alone. */
    words: p.json().$type<PlatformWords>().nullable(),
    attempt: p.integer().default(0),
    firstTriedAt: p.datetime().nullable(),
    /** Why it failed or waits. */
    reason: p.text().nullable(),
    /** Until when it waits. */
    until: p.datetime().nullable(),
    publishedId: p.text().$type<PlatformPostId>().nullable(),
    url: p.text().nullable(),
    publishedAt: p.datetime().nullable(),
    publishedRevision: p.integer().nullable(),
    /** Until when a change may be on its way there. It stays when nobody knows what came of that. */
    changingUntil: p.datetime().nullable(),
    /** In millionths of a US dollar. */
    cost: p.bigint().defaultRaw('0'),
  },
});

export type PostDelivery = InferEntity<typeof PostDelivery>;
