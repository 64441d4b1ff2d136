import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { MediaId, MediaKind, MediaProblem, PostId, PostMedium } from '../../domain/posts.ts';

/** A picture, video or document of a post. Its bytes are in `post_media_chunks`. */
export const PostMediumEntry = defineEntity({
  name: 'PostMediumEntry',
  tableName: 'post_media',
  indexes: [{ name: 'post_media_by_post', properties: ['guildId', 'postId', 'number'] }],
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    id: p.text().$type<MediaId>().primary(),
    postId: p.text().$type<PostId>(),
    number: p.integer(),
    /** false: another one has taken its place. */
    isUsed: p.boolean().default(true),
    /** The address that it was given by. */
    source: p.text(),
    state: p.text().$type<PostMedium['state']>(),
    kind: p.text().$type<MediaKind>().nullable(),
    type: p.text().nullable(),
    bytes: p.bigint().nullable(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
    name: p.text().nullable(),
    /** SHA-256 of its bytes. */
    digest: p.text().nullable(),
    problem: p.json().$type<MediaProblem>().nullable(),
  },
});

export type PostMediumEntry = InferEntity<typeof PostMediumEntry>;
