/** A year of posts and what became of them, made in the database. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { GuildId } from '../../domain/ids.ts';
import { PLATFORMS } from '../../domain/platforms.ts';

/** A history as it is to be. Times in ms since 1970. */
export interface BenchHistory {
  readonly guildId: GuildId;
  readonly posts: number;
  readonly from: number;
  readonly until: number;
  /** At which ages figures were read, in ms. */
  readonly ages: readonly number[];
}

/** For `setseed`: the same history every time. */
const SEED = 0.42;
/** How long after the first platform the last one has a post. */
const WITHIN_SECONDS = 60;

/** Makes it, and lets PostgreSQL gather what it knows of its tables, as it does by itself after a while. */
export async function fillHistory(em: EntityManager, history: BenchHistory): Promise<void> {
  await em.fork().transactional(async (transaction) => {
    await transaction.execute(`select setseed(?)`, [SEED]);
    await fillPosts(transaction, history);
    await fillDeliveries(transaction, history);
    await fillReadings(transaction, history);
  });
  for (const table of ['posts', 'post_deliveries', 'post_readings'])
    await em.fork().execute(`vacuum analyze ${table}`);
}

async function fillPosts(transaction: EntityManager, { guildId, posts, from, until }: BenchHistory) {
  await transaction.execute(
    `insert into posts (guild_id, id, state, title, text, hashtags, publish_at, made_at)
     select ?, 'bench-' || number, 'settled', 'What is new, part ' || number, repeat('It is out. ', 20), '{TiXL}'::text[],
       at, at - interval '1 day'
     from (
       select number, to_timestamp(?) + make_interval(secs => random() * ?) as at
       from generate_series(1, ?) as number
     ) as post`,
    [guildId, from / 1_000, (until - from) / 1_000, posts],
  );
}

async function fillDeliveries(transaction: EntityManager, { guildId }: BenchHistory) {
  await transaction.execute(
    `insert into post_deliveries (guild_id, post_id, platform, state, attempt, first_tried_at, published_id, url,
       published_at, published_revision)
     select guild_id, id, platform, 'published', 1, publish_at, id, 'https://example.org/' || platform || '/' || id,
       publish_at + make_interval(secs => random() * ?), 1
     from posts cross join jsonb_array_elements_text(?::jsonb) as platform
     where guild_id = ?`,
    [WITHIN_SECONDS, JSON.stringify(PLATFORMS), guildId],
  );
}

/** Figures that grow with age. As platforms do, some give no clicks or no reach. */
async function fillReadings(transaction: EntityManager, { guildId, ages }: BenchHistory) {
  await transaction.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at, taken_at, state, is_weighed, score,
       impressions, reach, likes, shares, comments, clicks)
     select guild_id, post_id, platform, age_ms, due_at, due_at, 'taken', true, 0.5,
       case when platform <> 'discord' then floor(seen) end,
       case when platform = 'linkedin' then floor(seen * 0.7) end,
       floor(seen * 0.04 * random()), floor(seen * 0.01 * random()), floor(seen * 0.01 * random()),
       case when platform in ('linkedin', 'discord') then floor(seen * 0.02 * random()) end
     from (
       select delivery.*, age_ms, published_at + make_interval(secs => age_ms / 1000.0) as due_at,
         2000 * (1 - exp(-age_ms / 1e8)) * exp(2 * random()) as seen
       from post_deliveries as delivery
       cross join (select value::text::bigint as age_ms from jsonb_array_elements(?::jsonb)) as age
       where guild_id = ?
     ) as reading`,
    [JSON.stringify(ages), guildId],
  );
}
