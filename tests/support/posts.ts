import { insertPost } from '../../database/posts.ts';
import { type GuildId, toMemberId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type PostRef, type PostWords, toPostId } from '../../domain/posts.ts';
import type { TestDatabase } from './database.ts';

let posts = 0;

/** What of a draft can be chosen. */
export interface Draft extends Partial<PostWords> {
  readonly platforms?: readonly Platform[];
  readonly media?: readonly string[];
  readonly link?: string | null;
}

/** Adds a draft. */
export async function addDraft({ orm }: TestDatabase, guildId: GuildId, draft: Draft = {}): Promise<PostRef> {
  posts += 1;
  const post = { guildId, postId: toPostId(`15000000000000${String(posts).padStart(5, '0')}`) };
  const words = { title: 'News', text: 'It is out.', hashtags: ['TiXL'] };
  await insertPost(orm.em.fork(), {
    ...{ ...post, ...words, platforms: ['discord', 'x'], media: [], link: null, publishAt: null, ...draft },
    ...{ createdBy: toMemberId('1500000000000000001'), madeAt: Date.parse('2026-11-23T12:00:00Z') },
  });
  return post;
}
