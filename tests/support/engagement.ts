/** Reading what became of posts, in tests: what is written down, and what the workflow knows. */

import type { NewPost } from '../../database/posts.ts';
import { inMs } from '../../database/sql.ts';
import { engagementId, type Figures, type ReadingState } from '../../domain/engagement.ts';
import type { Platform } from '../../domain/platforms.ts';
import type { PostRef } from '../../domain/posts.ts';
import { getEngagementProgress } from '../../workflows/definitions/engagement.ts';
import type { TestDatabase } from './database.ts';
import { HOUR_MS, type TestDistribution } from './distribution.ts';
import { until } from './wait.ts';

/** A reading, as it is written down. Times in ms since 1970. */
export interface WrittenReading {
  readonly platform: Platform;
  readonly ageMs: number;
  readonly state: ReadingState;
  readonly dueAt: number;
  readonly takenAt: number | null;
  readonly figures: Figures;
}

/** The readings of a post, by platforms and ages. */
export async function readingsOf(
  { em }: TestDatabase['orm'],
  { guildId, postId }: PostRef,
): Promise<WrittenReading[]> {
  const figures = ['impressions', 'reach', 'likes', 'shares', 'comments', 'clicks'];
  return em.fork().execute(
    `select platform, age_ms::float8 as "ageMs", state, ${inMs('due_at', '"dueAt"')}, ${inMs('taken_at', '"takenAt"')},
       json_build_object(${figures.map((name) => `'${name}', ${name}`).join(', ')}) as figures
     from post_readings where guild_id = ? and post_id = ? order by platform, age_ms`,
    [guildId, postId],
  );
}

/** The workflow that reads figures in a community. */
export function trackingOf({ community: { client, environment } }: TestDistribution) {
  const handle = client.workflow.getHandle(engagementId(environment.DISCORD_GUILD_ID));
  return { handle, progress: () => handle.query(getEngagementProgress) };
}

/** Publishes a post, and waits until the workflow knows when it is to be read first: an hour later. */
export async function publishToRead(posts: TestDistribution, rest: Partial<NewPost> = {}): Promise<NewPost> {
  const post = await posts.publish(rest);
  await posts.resultOf(post);
  const firstAt = (await posts.now()) + HOUR_MS;
  const { progress } = trackingOf(posts);
  await until(async () => ((await progress().catch(() => undefined))?.nextAt ?? firstAt) < firstAt);
  return post;
}
