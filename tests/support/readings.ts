/** Readings as they stand in the database when they were taken. */

import type { EntityManager } from '@mikro-orm/postgresql';
import { type Figures, NO_FIGURES, type ReadingRef, type ReadingState } from '../../domain/engagement.ts';
import type { GuildId } from '../../domain/ids.ts';
import type { Platform } from '../../domain/platforms.ts';
import { type PostId, toPostId } from '../../domain/posts.ts';

/** A reading that is to be there. Times in ms since 1970. */
export interface TestReading extends ReadingRef {
  readonly takenAt: number;
  /** Left out: when it was taken. */
  readonly dueAt?: number;
  readonly figures: Partial<Figures>;
  /** Left out: it was taken. */
  readonly state?: ReadingState;
  readonly isWeighed?: boolean;
}

/** Adds readings. */
export async function addReadings(em: EntityManager, readings: readonly TestReading[]): Promise<void> {
  const rows = readings.map(
    ({ takenAt, dueAt = takenAt, figures, state = 'taken', isWeighed = false, ...key }) => ({
      ...key,
      ...{ takenAt: new Date(takenAt), dueAt: new Date(dueAt), state, isWeighed },
      ...{ ...NO_FIGURES, ...figures },
    }),
  );
  await em.execute(
    `insert into post_readings (guild_id, post_id, platform, age_ms, due_at, taken_at, state, is_weighed,
       impressions, reach, likes, shares, comments, clicks)
     select "guildId", "postId", platform, "ageMs", "dueAt", "takenAt", state, "isWeighed",
       impressions, reach, likes, shares, comments, clicks
     from jsonb_to_recordset(?::jsonb) as reading ("guildId" text, "postId" text, platform text, "ageMs" bigint,
       "dueAt" timestamptz, "takenAt" timestamptz, state text, "isWeighed" boolean,
       impressions bigint, reach bigint, likes bigint, shares bigint, comments bigint, clicks bigint)`,
    [JSON.stringify(rows)],
  );
}

let others = 0;

/** A post that nothing else is known of. */
export function otherPostId(): PostId {
  others += 1;
  return toPostId(`other-${others}`);
}

/** Of which platform, age and time the readings are that make up a history. */
export interface TestHistory {
  readonly guildId: GuildId;
  readonly platform: Platform;
  readonly ageMs: number;
  readonly takenAt: number;
  /** Left out: when they were taken. */
  readonly dueAt?: number;
}

/** Adds readings of other posts, one for each of `figures`, which were weighed long ago. */
export function addHistory(
  em: EntityManager,
  history: TestHistory,
  figures: readonly Partial<Figures>[],
): Promise<void> {
  const readings = figures.map((one) => ({
    ...{ ...history, postId: otherPostId(), figures: one, isWeighed: true },
  }));
  return addReadings(em, readings);
}
