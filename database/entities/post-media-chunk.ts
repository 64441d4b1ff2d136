import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { GuildId } from '../../domain/ids.ts';
import type { MediaId } from '../../domain/posts.ts';

/** A part of the bytes of a medium. */
export const PostMediaChunk = defineEntity({
  name: 'PostMediaChunk',
  tableName: 'post_media_chunks',
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    mediaId: p.text().$type<MediaId>().primary(),
    number: p.integer().primary(),
    content: p.blob(),
  },
});

export type PostMediaChunk = InferEntity<typeof PostMediaChunk>;
