/** Posts in a test's database that no workflow leads: where they were published, and what was read of them there. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type Figures, NO_FIGURES, type ReadingState } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type PostId, toPostId } from '../../domain/posts.ts';

const HOUR_MS = 3_600_000;
let posts = 0;

/** A reading, by default one that was taken an hour after publishing. */
export interface WrittenReading {
  readonly ageMs?: number;
  readonly state?: ReadingState;
  readonly figures?: Partial<Figures>;
  readonly score?: number | null;
}

/** A post on a platform. Times in ms since 1970. */
export interface WrittenPlace {
  readonly platform: Platform;
  /** null: it was never published there. */
  readonly publishedAt: number | null;
  readonly readings?: readonly WrittenReading[];
}

/** Writes down a post with where it was published and what was read of it. */
export async function writePublished(
  em: EntityManager,
  guildId: GuildId,
  title: string,
  places: readonly WrittenPlace[],
): Promise<PostId> {
  posts += 1;
  const postId = toPostId(`16000000000000${String(posts).padStart(5, '0')}`);
  await em.execute(
    `insert into posts (guild_id, id, state, title, text, hashtags, made_at) values (?, ?, 'settled', ?, '', '{}', ?)`,
    [guildId, postId, title, new Date(0)],
  );
  const deliveries = places.map(({ platform, publishedAt }) => ({
    ...{ platform, state: publishedAt === null ? 'failed' : 'published' },
    ...{ url: `https://${platform}.example/${postId}`, published_at: toDate(publishedAt) },
  }));
  await em.execute(
    `insert into post_deliveries (guild_id, post_id, platform, state, url, published_at)
     select ?, ?, platform, state, url, published_at
     from jsonb_to_recordset(?::jsonb) as place (platform text, state text, url text, published_at timestamptz)`,
    [guildId, postId, JSON.stringify(deliveries)],
  );
  await em.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at, state, score, is_weighed,
       impressions, reach, likes, shares, comments, clicks)
     select ?, ?, platform, age_ms, due_at, state, score, score is not null,
       impressions, reach, likes, shares, comments, clicks
     from jsonb_to_recordset(?::jsonb) as reading (platform text, age_ms bigint, due_at timestamptz, state text,
       score float8, impressions bigint, reach bigint, likes bigint, shares bigint, comments bigint, clicks bigint)`,
    [guildId, postId, JSON.stringify(places.flatMap(readingsOf))],
  );
  return postId;
}

function readingsOf({ platform, publishedAt, readings = [] }: WrittenPlace) {
  return readings.map(({ ageMs = HOUR_MS, state = 'taken', figures, score = null }) => ({
    ...{ platform, age_ms: ageMs, due_at: toDate((publishedAt ?? 0) + ageMs), state, score },
    ...{ ...NO_FIGURES, ...figures },
  }));
}

function toDate(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}
