import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { MediaId, PostId } from '../../domain/posts.ts';

/** How far the upload of a medium to a platform has come. */
export const PostUpload = defineEntity({
  name: 'PostUpload',
  tableName: 'post_uploads',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    postId: p.text().$type<PostId>().primary(),
    platform: p.text().$type<Platform>().primary(),
    mediaId: p.text().$type<MediaId>().primary(),
    /** What the platform calls it in a post. */
    reference: p.text(),
    /** The address of a resumable upload, encrypted: who has it can upload. */
    session: p.blob().nullable(),
    /** By the platform's id; null: it was begun before that was written down. */
    accountId: p.text().nullable(),
    begunAt: p.datetime(),
    isReady: p.boolean(),
  },
});

export type PostUpload = InferEntity<typeof PostUpload>;
