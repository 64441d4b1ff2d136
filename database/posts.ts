/** Posts: what was written, and where they stand. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { ChannelId, MemberId, MessageId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import {
  type Delivery,
  type MediaInfo,
  type MediaProblem,
  mediaIdOf,
  type Post,
  type PostMedium,
  type PostRef,
  type PostState,
  type PostWords,
} from '../domain/posts.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** A post that is to be. */
export interface NewPost extends PostRef, PostWords {
  readonly link: string | null;
  readonly publishAt: number | null;
  /** null: nobody, it follows from something else. */
  readonly createdBy: MemberId | null;
  /** Left out: it is a draft. */
  readonly state?: Extract<PostState, 'draft' | 'proposed'>;
  readonly platforms: readonly Platform[];
  /** The addresses of its media. */
  readonly media: readonly string[];
  /** In ms since 1970. */
  readonly madeAt: number;
}

/**
 * Adds a post and orders that it is led, in the transaction that `transaction` is in. Adding it again changes nothing.
 *
 * @returns whether it was not there before
 */
export async function insertPost(transaction: EntityManager, post: NewPost): Promise<boolean> {
  const { guildId, postId, title, text, hashtags, link, publishAt, createdBy, state = 'draft' } = post;
  const inserted: unknown[] = await transaction.execute(
    `insert into posts (guild_id, id, state, title, text, hashtags, link, publish_at, creator_member_id, made_at)
     values (?, ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), ?, ?, ?, ?)
     on conflict do nothing returning id`,
    [
      ...[guildId, postId, state, title, text, JSON.stringify(hashtags), link],
      ...[publishAt === null ? null : new Date(publishAt), createdBy, new Date(post.madeAt)],
    ],
  );
  if (inserted.length === 0) return false;
  await insertDeliveries(transaction, post, post.platforms);
  await insertMedia(transaction, post, post.media, 1);
  putIntoOutbox(transaction, [{ kind: 'begin post', post: { guildId, postId } }]);
  return true;
}

/** Adds the platforms that a post goes to. Those that are there already stay as they are. */
export async function insertDeliveries(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  platforms: readonly Platform[],
): Promise<void> {
  await transaction.execute(
    `insert into post_deliveries (guild_id, post_id, platform, state)
     select ?, ?, platform, 'waiting' from jsonb_array_elements_text(?::jsonb) as platform
     on conflict do nothing`,
    [guildId, postId, JSON.stringify(platforms)],
  );
}

/** Adds media by their addresses, numbered from `first` on. They are fetched and looked into later. */
export async function insertMedia(
  transaction: EntityManager,
  { guildId, postId }: PostRef,
  sources: readonly string[],
  first: number,
): Promise<void> {
  const media = sources.map((source, index) => ({
    id: mediaIdOf(postId, first + index),
    number: first + index,
    source,
  }));
  await transaction.execute(
    `insert into post_media (guild_id, id, post_id, number, source, state)
     select ?, id, ?, number, source, 'waiting'
     from jsonb_to_recordset(?::jsonb) as medium (id text, number integer, source text)
     on conflict do nothing`,
    [guildId, postId, JSON.stringify(media)],
  );
}

const POST_COLUMNS = `
  posts.guild_id as "guildId", posts.id as "postId", posts.state, posts.revision, posts.title, posts.text,
  array_to_json(posts.hashtags) as hashtags, posts.link, ${inMs('posts.publish_at', '"publishAt"')},
  posts.creator_member_id as "createdBy", posts.approver_member_id as "approvedBy",
  posts.cross_post_channel_id as "crossPostChannelId", posts.cross_post_message_id as "crossPostMessageId"`;

type PostRow = Omit<Post, 'crossPost' | 'media'> & {
  readonly crossPostChannelId: ChannelId | null;
  readonly crossPostMessageId: MessageId | null;
};

/** The post there, with its media, or undefined if there is none. */
export function findPost(em: EntityManager, post: PostRef): Promise<Post | undefined> {
  return readOne(em, post, '');
}

/** The same. Nobody else changes it, or where it stands on a platform by way of it, before the transaction is over. */
export function lockPost(transaction: EntityManager, post: PostRef): Promise<Post | undefined> {
  return readOne(transaction, post, 'for update');
}

async function readOne(
  em: EntityManager,
  { guildId, postId }: PostRef,
  lock: '' | 'for update',
): Promise<Post | undefined> {
  const [post] = await readPosts(em, `guild_id = ? and id = ? ${lock}`, [guildId, postId]);
  return post;
}

/** The posts for which `condition` holds: what stands behind `where`, in SQL of ours, with its values. */
export async function readPosts(
  em: EntityManager,
  condition: string,
  values: readonly unknown[],
): Promise<Post[]> {
  const rows: PostRow[] = await em.execute(`select ${POST_COLUMNS} from posts where ${condition}`, [
    ...values,
  ]);
  return Promise.all(rows.map(async (row) => toPost(row, await mediaOf(em, row))));
}

function toPost({ crossPostChannelId, crossPostMessageId, ...post }: PostRow, media: PostMedium[]): Post {
  const crossPost =
    crossPostChannelId === null || crossPostMessageId === null
      ? null
      : { channelId: crossPostChannelId, messageId: crossPostMessageId };
  return { ...post, media, crossPost };
}

interface MediumRow extends Omit<MediaInfo, 'bytes'> {
  readonly state: PostMedium['state'];
  readonly source: string;
  readonly bytes: string;
  readonly problem: MediaProblem;
}

async function mediaOf(em: EntityManager, { guildId, postId }: PostRef): Promise<PostMedium[]> {
  const rows: MediumRow[] = await em.execute(
    `select id as "mediaId", state, source, kind, type, bytes, width, height, name, problem from post_media
     where guild_id = ? and post_id = ? and is_used order by number`,
    [guildId, postId],
  );
  return rows.map(toMedium);
}

function toMedium({ state, mediaId, source, problem, bytes, ...info }: MediumRow): PostMedium {
  switch (state) {
    case 'waiting':
      return { state, mediaId, source };
    case 'refused':
      return { state, mediaId, source, problem };
    case 'ready':
      return { state, mediaId, source, ...info, bytes: Number(bytes) };
  }
}

/** Where a post stands on each of its platforms, in the order of their names. */
export async function deliveriesOf(em: EntityManager, { guildId, postId }: PostRef): Promise<Delivery[]> {
  const rows: (Delivery & { readonly cost: string | number })[] = await em.execute(
    `select guild_id as "guildId", post_id as "postId", platform, state, words, attempt, reason,
       ${inMs('until', '"until"')}, published_id as "publishedId", url, ${inMs('published_at', '"publishedAt"')},
       published_revision as "publishedRevision", cost,
       (select tried.sent->>'link' from post_attempts as tried
        where (tried.guild_id, tried.post_id, tried.platform) = (delivery.guild_id, delivery.post_id, delivery.platform)
          and tried.outcome->>'kind' = 'published'
        order by tried.attempt desc limit 1) as "publishedLink"
     from post_deliveries as delivery where guild_id = ? and post_id = ? order by platform`,
    [guildId, postId],
  );
  return rows.map((row) => ({ ...row, cost: Number(row.cost) }));
}
