/** Posts as they are looked up: all of them, and those that somebody may mean. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { DISCORD_LIMITS } from '../domain/discord-limits.ts';
import type { GuildId, MemberId } from '../domain/ids.ts';
import { type ListedPost, POSTS_PER_PAGE, type PostPage } from '../domain/post-lists.ts';
import type { DeliveryState, Post, PostRef, PostState } from '../domain/posts.ts';
import { deliveriesOf, findPost, readPosts } from './posts.ts';

/** A page of the posts, the newest first. A page that is not there is the last one. */
export async function listPosts(em: EntityManager, guildId: GuildId, wanted: number): Promise<PostPage> {
  const [{ count } = { count: 0 }]: { count: number }[] = await em.execute(
    `select count(*)::integer as count from posts where guild_id = ?`,
    [guildId],
  );
  const pages = Math.max(1, Math.ceil(count / POSTS_PER_PAGE));
  const page = Math.min(Math.max(1, wanted), pages);
  const posts = await readPosts(em, `guild_id = ? order by made_at desc, id desc limit ? offset ?`, [
    ...[guildId, POSTS_PER_PAGE, (page - 1) * POSTS_PER_PAGE],
  ]);
  return { posts: await Promise.all(posts.map((post) => withDeliveries(em, post))), page, pages };
}

/** A post and where it stands on each platform, or undefined if there is none. */
export async function findListedPost(em: EntityManager, ref: PostRef): Promise<ListedPost | undefined> {
  const post = await findPost(em, ref);
  return post === undefined ? undefined : withDeliveries(em, post);
}

/** Which posts are offered, and to whom. */
export interface OfferedPosts {
  readonly guildId: GuildId;
  /** A part of the title. */
  readonly typed: string;
  readonly states: readonly PostState[];
  /** Those alone that stand in one of these on a platform. undefined: all. */
  readonly onPlatform?: readonly DeliveryState[];
  /** Those alone that this member has written. undefined: all. */
  readonly writtenBy?: MemberId;
}

/** The posts to choose from while somebody types, the newest first. */
export function offeredPosts(
  em: EntityManager,
  { guildId, typed, states, onPlatform, writtenBy }: OfferedPosts,
): Promise<Post[]> {
  const stands = `exists (select from post_deliveries as delivery
    where delivery.guild_id = posts.guild_id and delivery.post_id = posts.id and delivery.state in (?))`;
  return readPosts(
    em,
    `guild_id = ? and state in (?) and position(lower(?) in lower(title)) > 0
     ${onPlatform === undefined ? '' : `and ${stands}`}
     ${writtenBy === undefined ? '' : 'and creator_member_id = ?'}
     order by made_at desc, id desc limit ?`,
    [
      ...[guildId, states, typed],
      ...(onPlatform === undefined ? [] : [onPlatform]),
      ...(writtenBy === undefined ? [] : [writtenBy]),
      DISCORD_LIMITS.offeredValues,
    ],
  );
}

async function withDeliveries(em: EntityManager, post: Post): Promise<ListedPost> {
  return { ...post, deliveries: await deliveriesOf(em, post) };
}
