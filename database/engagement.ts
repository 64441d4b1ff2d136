/** Readings of what became of posts: which are due, and what they gave. All times in ms since 1970. */

import type { EntityManager } from '@mikro-orm/postgresql';
import type { DueReading, NextReadings, Reading } from '../domain/engagement.ts';
import type { GuildId } from '../domain/ids.ts';
import type { Platform } from '../domain/platforms.ts';
import type { DeliveryRef } from '../domain/posts.ts';
import { putIntoOutbox } from './outbox.ts';
import { inMs } from './sql.ts';

/** A reading may be taken a little before it is due, together with others: a post comes to its platforms one after the other. */
const FIRST_AT = `reading.due_at - least(interval '1 minute', reading.age_ms * interval '50 microseconds')`;

/** One that is taken later than this says nothing any more of a post at its age. */
const LAST_AT = `earlier.due_at + greatest(interval '1 day', earlier.age_ms * interval '1 millisecond')`;

/** Readings that are due, of what stands on a platform. */
const DUE = `
  post_readings as reading
  join post_deliveries as delivery using (guild_id, post_id, platform)
  where reading.guild_id = ? and reading.state = 'due' and delivery.published_id is not null`;

/**
 * Plans the readings of a post that was published on a platform at `publishedAt`, one for each of `ages` (ms), and orders that they be
 * taken. Those that are planned stay as they are.
 */
export async function planReadings(
  transaction: EntityManager,
  { guildId, postId, platform }: DeliveryRef,
  publishedAt: number,
  ages: readonly number[],
): Promise<void> {
  const readings = ages.map((ageMs) => ({ ageMs, dueAt: new Date(publishedAt + ageMs) }));
  const planned: unknown[] = await transaction.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at)
     select ?, ?, ?, "ageMs", "dueAt" from jsonb_to_recordset(?::jsonb) as planned("ageMs" bigint, "dueAt" timestamptz)
     on conflict do nothing returning age_ms`,
    [guildId, postId, platform, JSON.stringify(readings)],
  );
  if (planned.length > 0) putIntoOutbox(transaction, [{ kind: 'read engagement', guildId }]);
}

/** For each platform with readings that are due, or will be: when the next one is. */
export function findNextReadings(em: EntityManager, guildId: GuildId): Promise<NextReadings[]> {
  return em.execute(
    `select platform, ${inMs('min(reading.due_at)', '"dueAt"')}, ${inMs(`min(${FIRST_AT})`, '"firstAt"')}
     from ${DUE} group by platform order by platform`,
    [guildId],
  );
}

/**
 * Gives up the readings on a platform that have come too late at `at`: another one of the same post is due as well, or taken; or the post
 * is twice as old as it was to be.
 */
export async function missReadings(
  em: EntityManager,
  guildId: GuildId,
  platform: Platform,
  at: number,
): Promise<void> {
  const now = new Date(at);
  await em.execute(
    `update post_readings as earlier set state = 'missed'
     where guild_id = ? and platform = ? and state = 'due' and (
       exists (
         select from post_readings as reading
         where (reading.guild_id, reading.post_id, reading.platform) = (earlier.guild_id, earlier.post_id, earlier.platform)
           and reading.age_ms > earlier.age_ms
           and (reading.state = 'taken' or reading.state = 'due' and ${FIRST_AT} <= ?))
       or ${LAST_AT} < ?)`,
    [guildId, platform, now, now],
  );
}

/** At most `limit` of the readings on a platform that may be taken at `at`, those first that are due first. */
export function findDueReadings(
  em: EntityManager,
  guildId: GuildId,
  platform: Platform,
  at: number,
  limit: number,
): Promise<DueReading[]> {
  return em.execute(
    `select guild_id as "guildId", post_id as "postId", platform, reading.age_ms::float8 as "ageMs",
       delivery.published_id as "publishedId", ${inMs('delivery.published_at', '"publishedAt"')}
     from ${DUE} and platform = ? and ${FIRST_AT} <= ?
     order by reading.due_at, post_id limit ?`,
    [guildId, platform, new Date(at), limit],
  );
}

/** How many readings were written down. */
export interface Recorded {
  readonly taken: number;
  readonly gone: number;
}

/**
 * Writes down what readings gave, and which posts are gone from their platforms: of those nothing is read any more. Only what is due
 * changes. Links of ours know their clicks better than a platform.
 */
export function recordReadings(
  em: EntityManager,
  readings: readonly Reading[],
  gone: readonly DeliveryRef[],
): Promise<Recorded> {
  return em.fork().transactional(async (transaction) => ({
    taken: await recordTaken(transaction, readings),
    gone: await recordGone(transaction, gone),
  }));
}

async function recordTaken(transaction: EntityManager, readings: readonly Reading[]): Promise<number> {
  const rows = readings.map(({ figures, takenAt, ...reading }) => ({
    ...{ ...reading, ...figures },
    takenAt: new Date(takenAt),
  }));
  const taken: unknown[] = await transaction.execute(
    `update post_readings as reading set state = 'taken', taken_at = "takenAt",
       impressions = read.impressions, reach = read.reach, likes = read.likes, shares = read.shares,
       comments = read.comments, clicks = coalesce(own.clicks, read.clicks)
     from jsonb_to_recordset(?::jsonb) as read(
       "guildId" text, "postId" text, platform text, "ageMs" bigint, "takenAt" timestamptz,
       impressions bigint, reach bigint, likes bigint, shares bigint, comments bigint, clicks bigint)
     left join post_clicks as own
       on (own.guild_id, own.post_id, own.platform) = (read."guildId", read."postId", read.platform)
     where (reading.guild_id, reading.post_id, reading.platform, reading.age_ms)
         = (read."guildId", read."postId", read.platform, read."ageMs")
       and reading.state = 'due'
     returning reading.post_id`,
    [JSON.stringify(rows)],
  );
  return taken.length;
}

/** Gives how many posts are known to be gone from now on. */
async function recordGone(transaction: EntityManager, gone: readonly DeliveryRef[]): Promise<number> {
  const rows: { postId: string; platform: string }[] = await transaction.execute(
    `update post_readings as reading set state = 'gone'
     from jsonb_to_recordset(?::jsonb) as gone("guildId" text, "postId" text, platform text)
     where (reading.guild_id, reading.post_id, reading.platform) = (gone."guildId", gone."postId", gone.platform)
       and reading.state = 'due'
     returning reading.post_id as "postId", reading.platform`,
    [JSON.stringify(gone)],
  );
  return new Set(rows.map(({ postId, platform }) => `${postId}/${platform}`)).size;
}
