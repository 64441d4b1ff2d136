import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ChannelId, GuildId, MemberId, MessageId } from '../../domain/ids.ts';
import type { PostId, PostState } from '../../domain/posts.ts';

/** A post for several platforms, with its words. */
export const PostEntry = defineEntity({
  name: 'PostEntry',
  tableName: 'posts',
  indexes: [{ name: 'posts_by_time', properties: ['guildId', 'madeAt'] }],
  properties: {
    guildId: p.text().$type<GuildId>().primary(),
    id: p.text().$type<PostId>().primary(),
    state: p.text().$type<PostState>(),
    /** Grows with each change of what is published. */
    revision: p.integer().default(1),
    title: p.text(),
    text: p.text(),
    hashtags: p.array(),
    link: p.text().nullable(),
    /** null: as soon as it is approved. */
    publishAt: p.datetime().nullable(),
    creatorMemberId: p.text().$type<MemberId>().nullable(),
    approverMemberId: p.text().$type<MemberId>().nullable(),
    madeAt: p.datetime(),
    /** The message that links to all of it. */
    crossPostChannelId: p.text().$type<ChannelId>().nullable(),
    crossPostMessageId: p.text().$type<MessageId>().nullable(),
  },
});

export type PostEntry = InferEntity<typeof PostEntry>;
