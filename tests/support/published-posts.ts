/** Posts in a test's database that were published, and their figures, as if both had happened. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type Figures, NO_FIGURES, type ReadingState } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type DeliveryState, type PostId, type PostState, toPostId } from '../../domain/posts.ts';

const DAY_MS = 86_400_000;
let posts = 0;

/** A post on a platform. */
export interface PastDelivery {
  readonly platform: Platform;
  /** By default it is published. */
  readonly state?: DeliveryState;
  /** When it was published, if it was, or first tried. By default when the post was to be. */
  readonly at?: string;
  /** What was read of it after a day. Without them nothing was. */
  readonly figures?: Partial<Figures>;
  readonly ageMs?: number;
  readonly reading?: ReadingState;
  /** How long after it was due it was read. */
  readonly lateMs?: number;
}

/** A post as it stands. Times are as in ISO 8601. */
export interface PastPost {
  readonly title?: string;
  /** By default nothing of it is open. */
  readonly state?: PostState;
  /** null: as soon as it was approved. */
  readonly publishAt: string | null;
  readonly madeAt?: string;
  readonly deliveries: readonly PastDelivery[];
}

/** Writes a post down. */
export async function writePost(em: EntityManager, guildId: GuildId, post: PastPost): Promise<PostId> {
  posts += 1;
  const postId = toPostId(`past-${String(posts).padStart(4, '0')}`);
  const { title = `Post ${posts}`, state = 'settled', publishAt, madeAt = '2026-01-01T00:00:00Z' } = post;
  await em.execute(
    `insert into posts (guild_id, id, state, title, text, hashtags, publish_at, made_at)
     values (?, ?, ?, ?, '', '{}', ?, ?)`,
    [guildId, postId, state, title, publishAt === null ? null : new Date(publishAt), new Date(madeAt)],
  );
  for (const delivery of post.deliveries)
    await writeDelivery(
      em,
      { guildId, postId },
      { ...(publishAt !== null && { at: publishAt }), ...delivery },
    );
  return postId;
}

async function writeDelivery(
  em: EntityManager,
  { guildId, postId }: { readonly guildId: GuildId; readonly postId: PostId },
  { platform, state = 'published', at, figures, ageMs = DAY_MS, reading = 'taken', lateMs = 0 }: PastDelivery,
): Promise<void> {
  const moment = at === undefined ? null : new Date(at);
  const [triedAt, publishedAt] = [state === 'waiting' ? null : moment, state === 'published' ? moment : null];
  await em.execute(
    `insert into post_deliveries (guild_id, post_id, platform, state, first_tried_at, published_at)
     values (?, ?, ?, ?, ?, ?)`,
    [guildId, postId, platform, state, triedAt, publishedAt],
  );
  if (figures === undefined || moment === null) return;
  const dueAt = new Date(moment.getTime() + ageMs);
  const { impressions, reach, likes, shares, comments, clicks } = { ...NO_FIGURES, ...figures };
  await em.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at, taken_at, state,
       impressions, reach, likes, shares, comments, clicks)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      guildId,
      postId,
      platform,
      ageMs,
      dueAt,
      new Date(dueAt.getTime() + lateMs),
      reading,
      impressions,
      reach,
      likes,
      shares,
      comments,
      clicks,
    ],
  );
}
