/** Posts that were published, and readings of their figures, written into the database as if both had happened. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { StatsReading } from '../../domain/post-stats.ts';
import type { DeliveryRef } from '../../domain/posts.ts';
import { PUBLISHED_AT } from './post-stats.ts';

/** Says that a post is published on a platform. */
export async function publish(em: EntityManager, { guildId, postId, platform }: DeliveryRef): Promise<void> {
  await em.execute(
    `update post_deliveries set state = 'published', url = ?, published_id = '1', published_at = ?
     where guild_id = ? and post_id = ? and platform = ?`,
    [`https://${platform}.example/1`, new Date(PUBLISHED_AT), guildId, postId, platform],
  );
}

/** Writes a reading down, in place of the one of this age that may be there. */
export async function writeReading(
  em: EntityManager,
  { guildId, postId, platform }: DeliveryRef,
  { ageMs, dueAt, state, takenAt, figures, score, isWeighed }: StatsReading,
): Promise<void> {
  const { impressions, reach, likes, shares, comments, clicks } = figures;
  await em.execute(
    `delete from post_readings where guild_id = ? and post_id = ? and platform = ? and age_ms = ?`,
    [guildId, postId, platform, ageMs],
  );
  await em.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at, state, taken_at, score, is_weighed,
       impressions, reach, likes, shares, comments, clicks)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      ...[guildId, postId, platform, ageMs, new Date(dueAt), state],
      ...[takenAt === null ? null : new Date(takenAt), score, isWeighed],
      ...[impressions, reach, likes, shares, comments, clicks],
    ],
  );
}
