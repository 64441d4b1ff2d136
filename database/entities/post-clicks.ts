import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostId } from '../../domain/posts.ts';

/** How often a link of ours was followed. Nothing is kept of who did. */
export const PostClicks = defineEntity({
  name: 'PostClicks',
  tableName: 'post_clicks',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    platform: p.text().$type<Platform>().primary(),
    clicks: p.bigint('number'),
  },
});

export type PostClicks = InferEntity<typeof PostClicks>;
