/** What became of a post, as staff look it up. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type Figures, METRICS } from '../domain/engagement.ts';
import { ACCOUNT_PLATFORMS, PLATFORMS } from '../domain/platforms.ts';
import type { PlatformStats, PostStats, StatsReading } from '../domain/post-stats.ts';
import type { PostRef } from '../domain/posts.ts';
import { inMs } from './sql.ts';

/** A post with the readings of all platforms on which it is published, or undefined if there is no such post. */
export async function findPostStats(em: EntityManager, post: PostRef): Promise<PostStats | undefined> {
  const { guildId, postId } = post;
  const [found]: Pick<PostStats, 'title' | 'state'>[] = await em.execute(
    `select title, state from posts where guild_id = ? and id = ?`,
    [guildId, postId],
  );
  if (found === undefined) return undefined;
  return { guildId, postId, ...found, platforms: toPlatforms(await readRows(em, post)) };
}

/** A reading, with the platform where it was taken. Without any there is one row, which names the platform alone. */
type Row = Omit<PlatformStats, 'readings'> &
  Figures & { readonly [Key in keyof Omit<StatsReading, 'figures'>]: StatsReading[Key] | null };

const FIGURES = METRICS.map((metric) => `reading.${metric}::float8 as ${metric}`).join(', ');

function readRows(em: EntityManager, { guildId, postId }: PostRef): Promise<Row[]> {
  return em.execute(
    `select delivery.platform, delivery.url, ${inMs('delivery.published_at', '"publishedAt"')},
       coalesce(account.state = 'expired', delivery.platform in (?)) as "needsAccount",
       reading.age_ms::float8 as "ageMs", ${inMs('reading.due_at', '"dueAt"')}, reading.state,
       ${inMs('reading.taken_at', '"takenAt"')}, reading.score, reading.is_weighed as "isWeighed", ${FIGURES}
     from post_deliveries as delivery
     left join platform_accounts as account
       on account.guild_id = delivery.guild_id and account.platform = delivery.platform
     left join post_readings as reading
       on reading.guild_id = delivery.guild_id and reading.post_id = delivery.post_id
         and reading.platform = delivery.platform
     where delivery.guild_id = ? and delivery.post_id = ? and delivery.state = 'published'
     order by reading.age_ms`,
    [ACCOUNT_PLATFORMS, guildId, postId],
  );
}

function toPlatforms(rows: readonly Row[]): PlatformStats[] {
  return PLATFORMS.flatMap((name) => {
    const ofPlatform = rows.filter(({ platform }) => platform === name);
    const [first] = ofPlatform;
    if (first === undefined) return [];
    const { platform, url, publishedAt, needsAccount } = first;
    return [{ platform, url, publishedAt, needsAccount, readings: ofPlatform.flatMap(toReading) }];
  });
}

function toReading({ ageMs, dueAt, state, takenAt, score, isWeighed, ...row }: Row): StatsReading[] {
  if (ageMs === null || dueAt === null || state === null || isWeighed === null) return [];
  const { impressions, reach, likes, shares, comments, clicks } = row;
  const figures = { impressions, reach, likes, shares, comments, clicks };
  return [{ ageMs, dueAt, state, takenAt, figures, score, isWeighed }];
}
